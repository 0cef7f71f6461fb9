import { Actions } from "./actions.js";
import { h } from "./dom.js";
import { nextButton, stepAfter, stepBar, titleBar } from "./panels/frame.js";
import { galleryPanel } from "./panels/gallery.js";
import { insidePanel } from "./panels/inside.js";
import { later } from "./panels/later.js";
import { pagesPanel } from "./panels/pages.js";
import { picturePanel } from "./panels/picture.js";
import { stagePanel } from "./panels/stage.js";
import { wordsPanel } from "./panels/words.js";
import { isRunning, positionsOf } from "./store.js";
import { noted, t } from "./text.js";

const STEPS = [
  ["picture", "brush", noted("Picture")],
  ["words", "words", noted("Words")],
  ["inside", "open", noted("Preview")],
  ["finish", "star", noted("Finish")],
];

/** The workshop for cards: its actions, its elements for the studio, and what to do when something has changed. */
export function open(surroundings) {
  const { store } = surroundings;
  const actions = new Actions(surroundings);
  const studio = { ...surroundings, actions };
  const bar = titleBar({ store, actions, label: t("Name of your card"), placeholder: t("Untitled card"), choose: t("Kind of card") });
  const steps = stepBar(STEPS, (name) => goTo(store, name));
  const finishLater = later(async () => (await import("./panels/finish.js")).finishPanel, studio, (state) => state.step === "finish");
  const parts = [...[pagesPanel, stagePanel, galleryPanel, insidePanel, picturePanel, wordsPanel].map((make) => make(studio)), finishLater];
  const [pages, stage, gallery, inside, picture, words, finish] = parts.map((part) => part.element);
  const trouble = h("p", { class: "notice bad-notice", role: "alert" });
  const next = nextButton(store, steps, () => goTo(store, stepAfter(STEPS, store.state.step)));
  const board = h("div", { class: "board", hidden: true }, pages, h("div", { class: "middle" }, stage, gallery, inside), h("div", { class: "side" }, trouble, picture, words, finish, next.element));

  const update = (state) => {
    board.hidden = !state.ready;
    board.dataset.step = state.step;
    if (trouble.textContent !== state.trouble) trouble.textContent = state.trouble;
    trouble.hidden = !state.trouble;
    next.element.hidden = state.step === "finish" || isRunning(state.run);
    next.words.textContent = { picture: t("On to the words"), words: t("See it in your hand"), inside: t("Finish") }[state.step] ?? "";
    bar.update(state);
    steps.update(state);
    if (state.ready) for (const part of parts) part.update(state);
  };
  return { actions, elements: [bar.element, steps.element, board], update };
}

function goTo(store, step) {
  const side = positionsOf(store.state).find((entry) => entry.position === store.state.position);
  const position = step === "picture" && side?.picture === false ? "front" : store.state.position;
  store.set({ step, position, trouble: "" });
}
