import { h, icon, uid } from "../dom.js";
import { button, textField } from "../panels/controls.js";
import { pageOf } from "../store.js";
import { t } from "../text.js";
import { monthOf, calendarOf, PROMPT_MAX, PROMPT_MIN, promptProblem } from "./months.js";

/** An idea for each month of the year, as an example to start from. */
const IDEAS = {
  0: () => t("All of us waving from a hot air balloon over the hills"),
  1: () => t("Building a snow rabbit taller than the garden fence"),
  2: () => t("Baking heart-shaped bread in a warm, floury kitchen"),
  3: () => t("Flying kites on a windy hill, the first crocuses in the grass"),
  4: () => t("Walking under blossoming cherry trees with a red umbrella"),
  5: () => t("A picnic in a meadow of poppies, the dog steals a sandwich"),
  6: () => t("Reading in a hammock between two old apple trees"),
  7: () => t("Sailing a tiny wooden boat across a sparkling lake"),
  8: () => t("Counting shooting stars from the roof of a camper van"),
  9: () => t("Picking mushrooms in a golden forest with a fox for company"),
  10: () => t("Carving pumpkins on the porch while leaves come down"),
  11: () => t("Tea by the window, rain outside, everybody under one blanket"),
  12: () => t("Decorating a tree in the snow, lanterns all around"),
};

/** One page of the calendar to be written: its words, its style, and beside them what was proposed. */
export function monthCard({ store, actions }, position) {
  const words = textField({ label: "", rows: 3, max: PROMPT_MAX, onInput: (prompt) => actions.edit(position, { prompt }) });
  const idea = button({ text: t("Use the example"), className: "small quiet", onPress: () => actions.edit(position, { prompt: words.area.placeholder }) });
  const style = stylePick(position, actions);
  const proposal = h("p", { class: "proposal-words" });
  const take = button({ text: t("Take this"), iconName: "check", className: "small", onPress: () => (actions.takeOver([position]), words.area.focus()) });
  const beside = h("div", { class: "proposal", role: "group" }, h("span", { class: "proposal-mark" }, t("Our idea")), proposal, take.element);
  const number = h("span", { class: "month-number", "aria-hidden": "true" });
  const item = h("li", { class: "sheet month" }, number, h("div", { class: "month-own" }, words.element, h("div", { class: "month-row" }, style.element, idea.element)), beside);

  item.show = (state, title) => {
    const page = pageOf(state, position);
    const shown = monthOf(position, calendarOf(state));
    number.textContent = shown ? String(shown.month) : "";
    number.classList.toggle("is-cover", !shown);
    if (!shown && !number.firstElementChild) number.append(icon("star"));
    words.setLabel(title);
    words.area.placeholder = IDEAS[shown?.month ?? 0]();
    words.update(page.prompt, problemText(state, position, page.prompt, words.area));
    idea.element.hidden = Boolean(page.prompt);
    style.update(state.styles, page.style ?? state.styles[0]?.code, title);
    beside.hidden = state.story?.[position] === undefined;
    beside.setAttribute("aria-label", t("Our idea for {title}", { title }));
    proposal.textContent = state.story?.[position] ?? "";
    item.classList.toggle("has-proposal", !beside.hidden);
    item.classList.toggle("is-done", !promptProblem(page.prompt));
  };
  return item;
}

/** What the server refused or took out; too short is only said once the person has left the field. */
function problemText(state, position, prompt, area) {
  const told = state.problems[`${position}.prompt`] ?? (state.notices[position] ?? []).join(" ");
  if (told) return told;
  const typing = area.getRootNode().activeElement === area;
  if (promptProblem(prompt) === "short" && !typing) return t("A few more words, please: at least {count} letters.", { count: PROMPT_MIN });
  return promptProblem(prompt) === "long" ? t("At most {count} letters, please.", { count: PROMPT_MAX }) : "";
}

export function stylePick(position, actions) {
  const id = uid("style");
  const field = h("select", { id, class: "input small-input", on: { change: () => actions.edit(position, { style: field.value }) } });
  const label = h("label", { for: id, class: "visually-hidden" });
  const element = h("div", { class: "style-pick" }, label, field);
  const update = (styles, value, title) => {
    if (field.childElementCount !== styles.length) field.replaceChildren(...styles.map((style) => h("option", { value: style.code }, style.title)));
    label.textContent = t("Style of {title}", { title });
    if (field.value !== value) field.value = value ?? "";
  };
  return { element, update };
}
