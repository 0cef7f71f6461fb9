import { h } from "../dom.js";

/** The looks to choose from, each as a stamp with the same fox drawn in it; its colors stand there until that has come. */
export function styleOptions(styles) {
  return styles.map((style) => ({ value: style.code, title: style.title, face: [stamp(style), h("span", {}, style.title)] }));
}

function stamp({ swatch: colors, sample_url: sample }) {
  const share = 100 / colors.length;
  const stops = colors.map((color, index) => `${color} ${index * share}% ${(index + 1) * share}%`);
  return h("span", { class: "swatch", "aria-hidden": "true", vars: { "--swatch": `linear-gradient(135deg, ${stops.join(", ")})` } }, sample && h("img", { src: sample, alt: "", width: 480, height: 480, loading: "lazy" }));
}
