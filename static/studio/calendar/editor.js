import { h, keep } from "../dom.js";
import { changePanel } from "../panels/change.js";
import { button, textField, until } from "../panels/controls.js";
import { wordsPanel } from "../panels/words.js";
import { pageOf, pickOf } from "../store.js";
import { t } from "../text.js";
import { fitPanel } from "./fit.js";
import { stylePick } from "./month-card.js";
import { calendarOf, isDrawing, PROMPT_MAX, promptProblem, standingOf, titleOf } from "./months.js";
import { runText } from "./draw.js";

/** Everything about one page: change it, draw it anew, take an older picture, move it, write on it. */
export function monthEditor(studio) {
  const { actions } = studio;
  const told = h("p", { class: "notice", role: "status" });
  const change = changePanel({ ...studio, needed: true });
  const anew = anewPanel(studio);
  const others = variantsPanel(studio);
  const fit = fitPanel(studio);
  const words = wordsPanel({ ...studio, visible: () => true });
  const folds = [fold(t("Draw it anew"), anew.element), fold(t("Other pictures of this page"), others.element), fold(t("Move the picture"), fit.element), fold(t("Words on this page"), words.element)];
  const element = h("aside", { class: "sheet editor", "aria-label": t("Change this page") }, told, change.element, ...folds);
  const [, variantFold, fitFold, wordsFold] = folds;
  let at = "";

  const update = (state) => {
    const standing = standingOf(state, state.position);
    const busy = isDrawing(state);
    told.hidden = !busy && standing.state === "ready";
    told.textContent = busy ? runText(state.run, calendarOf(state)) : standing.message || t("This page has no picture yet.");
    if (at !== state.position) {
      // The cover wants a title; a page without a picture wants one.
      wordsFold.open = state.position === "cover";
      folds[0].open = !pickOf(state);
    }
    at = state.position;
    change.update(state);
    anew.update(state);
    variantFold.hidden = actions.variants(state.position).length < 2;
    if (!variantFold.hidden) others.update(state);
    fitFold.hidden = !pickOf(state);
    fit.update(state);
    words.update(state);
  };
  return { element, update };
}

const fold = (title, ...content) => h("details", { class: "fold-away" }, h("summary", {}, title), h("div", { class: "stack" }, ...content));

/** The words of the page and one press for another picture from them. */
function anewPanel({ store, actions }) {
  const prompt = textField({ label: t("What should the picture show?"), rows: 3, max: PROMPT_MAX, onInput: (value) => actions.edit(store.state.position, { prompt: value }) });
  let style = null;
  const holder = h("div", {});
  const press = button({ text: t("Draw it again"), iconName: "spark", className: "wide", onPress: () => actions.draw([store.state.position]) });
  const limit = h("p", { class: "hint plain" });
  const element = h("div", { class: "stack" }, prompt.element, holder, press.element, limit);
  const update = (state) => {
    const page = pageOf(state);
    if (style?.position !== state.position) {
      style = { position: state.position, ...stylePick(state.position, actions) };
      holder.replaceChildren(style.element);
    }
    style.update(state.styles, page.style ?? state.styles[0]?.code, titleOf(state.position, calendarOf(state)));
    prompt.update(page.prompt, state.problems[`${state.position}.prompt`] ?? (state.notices[state.position] ?? []).join(" "));
    const granted = state.usage.page;
    const refused = granted && !granted.allowed;
    const drawn = isDrawing(state) && ["drawing", "waiting"].includes(standingOf(state, state.position).state);
    press.update({ text: drawn ? t("On its way…") : pickOf(state) ? t("Draw it again") : t("Draw it"), disabled: refused || isDrawing(state) || Boolean(promptProblem(page.prompt)), busy: drawn });
    const daily = granted?.redraws ? t("A calendar can be changed {count} times a day.", { count: granted.redraws }) : "";
    limit.textContent = refused ? `${granted.reason} ${until(granted.resets_at)}` : [t("The picture you have stays among the others of this page."), daily].join(" ");
  };
  return { element, update };
}

/** Pictures that were made for this page before. */
function variantsPanel({ store, actions }) {
  const list = h("ul", { class: "variants" });
  const update = (state) =>
    keep(list, actions.variants(state.position).map((image) => ({
      key: image.id,
      make: () => h("li", {}, image.withheld ? h("button", { type: "button", class: "variant gallery-withheld", disabled: true }, h("span", {}, image.withheld)) : h("button", { type: "button", class: "variant", on: { click: () => actions.pick(store.state.position, image) } }, h("img", { src: image.thumb_url, alt: image.description, loading: "lazy", width: image.width_px, height: image.height_px }))),
      update: (item) => item.firstElementChild.setAttribute("aria-pressed", String(pickOf(state)?.id === image.id)),
    })));
  return { element: list, update };
}
