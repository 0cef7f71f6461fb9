import { h } from "../dom.js";
import { nextButton, stepAfter, stepBar, titleBar } from "../panels/frame.js";
import { calendarSheets } from "../styles/calendar.js";
import { t } from "../text.js";
import { CalendarActions } from "./actions.js";
import { drawStep } from "./draw.js";
import { finishStep } from "./finish.js";
import { isDrawing, missing, MIN_PHOTOS, pictured, positions, written } from "./months.js";
import { photosStep } from "./photos.js";
import { previewStep } from "./preview.js";
import { storyStep } from "./story.js";

const STEPS = [
  ["photos", "photos", "Photos"],
  ["story", "words", "Months"],
  ["draw", "brush", "Pictures"],
  ["preview", "open", "Preview"],
  ["finish", "star", "Finish"],
];

/** The workshop for calendars: its actions, its elements for the studio, and what to do when something has changed. */
export function open(surroundings) {
  const { store, root } = surroundings;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...calendarSheets()];
  const actions = new CalendarActions(surroundings);
  const studio = { ...surroundings, actions };
  const bar = titleBar({ store, actions, label: t("Name of your calendar"), placeholder: t("Untitled calendar"), choose: t("Shape of the calendar") });
  const steps = stepBar(STEPS, (name) => actions.goTo(name));
  const makers = { photos: photosStep, story: storyStep, draw: drawStep, preview: previewStep, finish: finishStep };
  const parts = Object.entries(makers).map(([name, make]) => ({ name, ...make(studio) }));
  const trouble = h("p", { class: "notice bad-notice", role: "alert" });
  const next = nextButton(store, steps, () => actions.goTo(stepAfter(STEPS, store.state.step)));
  const said = h("p", { class: "cal-foot-note" });
  const foot = h("div", { class: "cal-foot" }, said, next.element);
  const board = h("div", { class: "cal", hidden: true }, trouble, parts.map((part) => part.element), foot);

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
    if (!state.ready) return;
    for (const part of parts) {
      part.element.hidden = part.name !== state.step;
      if (part.name === state.step) part.update(state);
    }
  };
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
