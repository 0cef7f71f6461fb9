import { cropWindow, lostShare, moveCrop } from "../crop.js";
import { h } from "../dom.js";
import { aspectOf, formatOf, imagesOf, isRunning, pageOf, pickOf, positionsOf } from "../store.js";
import { t } from "../text.js";

const KEY_STEP = 0.04;

/** The page itself, large: the picture to be moved about, or the page as the press will see it. */
export function stagePanel({ store, actions }) {
  const picture = h("img", { class: "stage-picture", alt: "", draggable: "false" });
  const page = h("img", { class: "stage-page", alt: "" });
  const empty = h("div", { class: "stage-empty" });
  const frame = h("div", { class: "stage-frame" }, picture, page, empty);
  const caption = h("p", { class: "stage-caption", id: "stage-caption" });
  const element = h("div", { class: "stage" }, frame, caption);
  draggable(frame, store, actions);

  const update = (state) => {
    const hidden = ["inside", "finish"].includes(state.step) || choosing(state);
    element.hidden = hidden;
    if (hidden) return;
    frame.style.setProperty("--aspect", aspectOf(state));
    const pick = pickOf(state);
    const movable = state.step === "picture" && Boolean(pick);
    const preview = state.preview[state.position];
    const showPage = !movable && Boolean(preview) && worthShowing(state);
    picture.hidden = !movable;
    page.hidden = !showPage;
    empty.hidden = movable || showPage;
    element.classList.toggle("is-bare", !empty.hidden);
    frame.classList.toggle("is-movable", movable);
    frame.classList.toggle("is-busy", state.previewBusy && state.step === "words");
    makeReachable(frame, movable);
    if (movable) placePicture(picture, frame, pick, state);
    if (showPage) placePage(page, preview, state);
    if (!empty.hidden) empty.replaceChildren(...emptyText(state));
    caption.textContent = captionOf(state, movable, pick);
  };
  return { element, update };
}

/** While there are pictures and none is chosen, they have the room of the page. */
function choosing(state) {
  if (state.step !== "picture" || pickOf(state)) return false;
  const running = isRunning(state.run) && state.run.positions.includes(state.position);
  return running || imagesOf(state).length > 0;
}

function worthShowing(state) {
  const { words, picks } = pageOf(state);
  return Boolean(words || picks.length);
}

function makeReachable(frame, movable) {
  for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", t("Move the picture with the arrow keys")], ["aria-describedby", "stage-caption"]]) {
    if (movable) frame.setAttribute(name, value);
    else frame.removeAttribute(name);
  }
}

function placePicture(picture, frame, pick, state) {
  if (picture.dataset.id !== pick.id) {
    picture.dataset.id = pick.id;
    picture.src = pick.url;
    picture.alt = pick.description;
  }
  const aspect = aspectOf(state);
  const shown = cropWindow(pick, aspect, pageOf(state).crop);
  picture.style.setProperty("--w", `${100 / shown.width}%`);
  picture.style.setProperty("--h", `${100 / shown.height}%`);
  picture.style.setProperty("--x", `${(-100 * shown.left) / shown.width}%`);
  picture.style.setProperty("--y", `${(-100 * shown.top) / shown.height}%`);
  const across = shown.width < 0.999;
  const along = shown.height < 0.999;
  frame.dataset.pan = across && along ? "both" : across ? "across" : along ? "along" : "none";
}

function placePage(page, preview, state) {
  if (page.dataset.url !== preview.url) {
    page.dataset.url = preview.url;
    page.src = preview.url;
  }
  const side = positionsOf(state).find((entry) => entry.position === state.position);
  page.alt = t("{side} of the card: {words}", { side: side?.title ?? "", words: pageOf(state).words || t("no words yet") });
}

function emptyText(state) {
  const side = positionsOf(state).find((entry) => entry.position === state.position);
  const asksForPicture = state.step === "picture" && side?.picture;
  return [
    h("span", { class: "stage-empty-side" }, side?.title ?? ""),
    h("span", {}, asksForPicture ? t("Describe a picture and it appears here.") : t("Write something and it appears here, set as it will be printed.")),
  ];
}

function captionOf(state, movable, pick) {
  if (!movable) {
    const format = formatOf(state);
    return state.step === "words" ? t("Set in real type by us, never drawn by a model. {width} × {height} mm.", { width: Math.round(format.width_mm), height: Math.round(format.height_mm) }) : "";
  }
  const lost = Math.round(lostShare(pick, aspectOf(state), pageOf(state).crop) * 100);
  return lost < 1 ? t("The whole picture is on the page.") : t("Drag to move it. {lost}% of the picture lies outside the page.", { lost });
}

function draggable(frame, store, actions) {
  let from = null;
  const move = (dx, dy) => {
    const pick = pickOf(store.state);
    if (pick) actions.edit(store.state.position, { crop: moveCrop(pick, aspectOf(store.state), pageOf(store.state).crop, dx, dy) });
  };
  frame.addEventListener("pointerdown", (event) => {
    if (!frame.classList.contains("is-movable") || event.button) return;
    from = event;
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    const box = frame.getBoundingClientRect();
    move((from.clientX - event.clientX) / box.width, (from.clientY - event.clientY) / box.height);
    from = event;
  });
  for (const name of ["pointerup", "pointercancel"]) frame.addEventListener(name, () => (from = null));
  frame.addEventListener("keydown", (event) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    if (dx === undefined || !frame.classList.contains("is-movable")) return;
    event.preventDefault();
    move(dx * KEY_STEP, dy * KEY_STEP);
  });
}
