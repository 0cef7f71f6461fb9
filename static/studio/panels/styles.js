import { h } from "../dom.js";

/** The looks to choose from, each with its colors as a stamp. */
export function styleOptions(styles) {
  return styles.map((style) => ({ value: style.code, title: style.title, face: [swatch(style.swatch), h("span", {}, style.title)] }));
}

function swatch(colors) {
  const share = 100 / colors.length;
  const stops = colors.map((color, index) => `${color} ${index * share}% ${(index + 1) * share}%`);
  return h("span", { class: "swatch", "aria-hidden": "true", vars: { "--swatch": `linear-gradient(135deg, ${stops.join(", ")})` } });
}
