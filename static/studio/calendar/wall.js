import { h } from "../dom.js";
import { formatOf, pageOf } from "../store.js";
import { t } from "../text.js";

const TURN_MS = 700;
const SWIPE_PX = 40;

/** The calendar on its nail: a sheet that is shown, and one that turns over the wire. `onTurn(±1)` asks for another page. */
export function wall({ onTurn }) {
  const under = sheet();
  const turning = sheet("is-turning");
  turning.element.hidden = true;
  const pages = h("div", { class: "wall-pages" }, h("div", { class: "wall-stack", "aria-hidden": "true" }), under.element, turning.element);
  const element = h("div", { class: "wall", tabindex: "0", role: "group", "aria-roledescription": t("wall calendar"), "aria-label": t("Turn the pages with the arrow keys") },
    h("span", { class: "wall-nail", "aria-hidden": "true" }), h("div", { class: "wall-wire", "aria-hidden": "true" }), pages);
  let shown = { key: "", at: -1, face: null };
  let moving = null;
  turnable(element, onTurn);

  const show = ({ state, at, title, image }) => {
    const format = formatOf(state);
    const preview = state.preview[state.position];
    const aspect = preview ? preview.width / preview.height : format.width_mm / format.height_mm;
    element.style.setProperty("--aspect", String(aspect));
    element.classList.toggle("is-busy", Boolean(state.wallBusy?.[state.format]));
    const face = { url: preview?.url ?? "", fallback: image?.thumb_url ?? "", title, words: pageOf(state).words };
    const key = `${state.format} ${state.position}`;
    const turns = shown.at >= 0 && at !== shown.at && shown.key.startsWith(state.format) && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (turns) turn(shown.face, face, at > shown.at);
    else if (!moving) under.show(face);
    shown = { key, at, face };
  };

  function turn(from, to, forward) {
    moving?.cancel();
    turning.show(forward ? from : to);
    under.show(forward ? to : from);
    turning.element.hidden = false;
    const frames = [{ transform: "rotateX(0deg)", filter: "brightness(1)" }, { transform: "rotateX(88deg)", filter: "brightness(0.7)", offset: 0.75 }, { transform: "rotateX(120deg)", filter: "brightness(0.6)" }];
    const animation = turning.element.animate(forward ? frames : frames.map(({ transform, filter, offset }) => ({ transform, filter, ...(offset ? { offset: 1 - offset } : {}) })).reverse(), { duration: TURN_MS, easing: "cubic-bezier(0.4, 0.1, 0.3, 1)" });
    moving = animation;
    animation.finished.catch(() => {}).then(() => {
      if (moving !== animation) return;
      moving = null;
      turning.element.hidden = true;
      under.show(shown.face);
    });
  }
  return { element, show };
}

function sheet(name = "") {
  const image = h("img", { alt: "", draggable: "false" });
  const blank = h("span", { class: "wall-blank" });
  const element = h("div", { class: `wall-sheet ${name}` }, image, blank);
  const show = ({ url, fallback, title, words }) => {
    const source = url || fallback;
    image.hidden = !source;
    blank.hidden = Boolean(source);
    blank.textContent = title;
    if (source && image.dataset.of !== source) Object.assign(image, { src: source }).dataset.of = source;
    image.alt = words ? `${title}: ${words}` : title;
  };
  return { element, show };
}

function turnable(element, onTurn) {
  element.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    onTurn(by);
  });
  let from = null;
  element.addEventListener("pointerdown", (event) => (from = event));
  element.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.clientX, event.clientY - from.clientY];
    from = null;
    if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy)) onTurn(dx < 0 ? 1 : -1);
    else if (Math.hypot(dx, dy) < 8) onTurn(1);
  });
}
