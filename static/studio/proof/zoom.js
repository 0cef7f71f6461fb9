import { t } from "../text.js";

/** A page as large as the window, or pixel for pixel, in a dialog that Escape closes. */
export function zoomDialog(part) {
  const dialog = part.zoom;
  part["zoom-close"].addEventListener("click", () => dialog.close());
  part["zoom-scale"].addEventListener("click", () => scale(!dialog.classList.contains("is-whole-size")));
  part["zoom-image"].addEventListener("click", () => scale(!dialog.classList.contains("is-whole-size")));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  function scale(whole) {
    dialog.classList.toggle("is-whole-size", whole);
    part["zoom-scale"].textContent = whole ? t("Fit the window") : t("Actual pixels");
  }

  return (page) => {
    part["zoom-title"].textContent = page.title;
    part["zoom-image"].src = page.url;
    part["zoom-image"].alt = t("{title}, as it will be printed", { title: page.title });
    scale(false);
    dialog.showModal();
  };
}
