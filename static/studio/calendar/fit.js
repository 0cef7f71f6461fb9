import { cropWindow, moveCrop } from "../crop.js";
import { h } from "../dom.js";
import { button, slider } from "../panels/controls.js";
import { formatOf, isCropped, pageOf, pickOf } from "../store.js";
import { t } from "../text.js";

const KEY_STEP = 0.04;
const MAX_ZOOM = 3;

/** The whole picture with a window over what the sheet shows: dragged, or moved with the arrow keys. */
export function fitPanel({ store, actions }) {
  const picture = h("img", { alt: "", draggable: "false" });
  const handle = h("div", { class: "fit-window", tabindex: "0", role: "group", "aria-label": t("What the sheet shows: move it with the arrow keys") }, h("i"), h("i"), h("i"), h("i"));
  const room = h("div", { class: "fit-room" }, picture, handle);
  const set = (crop) => actions.edit(store.state.position, { crop });
  const zoom = slider({ label: t("Zoom"), min: 1, max: MAX_ZOOM, step: 0.01, onInput: (value) => set({ ...pageOf(store.state).crop, zoom: value }), say: (value) => `${Math.round(value * 100)}%` });
  const reset = button({ text: t("Find it for me"), className: "small quiet", onPress: () => set({}) });
  const hint = h("p", { class: "hint plain" });
  const bad = h("p", { class: "bad", role: "alert" });
  const element = h("div", { class: "stack fit" }, room, zoom.element, hint, reset.element, bad);
  const move = (dx, dy) => {
    const pick = pickOf(store.state);
    if (pick) set(moveCrop(pick, windowAspect(store.state, pick), pageOf(store.state).crop, dx, dy));
  };
  movable(handle, move);

  const update = (state) => {
    const pick = pickOf(state);
    if (!pick) return;
    if (picture.dataset.of !== pick.id) Object.assign(picture, { src: pick.url, alt: pick.description }).dataset.of = pick.id;
    room.style.setProperty("--image-aspect", String(pick.width_px / pick.height_px));
    const { crop } = pageOf(state);
    const shown = cropWindow(pick, windowAspect(state, pick), crop);
    for (const side of ["left", "top", "width", "height"]) handle.style.setProperty(`--${side}`, `${shown[side] * 100}%`);
    zoom.update(crop.zoom);
    const own = isCropped(state);
    reset.element.hidden = !own;
    hint.textContent = own ? t("Your own choice, for all three shapes.") : t("Found for you: as many faces as fit stay whole. Each shape has its own.");
    bad.textContent = state.problems[`${state.position}.crop`] ?? "";
  };
  return { element, update };
}

/** The shape of the picture's place on this sheet, as the server's preview cut it. */
export function windowAspect(state, pick) {
  const lost = state.preview[state.position]?.lost;
  const format = formatOf(state);
  if (!lost || lost.left === undefined) return format.width_mm / format.height_mm;
  return ((1 - lost.left - lost.right) * pick.width_px) / ((1 - lost.top - lost.bottom) * pick.height_px);
}

function movable(handle, move) {
  let from = null;
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    from = event;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!from) return;
    const box = handle.getBoundingClientRect();
    move((event.clientX - from.clientX) / box.width, (event.clientY - from.clientY) / box.height);
    from = event;
  });
  for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, () => (from = null));
  handle.addEventListener("keydown", (event) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    if (dx === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(dx * KEY_STEP, dy * KEY_STEP);
  });
}
