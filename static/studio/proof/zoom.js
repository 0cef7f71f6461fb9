import { t } from "../text.js";
import { pannable } from "./pan.js";
import { printTiles } from "./tiles.js";

/**
 * A page in a dialog that Escape closes: as large as the window, or one dot of the print file to one of the screen. `renew(page)`
 * answers the page with links that are good now.
 */
export function zoomDialog(part, renew) {
  const { zoom: dialog, "zoom-view": view, "zoom-sheet": sheet, "zoom-image": image } = part;
  const tiles = printTiles({ view, room: part["zoom-tiles"], renew, onTrouble: (words) => (part["zoom-note"].textContent = words) });
  const isClose = () => dialog.classList.contains("is-close");
  let shown = null;

  part["zoom-close"].addEventListener("click", () => dialog.close());
  part["zoom-scale"].addEventListener("click", () => scale(!isClose()));
  dialog.addEventListener("close", () => tiles.clear());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") scale(true);
    if (event.key === "-") scale(false);
  });
  pannable(view, { isOn: isClose, onPress: (event) => event.target === view ? dialog.close() : scale(!isClose(), within(image, event)) });

  /** `at` says which part of the page, in shares of its sides, comes to the middle. */
  function scale(close, at = { x: 0.5, y: 0.5 }) {
    if (close === isClose()) return;
    dialog.classList.toggle("is-close", close);
    label(close);
    if (!close) return tiles.clear();
    const { offsetWidth: width, offsetHeight: height } = sheet;
    view.scrollTo(sheet.offsetLeft + at.x * width - view.clientWidth / 2, sheet.offsetTop + at.y * height - view.clientHeight / 2);
    if (shown.tiles_url) tiles.show(shown);
    return undefined;
  }

  function label(close) {
    part["zoom-scale"].textContent = close ? t("Fit the window") : shown.tiles_url ? t("100%") : t("Larger");
    part["zoom-scale"].setAttribute("aria-pressed", String(close));
    part["zoom-note"].textContent = shown.tiles_url ? (close ? t("Dot for dot, as it will be printed. Drag to look around.") : t("Press where you want to see every dot.")) : "";
  }

  return (page) => {
    shown = page;
    part["zoom-title"].textContent = page.title;
    image.src = page.url;
    image.alt = t("{title}, as it will be printed", { title: page.title });
    // What has no print file of ours (the supplier's own pictures) is shown larger, at a size that reads well.
    for (const name of ["width", "height"]) sheet.style.setProperty(`--${name}`, page.tiles_url ? `${page[`${name}_px`]}px` : "auto");
    dialog.classList.toggle("has-dots", Boolean(page.tiles_url));
    dialog.classList.remove("is-close");
    tiles.clear();
    label(false);
    dialog.showModal();
    view.focus();
  };
}

function within(image, { clientX, clientY }) {
  const box = image.getBoundingClientRect();
  return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
}
