import { h } from "../dom.js";
import { t } from "../text.js";

/** A page as large as the window, or twice that, in a dialog that Escape closes. */
export function zoomDialog() {
  const image = h("img", { alt: "", tabindex: "0", on: { click: () => scale(!element.classList.contains("is-large")) } });
  const title = h("h2", {});
  const larger = h("button", { type: "button", class: "button small quiet", on: { click: () => scale(!element.classList.contains("is-large")) } });
  const close = h("button", { type: "button", class: "button small", on: { click: () => element.close() } }, t("Close"));
  const element = h("dialog", { class: "zoom", "aria-label": t("A closer look"), on: { click: (event) => event.target === element && element.close() } }, h("div", { class: "zoom-bar" }, title, larger, close), h("div", { class: "zoom-room" }, image));
  function scale(large) {
    element.classList.toggle("is-large", large);
    larger.textContent = large ? t("Fit the window") : t("Twice as large");
  }
  const open = (page, name) => {
    if (!page) return;
    title.textContent = name;
    Object.assign(image, { src: page.url, alt: name, width: page.width, height: page.height });
    scale(false);
    element.showModal();
  };
  return { element, open };
}
