import { h, icon } from "../dom.js";
import { pageOf, pickOf } from "../store.js";
import { t } from "../text.js";
import { choices, textField } from "./controls.js";

const MAX = 600;
// The palette of designs/imaging/colors.py; "auto" is the one that reads best over the picture.
const INKS = [
  ["auto", "Best contrast", ""],
  ["ink", "Ink", "#2b2733"],
  ["white", "White", "#ffffff"],
  ["cream", "Cream", "#fff8ea"],
  ["navy", "Navy", "#1d3557"],
  ["forest", "Forest", "#234a3a"],
  ["teal", "Teal", "#15616d"],
  ["burgundy", "Burgundy", "#7a1f3d"],
  ["rose", "Rose", "#b4435d"],
  ["plum", "Plum", "#5b3a73"],
  ["gold", "Gold", "#8a6414"],
];

/** The words of a side and how they are set. The page beside them comes from the server: the real lettering. */
export function wordsPanel({ store, actions, assets, visible = (state) => state.step === "words" }) {
  const set = (lettering) => actions.edit(store.state.position, { lettering });
  const words = textField({
    label: t("Your words"),
    hint: t("Line breaks stay where you put them."),
    rows: 5,
    max: MAX,
    onInput: (value) => actions.edit(store.state.position, { words: value }),
  });
  const font = choices({ label: t("Lettering"), name: "font", className: "fonts", onPick: (value) => set({ font: value }) });
  const size = choices({ label: t("Size"), name: "size", className: "segments", onPick: (value) => set({ size: value }) });
  const layout = choices({ label: t("Place"), name: "layout", className: "segments", onPick: (value) => set({ layout: value }) });
  const align = choices({ label: t("Lines"), name: "align", className: "segments", onPick: (value) => set({ align: value }) });
  const color = choices({ label: t("Ink"), name: "color", className: "inks", onPick: (value) => set({ color: value }) });
  const plate = choices({ label: t("Behind the words"), name: "plate", className: "segments", onPick: (value) => set({ plate: value }) });
  const bad = h("p", { class: "bad", role: "alert" });
  const parts = [words, font, size, layout, align, color, plate].map((part) => part.element);
  const element = h("section", { class: "panel", "aria-label": t("Words") }, ...parts, bad);

  const update = (state) => {
    element.hidden = !visible(state);
    if (element.hidden) return;
    const page = pageOf(state);
    const { lettering } = page;
    words.update(page.words, wordsProblem(state));
    font.update(state.fonts.map((entry) => fontOption(entry, assets)), lettering.font || state.fonts[0]?.code);
    size.update(options([["small", t("Small")], ["medium", t("Medium")], ["large", t("Large")]]), lettering.size === "auto" || !lettering.size ? "medium" : lettering.size);
    layout.update(options([["top", t("Top")], ["center", t("Middle")], ["bottom", t("Bottom")]]), lettering.layout || "center");
    align.update(options([["left", t("Left"), icon("left")], ["center", t("Centered"), icon("center")], ["right", t("Right"), icon("right")]]), lettering.align || "center");
    color.update(INKS.map(inkOption), lettering.color || "auto");
    plate.element.hidden = !pickOf(state);
    plate.update(options([["auto", t("Auto")], ["none", t("Nothing")], ["soft", t("Soft light")], ["panel", t("Panel")]]), lettering.plate || "auto");
    bad.textContent = state.problems[`${state.position}.lettering`] ?? "";
  };
  return { element, update };
}

/** What the server refused, then what it took out, then what the page itself says: words that do not fit, a pale ink. */
function wordsProblem(state) {
  const told = (state.preview[state.position]?.warnings ?? []).filter((warning) => warning.level !== "info" && !warning.code.includes("dpi"));
  const notices = state.notices[state.position] ?? [];
  return state.problems[`${state.position}.words`] ?? [...notices, ...told.map((warning) => warning.message)].join(" ");
}

function options(entries) {
  return entries.map(([value, title, face]) => ({ value, title, hint: face && title, face: face && [face, h("span", { class: "visually-hidden" }, title)] }));
}

/** Each font shows its own name in its own face: a small picture, because the whole font file would weigh up to a megabyte. */
function fontOption(entry, assets) {
  const url = assets ? assets.replace("{name}", entry.code) : "";
  const face = url ? h("img", { src: url, alt: entry.title, class: "font-face", height: 30 }) : entry.title;
  return { value: entry.code, title: entry.title, face };
}

function inkOption([value, title, hex]) {
  const dot = h("span", { class: hex ? "ink" : "ink ink-auto", "aria-hidden": "true", vars: hex ? { "--ink-color": hex } : {} });
  return { value, title: t(title), hint: t(title), face: [dot, h("span", { class: "visually-hidden" }, t(title))] };
}
