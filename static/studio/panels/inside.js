import { h, keep } from "../dom.js";
import { formatOf, pageOf, positionsOf } from "../store.js";
import { t } from "../text.js";

const ON_FLAT = { front: "front", back: "back" };

/** The card in the hand: open it, close it, turn it over. */
export function insidePanel() {
  const fold = h("cardmaker-fold", { pose: "closed" });
  const waiting = h("p", { class: "hint" });
  const element = h("section", { class: "inside", "aria-label": t("The card in your hand") }, fold, waiting);

  let step = "";

  const update = (state) => {
    // Whoever left it open or turned over meets the front again.
    if (step !== state.step) fold.setAttribute("pose", "closed");
    step = state.step;
    element.hidden = !["inside", "finish"].includes(state.step);
    if (element.hidden) return;
    if (!customElements.get("cardmaker-fold")) import("../fold.js"); // only who comes this far needs it
    const format = formatOf(state);
    fold.setAttribute("fold", format.fold);
    fold.setAttribute("aspect", String(format.width_mm / format.height_mm));
    waiting.textContent = state.design ? (state.previewBusy ? t("Putting the card together…") : "") : t("Make a picture or write some words first.");
    keep(fold, positionsOf(state).filter(({ position }) => shown(format, position)).map((side) => face(side, state)));
  };
  return { element, update };
}

const shown = (format, position) => format.fold !== "none" || ON_FLAT[position];

function face({ position, title }, state) {
  const preview = state.preview[position];
  const words = pageOf(state, position).words;
  return {
    key: position,
    make: () => h("img", { slot: position, alt: "" }),
    update: (image) => {
      if (preview && image.dataset.url !== preview.url) {
        image.dataset.url = preview.url;
        image.src = preview.url;
      }
      image.alt = words ? `${title}: ${words}` : title;
    },
  };
}
