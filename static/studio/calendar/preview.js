import { h, icon, keep } from "../dom.js";
import { adopt } from "../styles/sheet.js";
import { pickOf } from "../store.js";
import { wallSheet } from "../styles/wall.js";
import { t } from "../text.js";
import { monthEditor } from "./editor.js";
import { calendarOf, positions, standingOf, titleOf } from "./months.js";
import { wall } from "./wall.js";
import { zoomDialog } from "./zoom.js";

/** Step 4: the calendar on the wall, page by page, with everything that can still be changed beside it. */
export function previewStep(studio) {
  const { store, actions, root } = studio;
  adopt(root, wallSheet());
  const hanging = wall({ onTurn: (by) => turn(by) });
  const title = h("h2", { class: "wall-title", tabindex: "-1" });
  const before = h("button", { type: "button", class: "button quiet round", "aria-label": t("Page before"), on: { click: () => turn(-1) } }, icon("before"));
  const after = h("button", { type: "button", class: "button quiet round", "aria-label": t("Next page"), on: { click: () => turn(1) } }, icon("after"));
  const zoom = zoomDialog();
  const look = h("button", { type: "button", class: "button quiet small", on: { click: () => zoom.open(store.state.preview[store.state.position], title.textContent) } }, icon("look"), h("span", {}, t("Look closer")));
  const strip = h("ol", { class: "strip", "aria-label": t("Pages of the calendar") });
  const notes = h("ul", { class: "page-notes", role: "status" });
  const editor = monthEditor(studio);
  const element = h("section", { class: "cal-preview", "aria-label": t("Preview") },
    h("div", { class: "wall-room" }, h("div", { class: "wall-bar" }, before, title, after, look), hanging.element, notes, strip),
    editor.element, zoom.element);

  const update = (state) => {
    const calendar = calendarOf(state);
    const all = positions(state);
    const at = all.indexOf(state.position);
    title.textContent = titleOf(state.position, calendar);
    [before.disabled, after.disabled] = [at <= 0, at >= all.length - 1];
    look.disabled = !state.preview[state.position];
    hanging.show({ state, at, title: title.textContent, image: pickOf(state) });
    const warnings = (state.preview[state.position]?.warnings ?? []).filter(({ level, code }) => level !== "info" && code !== "much_cut_away"); // a square in three shapes is always cut: "Move the picture" shows where
    keep(notes, warnings.map(({ code, message, level }) => ({ key: `${code} ${message}`, make: () => h("li", { class: `advice advice-${level}` }, icon("alert"), h("span", {}, message)) })));
    keep(strip, all.map((position) => ({ key: position, make: () => stripPage(actions, position), update: (item) => showStripPage(item, state, position, titleOf(position, calendar), titleOf(position, calendar, "short")) })));
    editor.update(state);
  };

  function turn(by) {
    const all = positions(store.state);
    const to = all[all.indexOf(store.state.position) + by];
    if (!to) return;
    store.set({ position: to });
    actions.announce(titleOf(to, calendarOf(store.state)));
  }
  return { element, update };
}

function stripPage(actions, position) {
  const image = h("img", { alt: "", loading: "lazy" });
  const button = h("button", { type: "button", class: "strip-page", on: { click: () => actions.store.set({ position }) } }, h("span", { class: "strip-face" }, image), h("span", { class: "strip-name" }));
  return h("li", {}, button);
}

function showStripPage(item, state, position, title, short) {
  const button = item.firstElementChild;
  const image = button.querySelector("img");
  const standing = standingOf(state, position);
  const url = pickOf(state, position)?.thumb_url ?? "";
  image.hidden = !url;
  const id = pickOf(state, position)?.id ?? "";
  if (url && image.dataset.of !== id) Object.assign(image, { src: url }).dataset.of = id;
  const chosen = state.position === position;
  if (chosen && button.getAttribute("aria-current") !== "true") reveal(item);
  button.setAttribute("aria-current", String(chosen));
  button.setAttribute("aria-label", title);
  button.dataset.state = standing.state;
  button.querySelector(".strip-name").textContent = short;
}

/** Scrolls the strip alone, never the page. */
function reveal(item) {
  requestAnimationFrame(() => {
    const strip = item.parentElement;
    if (strip) strip.scrollTo({ left: item.offsetLeft - (strip.clientWidth - item.clientWidth) / 2, behavior: "auto" });
  });
}
