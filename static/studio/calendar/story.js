import { h, keep } from "../dom.js";
import { button, choices, textField } from "../panels/controls.js";
import { styleOptions } from "../panels/styles.js";
import { pageOf } from "../store.js";
import { t } from "../text.js";
import { monthCard } from "./month-card.js";
import { calendarOf, positions, titleOf } from "./months.js";
import { yearPanel } from "./year.js";

const SENTENCE_MAX = 300;

function examples() {
  return [t("Our family’s year as explorers of small wonders"), t("Grandpa and his dog, a year by the sea"), t("Two cats who run a village bakery"), t("A year in the mountains, from snow to snow")];
}

/** Step 2: which year, and what every month shows. */
export function storyStep(studio) {
  const { actions } = studio;
  const year = yearPanel(studio);
  const sentence = sentencePanel(studio);
  const style = choices({ label: t("Style of all pictures"), name: "style-all", className: "styles", onPick: (code) => actions.setStyleForAll(code) });
  const mixed = h("p", { class: "hint plain" });
  const list = h("ol", { class: "months" });
  const element = h("section", { class: "cal-story", "aria-label": t("Months") },
    h("div", { class: "cal-head" }, h("h2", { class: "cal-title" }, t("What happens in each month?")), h("p", { class: "cal-lead" }, t("Say it in one sentence and change what you like, or write every month yourself."))),
    sentence.element, year.element, h("div", { class: "sheet" }, style.element, mixed), list);

  const update = (state) => {
    year.update(state);
    sentence.update(state);
    const used = positions(state).map((position) => pageOf(state, position).style ?? state.styles[0]?.code);
    const same = used.every((code) => code === used[0]);
    style.update(styleOptions(state.styles), same ? used[0] : null);
    mixed.textContent = same ? t("Each month can have a style of its own, below.") : t("Several styles are in use. Choose one here for all months.");
    const calendar = calendarOf(state);
    keep(list, positions(state).map((position) => ({ key: position, make: () => monthCard(studio, position), update: (item) => item.show(state, titleOf(position, calendar)) })));
  };
  return { element, update };
}

/** One sentence becomes twelve ideas; nothing is taken over before it is pressed. */
function sentencePanel({ store, actions }) {
  const field = textField({ label: t("Your year in one sentence"), hint: t("Who, where, in which spirit. We propose a scene for every month."), rows: 2, max: SENTENCE_MAX, onInput: (value) => actions.setSentence(value) });
  const chips = h("div", { class: "chips", role: "group", "aria-label": t("Examples") }, examples().map((example) => h("button", { type: "button", class: "chip", on: { click: () => ((field.area.value = example), actions.setSentence(example)) } }, example)));
  const press = button({ text: t("Propose twelve months"), iconName: "spark", className: "primary", onPress: () => actions.propose() });
  const all = button({ text: t("Take them all"), iconName: "check", className: "small", onPress: () => actions.takeOver(Object.keys(store.state.story ?? {})) });
  const none = button({ text: t("No, thank you"), className: "small quiet", onPress: () => (actions.dismissStory(), field.area.focus()) });
  const told = h("p", {});
  const answer = h("div", { class: "story-answer", role: "group", "aria-label": t("The proposal") }, told, h("div", { class: "row" }, all.element, none.element));
  const element = h("section", { class: "sheet sentence", "aria-label": t("One sentence, twelve months") }, field.element, chips, h("div", { class: "row" }, press.element), answer);
  const update = (state) => {
    const length = (state.sentence ?? "").trim().length;
    field.update(state.sentence ?? "", state.storyProblem ?? "");
    chips.hidden = length > 0;
    press.update({ busy: state.storyBusy, disabled: length < 3 || length > SENTENCE_MAX, text: state.story ? t("Propose others") : t("Propose twelve months") });
    answer.hidden = !state.story;
    const count = Object.keys(state.story ?? {}).length;
    const changed = state.storyNotices ?? [];
    told.textContent = count ? [...changed, t("{count} ideas stand beside your months. Take them one by one, or all.", { count })].join(" ") : "";
  };
  return { element, update };
}
