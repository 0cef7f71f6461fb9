import { h, icon, keep } from "../dom.js";
import { imagesElsewhere, imagesOf, isRunning, pickOf, positionsOf } from "../store.js";
import { t } from "../text.js";
import { runProgress } from "./progress.js";

/** Every picture made for this side, newest first, with empty frames for those on their way. Press one to use it. */
export function galleryPanel({ store, actions }) {
  const list = h("ul", { class: "gallery" });
  const title = h("h2", {}, t("Your pictures"));
  const bad = h("p", { class: "bad", role: "alert" });
  const progress = runProgress(actions);
  const others = h("ul", { class: "gallery" });
  const elsewhere = h("details", {}, h("summary", {}, t("Pictures of the other sides")), others);
  const element = h("section", { class: "gallery-panel", "aria-label": t("Your pictures") }, progress.element, title, bad, list, elsewhere);
  const entry = (image, pick) => ({ key: image.id, make: () => pictureFrame(image, () => actions.pick(store.state.position, image)), update: (item) => show(item, pick, image) });

  const update = (state) => {
    const images = imagesOf(state).filter((image) => image.tier !== "final" || image.id === pickOf(state)?.id);
    const missing = framesWaiting(state);
    const side = positionsOf(state).find(({ position }) => position === state.position);
    const borrowed = side?.picture === false ? [] : imagesElsewhere(state);
    element.hidden = state.step !== "picture" || (!images.length && !missing && !borrowed.length);
    if (element.hidden) return;
    const pick = pickOf(state);
    element.classList.toggle("is-large", !pick && images.length + missing > 0);
    title.textContent = pick || missing ? t("Your pictures") : t("Choose the one you like");
    title.hidden = !images.length && !missing;
    elsewhere.hidden = !borrowed.length;
    keep(others, borrowed.map((image) => entry(image, pick)));
    progress.update(state);
    bad.textContent = state.problems[`${state.position}.picks`] ?? "";
    const frames = Array.from({ length: missing }, (_, index) => ({ key: `wait-${index}`, make: waitingFrame }));
    keep(list, [...frames, ...images.map((image) => entry(image, pick))]);
  };
  return { element, update };
}

function framesWaiting(state) {
  const { run } = state;
  if (!isRunning(run) || run.stage === "final" || !run.positions.includes(state.position)) return 0;
  return Math.max(0, (state.expected || (run.stage === "candidate" ? 4 : 1)) - run.images.length);
}

function waitingFrame() {
  return h("li", { class: "gallery-item" }, h("span", { class: "gallery-wait", "aria-hidden": "true" }));
}

function pictureFrame(image, onPress) {
  if (image.withheld) return withheldFrame(image);
  const picture = h("img", { src: image.thumb_url, alt: image.description, loading: "lazy", width: image.width_px, height: image.height_px });
  const mark = h("span", { class: "gallery-mark" }, icon("check"), t("On the card"));
  const origin = image.parent ? h("span", { class: "gallery-note" }, t("Changed")) : null;
  return h("li", { class: "gallery-item" }, h("button", { type: "button", class: "gallery-pick", on: { click: onPress } }, picture, mark, origin));
}

/** A picture that nobody is shown says why in its place. */
function withheldFrame(image) {
  return h("li", { class: "gallery-item" }, h("button", { type: "button", class: "gallery-pick gallery-withheld", disabled: true }, h("span", {}, image.withheld)));
}

function show(item, pick, image) {
  const chosen = pick?.id === image.id || (pick?.candidate && pick.candidate === image.id);
  item.firstElementChild.setAttribute("aria-pressed", String(Boolean(chosen)));
}
