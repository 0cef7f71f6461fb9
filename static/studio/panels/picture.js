import { cropWindow } from "../crop.js";
import { h } from "../dom.js";
import { aspectOf, isCropped, isRunning, pageOf, pickOf, positionsOf } from "../store.js";
import { t } from "../text.js";
import { changePanel } from "./change.js";
import { button, choices, slider, textField, until } from "./controls.js";
import { referencesPanel } from "./references.js";
import { styleOptions } from "./styles.js";

export const PROMPT_MIN = 10;
export const PROMPT_MAX = 500;
const MAX_ZOOM = 3;

/** Describe a picture, have some made, choose one, move it, ask for changes. */
export function picturePanel(studio) {
  const { store, actions } = studio;
  const prompt = textField({
    label: t("What should the picture show?"),
    hint: t("Who or what, where, in which mood. No words: you set those next."),
    rows: 4,
    max: PROMPT_MAX,
    onInput: (value) => actions.edit(store.state.position, { prompt: value }),
  });
  const style = choices({ label: t("Style"), name: "style", className: "styles", onPick: (code) => actions.edit(store.state.position, { style: code }) });
  const make = button({ text: t("Make pictures"), iconName: "spark", className: "primary wide", onPress: () => actions.make(store.state.position) });
  const allowance = h("p", { class: "hint" });
  const change = changePanel(studio);
  const fit = fitPanel(store, actions);
  const noPicture = h("p", { class: "notice" }, t("This side carries words only."));
  const references = referencesPanel(studio);
  const other = h("summary", {}, t("Make other pictures"));
  const ask = h("details", { class: "ask" }, other, h("div", { class: "stack" }, prompt.element, references.element, style.element, make.element, allowance));
  let asked = "";
  const element = h("section", { class: "panel", "aria-label": t("Picture") }, noPicture, change.element, fit.element, ask);

  const update = (state) => {
    element.hidden = state.step !== "picture";
    if (element.hidden) return;
    const side = positionsOf(state).find((entry) => entry.position === state.position);
    const full = tooMany(state, side);
    noPicture.hidden = side?.picture !== false && !full;
    noPicture.textContent = full || t("This side carries words only.");
    ask.hidden = side?.picture === false || Boolean(full);
    const page = pageOf(state);
    const chosen = Boolean(pickOf(state));
    other.hidden = !chosen;
    // Once a picture is chosen, changing it comes first and the way to new ones folds away, until it is opened.
    if (asked !== `${state.position} ${chosen}`) ask.open = !chosen;
    asked = `${state.position} ${chosen}`;
    prompt.update(page.prompt, promptProblem(state));
    style.update(styleOptions(state.styles), page.style ?? state.styles[0]?.code);
    references.update(state);
    showMake(make, allowance, state, page);
    fit.update(state);
    change.update(state);
  };
  return { element, update };
}

/** Folded cards carry pictures on at most `max_pictures` of their sides. */
function tooMany(state, side) {
  const format = state.formats.find((entry) => entry.code === state.format);
  const used = positionsOf(state).filter(({ position }) => position !== side?.position && pickOf(state, position)).length;
  if (!format || !side?.picture || pickOf(state) || used < format.max_pictures) return "";
  return t("{count} sides have pictures already, and that is the most for this card. This side can carry words.", { count: used });
}

function promptProblem(state) {
  const { position, problems } = state;
  return problems[`${position}.prompt`] ?? problems[`${position}.style`] ?? (state.notices[position] ?? []).join(" ");
}

function showMake(make, allowance, state, page) {
  const { candidate } = state.usage;
  const length = page.prompt.trim().length;
  const refused = candidate && !candidate.allowed;
  const text = page.picks.length || state.design?.images.some((image) => image.position === state.position) ? t("Make {count} more", { count: candidate?.count ?? 4 }) : t("Make {count} pictures", { count: candidate?.count ?? 4 });
  make.update({ text, disabled: refused || length < PROMPT_MIN || length > PROMPT_MAX, busy: isRunning(state.run) });
  if (refused) allowance.textContent = `${candidate.reason} ${until(candidate.resets_at)}`;
  else if (length && length < PROMPT_MIN) allowance.textContent = t("A few more words, please: at least {count} letters.", { count: PROMPT_MIN });
  else if (length > PROMPT_MAX) allowance.textContent = t("At most {count} letters, please.", { count: PROMPT_MAX });
  else allowance.textContent = t("Free to try. You pay only for what you have printed.");
}

function fitPanel(store, actions) {
  const set = (crop) => actions.edit(store.state.position, { crop });
  const percent = (value) => `${Math.round(value * 100)}%`;
  const zoom = slider({ label: t("Zoom"), min: 1, max: MAX_ZOOM, step: 0.01, onInput: (value) => set({ zoom: value }), say: percent });
  const across = slider({ label: t("Across"), min: 0, max: 1, step: 0.01, onInput: (x) => set({ x }), say: percent });
  const along = slider({ label: t("Up and down"), min: 0, max: 1, step: 0.01, onInput: (y) => set({ y }), say: percent });
  const reset = button({ text: t("Fit it for me"), className: "small quiet", onPress: () => set({}) });
  const bad = h("p", { class: "bad", role: "alert" });
  const element = h("details", { class: "fold-away", open: true }, h("summary", {}, t("Fit the picture")), zoom.element, across.element, along.element, bad, reset.element);
  const update = (state) => {
    element.hidden = !pickOf(state);
    const { crop } = pageOf(state);
    const shown = pickOf(state) && cropWindow(pickOf(state), aspectOf(state), crop);
    across.element.hidden = !shown || shown.width > 0.995;
    along.element.hidden = !shown || shown.height > 0.995;
    reset.element.hidden = !isCropped(state);
    zoom.update(crop.zoom);
    across.update(crop.x);
    along.update(crop.y);
    bad.textContent = state.problems[`${state.position}.crop`] ?? "";
  };
  return { element, update };
}
