import { h, keep } from "../dom.js";
import { finalOf, imagesOf, isRunning, pageOf, pickOf, positionsOf } from "../store.js";
import { t } from "../text.js";

/** The sides of the card as little sheets: which one is being worked on, what is on it. */
export function pagesPanel({ store }) {
  const list = h("ul", { class: "pages" });
  const element = h("nav", { class: "pages-panel", "aria-label": t("Sides of the card") }, list);

  const update = (state) =>
    keep(
      list,
      positionsOf(state).map(({ position, title }) => ({
        key: position,
        make: () => pageTab(store, position, title),
        update: (item) => showTab(item, state, position),
      })),
    );
  return { element, update };
}

function pageTab(store, position, title) {
  const thumb = h("span", { class: "pages-thumb" });
  const note = h("span", { class: "pages-note" });
  const button = h(
    "button",
    { type: "button", class: "pages-tab", on: { click: () => choose(store, position) } },
    thumb,
    h("span", { class: "pages-title" }, title, note),
  );
  return h("li", {}, button);
}

/** A side without a picture goes straight to its words. */
function choose(store, position) {
  const { step } = store.state;
  const side = positionsOf(store.state).find((entry) => entry.position === position);
  const wanted = step === "picture" && !side.picture ? "words" : ["inside", "finish"].includes(step) ? (side.picture ? "picture" : "words") : step;
  store.set({ position, step: wanted });
}

function showTab(item, state, position) {
  const button = item.firstElementChild;
  const chosen = state.position === position && ["picture", "words"].includes(state.step);
  button.setAttribute("aria-current", String(chosen));
  button.querySelector(".pages-note").textContent = noteOf(state, position);
  const url = state.preview[position]?.url ?? pickOf(state, position)?.thumb_url;
  const thumb = button.querySelector(".pages-thumb");
  if (thumb.dataset.url === (url ?? "")) return;
  thumb.dataset.url = url ?? "";
  thumb.replaceChildren(...(url ? [h("img", { src: url, alt: "" })] : []));
}

function noteOf(state, position) {
  if (isRunning(state.run) && state.run.positions?.includes(position)) return t("Drawing…");
  if (finalOf(state, position)) return t("Print quality");
  if (pickOf(state, position)) return t("Picture chosen");
  if (pageOf(state, position).words) return t("Words");
  return imagesOf(state, position).length ? t("Choose a picture") : t("Empty");
}
