import { h, icon } from "../dom.js";
import { pageOf, pickOf } from "../store.js";
import { noted, t } from "../text.js";
import { choices, textField } from "./controls.js";

const MAX = 600;
// Which of these there are, the server says; "auto" is what reads best over the picture.
const INKS = { auto: [noted("Best contrast"), ""], ink: [noted("Ink"), "#2b2733"], white: [noted("White"), "#ffffff"], cream: [noted("Cream"), "#fff8ea"], navy: [noted("Navy"), "#1d3557"], forest: [noted("Forest"), "#234a3a"], teal: [noted("Teal"), "#15616d"], burgundy: [noted("Burgundy"), "#7a1f3d"], rose: [noted("Rose"), "#b4435d"], plum: [noted("Plum"), "#5b3a73"], gold: [noted("Gold"), "#8a6414"] };
const TITLES = { small: noted("Small"), medium: noted("Medium"), large: noted("Large"), top: noted("Top"), center: noted("Middle"), bottom: noted("Bottom"), auto: noted("Auto"), none: noted("Nothing"), soft: noted("Soft light"), panel: noted("Panel") };
const LINES = { left: noted("Left"), center: noted("Centered"), right: noted("Right") };

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
  const form = choices({ label: t("Shape"), name: "form", onPick: (value) => set({ form: value }) });
  const size = choices({ label: t("Size"), name: "size", className: "segments", onPick: (value) => set({ size: value }) });
  const layout = choices({ label: t("Place"), name: "layout", className: "segments", onPick: (value) => set({ layout: value }) });
  const align = choices({ label: t("Lines"), name: "align", className: "segments", onPick: (value) => set({ align: value }) });
  const color = choices({ label: t("Ink"), name: "color", className: "inks", onPick: (value) => set({ color: value }) });
  const plate = choices({ label: t("Behind the words"), name: "plate", className: "segments", onPick: (value) => set({ plate: value }) });
  const bad = h("p", { class: "bad", role: "alert" });
  const parts = [words, font, form, size, layout, align, color, plate].map((part) => part.element);
  const element = h("section", { class: "panel", "aria-label": t("Words") }, ...parts, bad);

  const update = (state) => {
    element.hidden = !visible(state);
    if (element.hidden) return;
    const page = pageOf(state);
    const { lettering } = page;
    words.update(page.words, wordsProblem(state));
    font.update(state.fonts.map((entry) => fontOption(entry, assets)), lettering.font || state.fonts[0]?.code);
    const { forms = [], sizes = [], layouts = [], aligns = [], colors = [], plates = [] } = state.lettering;
    form.update(formOptions(forms, state.position), lettering.form || "plain");
    size.update(titled(sizes.filter((code) => code !== "auto")), lettering.size === "auto" || !lettering.size ? "medium" : lettering.size);
    layout.update(titled(layouts), lettering.layout || "center");
    align.update(aligns.map((code) => ({ value: code, title: t(LINES[code]), hint: t(LINES[code]), face: [icon(code), h("span", { class: "visually-hidden" }, t(LINES[code]))] })), lettering.align || "center");
    color.update(colors.filter((code) => INKS[code]).map(inkOption), lettering.color || "auto");
    plate.element.hidden = !pickOf(state);
    plate.update(titled(plates), lettering.plate || "auto");
    bad.textContent = state.problems[`${state.position}.lettering`] ?? "";
  };
  return { element, update };
}

/** What the server refused, then what it took out, then what the page itself says: words that do not fit, a pale ink. */
function wordsProblem(state) {
  const told = (state.preview[state.position]?.warnings ?? []).filter((warning) => warning.level !== "info" && !warning.code.includes("dpi") && warning.code !== "much_cut_away");
  const notices = state.notices[state.position] ?? [];
  return state.problems[`${state.position}.words`] ?? [...notices, ...told.map((warning) => warning.message)].join(" ");
}

const titled = (codes) => codes.map((code) => ({ value: code, title: t(TITLES[code] ?? code) }));

/** What suits this side comes first; every shape may be had on every side. */
function formOptions(forms, position) {
  const place = position.startsWith("inside") ? "inside" : "front";
  const rank = ({ suits }) => (suits === "any" ? 0 : suits === place ? 1 : 2);
  return [...forms].sort((one, other) => rank(one) - rank(other)).map(({ code, title, hint }) => ({ value: code, title, hint }));
}

/** Each font shows its own name in its own face: a small picture, because the whole font file would weigh up to a megabyte. */
function fontOption(entry, assets) {
  const url = assets ? assets.replace("{name}", entry.code) : "";
  const face = url ? h("img", { src: url, alt: entry.title, class: "font-face", height: 30 }) : entry.title;
  return { value: entry.code, title: entry.title, face };
}

function inkOption(code) {
  const [title, hex] = INKS[code];
  const dot = h("span", { class: hex ? "ink" : "ink ink-auto", "aria-hidden": "true", vars: hex ? { "--ink-color": hex } : {} });
  return { value: code, title: t(title), hint: t(title), face: [dot, h("span", { class: "visually-hidden" }, t(title))] };
}
