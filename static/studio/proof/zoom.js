import { t } from "../text.js";

/** A page as large as the window, or larger, in a dialog that Escape closes. */
export function zoomDialog(part) {
  const dialog = part.zoom;
  part["zoom-close"].addEventListener("click", () => dialog.close());
  part["zoom-scale"].addEventListener("click", () => scale(!dialog.classList.contains("is-larger")));
  part["zoom-image"].addEventListener("click", () => scale(!dialog.classList.contains("is-larger")));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  function scale(whole) {
    dialog.classList.toggle("is-larger", whole);
    part["zoom-scale"].textContent = whole ? t("Fit the window") : t("Larger");
  }

  return (page) => {
    part["zoom-title"].textContent = page.title;
    part["zoom-image"].src = page.url;
    part["zoom-image"].alt = t("{title}, as it will be printed", { title: page.title });
    scale(false);
    dialog.showModal();
  };
}
