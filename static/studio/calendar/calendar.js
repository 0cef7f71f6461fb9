import { h } from "../dom.js";
import { nextButton, stepAfter, stepBar, titleBar } from "../panels/frame.js";
import { calendarSheets } from "../styles/calendar.js";
import { adopt } from "../styles/sheet.js";
import { noted, t } from "../text.js";
import { CalendarActions } from "./actions.js";
import { isDrawing, missing, MIN_PHOTOS, pictured, positions, written } from "./months.js";
import { photosStep } from "./photos.js";

const STEPS = [
  ["photos", "photos", noted("Photos")],
  ["story", "words", noted("Months")],
  ["draw", "brush", noted("Pictures")],
  ["preview", "open", noted("Preview")],
  ["finish", "star", noted("Finish")],
];

// A step is fetched when it is opened, or while the person is busy with the one before.
const MAKERS = {
  photos: async () => photosStep,
  story: async () => (await import("./story.js")).storyStep,
  draw: async () => (await import("./draw.js")).drawStep,
  preview: async () => (await import("./preview.js")).previewStep,
  finish: async () => (await import("./finish.js")).finishStep,
};

/** The workshop for calendars: its actions, its elements for the studio, and what to do when something has changed. */
export function open(surroundings) {
  const { store, root } = surroundings;
  for (const sheet of calendarSheets()) adopt(root, sheet);
  const actions = new CalendarActions(surroundings);
  const studio = { ...surroundings, actions };
  const bar = titleBar({ store, actions, label: t("Name of your calendar"), placeholder: t("Untitled calendar"), choose: t("Shape of the calendar") });
  const steps = stepBar(STEPS, (name) => actions.goTo(name));
  const parts = {};
  const rooms = Object.fromEntries(STEPS.map(([name]) => [name, h("div", { class: "cal-room", hidden: true })]));
  const trouble = h("p", { class: "notice bad-notice", role: "alert" });
  const next = nextButton(store, steps, () => actions.goTo(stepAfter(STEPS, store.state.step)));
  const said = h("p", { class: "cal-foot-note" });
  const foot = h("div", { class: "cal-foot" }, said, next.element);
  const board = h("div", { class: "cal", hidden: true }, trouble, Object.values(rooms), foot);

  const update = (state) => {
    board.hidden = !state.ready;
    board.dataset.step = state.step;
    if (trouble.textContent !== state.trouble) trouble.textContent = state.trouble;
    trouble.hidden = !state.trouble;
    bar.update(state);
    bar.formats.hidden = !["preview", "finish"].includes(state.step);
    steps.update(state);
    foot.hidden = state.step === "finish";
    said.textContent = noteOf(state);
    next.words.textContent = nextText(state);
    next.element.classList.toggle("quiet", state.step === "draw" && missing(state).length > 0);
    for (const [name, room] of Object.entries(rooms)) room.hidden = name !== state.step;
    if (!state.ready) return;
    const part = furnish(state.step);
    furnish(stepAfter(STEPS, state.step));
    part.update(state);
  };

  /** The part of a step; until its module is here, one that only waits. */
  function furnish(name) {
    if (parts[name]) return parts[name];
    parts[name] = { update: () => {} };
    MAKERS[name]().then((make) => {
      parts[name] = make(studio);
      rooms[name].replaceChildren(parts[name].element);
      if (store.state.step === name) parts[name].update(store.state);
    }, () => {
      delete parts[name];
      store.set({ trouble: t("This step could not be opened. Please check the connection and press it again.") });
    });
    return parts[name];
  }
  return { actions, elements: [bar.element, steps.element, board], update };
}

function nextText(state) {
  const none = !state.photos.length;
  return {
    photos: none ? t("Go on without photos") : t("On to the months"),
    story: t("On to the pictures"),
    draw: t("Look at the calendar"),
    preview: t("Choose and finish"),
  }[state.step] ?? "";
}

/** What is still open in this step, in a few words beside the button. */
function noteOf(state) {
  const count = state.photos.filter((photo) => photo.state !== "refused").length;
  if (state.step === "photos") return count === 0 ? t("Photos are optional: scenes without people need none.") : count < MIN_PHOTOS ? t("{count} of {min} photos. Likeness gets better with {min} or more.", { count, min: MIN_PHOTOS }) : t("{count} photos. That is enough to go on.", { count });
  const all = positions(state).length;
  if (state.step === "story") return t("{count} of {all} pages have words.", { count: written(state).length, all });
  if (state.step === "draw") return isDrawing(state) ? t("You may close this page: we go on drawing.") : t("{count} of {all} pages have their picture.", { count: pictured(state).length, all });
  return "";
}
