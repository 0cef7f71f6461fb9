// What the calendar's pages are called and what has become of each: read from the state alone.
import { imagesOf, isRunning, pageOf, pickOf, positionsOf } from "../store.js";
import { t } from "../text.js";

export const PROMPT_MIN = 10;
export const PROMPT_MAX = 200;
export const MIN_PHOTOS = 5;
export const MAX_PHOTOS = 10;

const language = () => document.documentElement.lang || "en";

/** The dates as the person sees them: what is saved, with the edits that are still on their way. */
export function calendarOf(state) {
  const now = new Date();
  const blank = { year: now.getFullYear() + (now.getMonth() >= 7 ? 1 : 0), start_month: 1, week_start: 6, locale: "en-US", holidays: "US", look: "classic", week_numbers: false, dates: [] };
  return { ...blank, ...state.design?.calendar, ...state.edits.calendar };
}

/** Year and month of a page, or null for the cover. */
export function monthOf(position, calendar) {
  const number = Number(/^month-(\d\d)$/.exec(position)?.[1] ?? 0);
  if (!number) return null;
  const months = calendar.start_month + number - 2;
  return { year: calendar.year + Math.floor(months / 12), month: (months % 12) + 1 };
}

export const monthName = (month, style = "long") => new Intl.DateTimeFormat(language(), { month: style, timeZone: "UTC" }).format(new Date(Date.UTC(2024, month - 1, 15)));

/** "March", or "March 2028" where the sheets run into a second year. */
export function titleOf(position, calendar, style = "long") {
  const shown = monthOf(position, calendar);
  if (!shown) return t("Cover");
  const name = monthName(shown.month, style);
  return calendar.start_month === 1 || style === "short" ? name : `${name} ${shown.year}`;
}

export function promptProblem(prompt) {
  const length = [...prompt.trim()].length;
  if (!length) return "empty";
  return length < PROMPT_MIN ? "short" : length > PROMPT_MAX ? "long" : "";
}

export const positions = (state) => positionsOf(state).map(({ position }) => position);
export const written = (state) => positions(state).filter((position) => !promptProblem(pageOf(state, position).prompt));
export const pictured = (state) => positions(state).filter((position) => pickOf(state, position));
export const missing = (state) => positions(state).filter((position) => !pickOf(state, position));

export const isDrawing = (state) => isRunning(state.run);

/** {state: ready|drawing|waiting|failed|empty, message, image} of one page: the running run first, then what the page carries. */
export function standingOf(state, position) {
  const told = state.run?.pages?.find((page) => page.position === position);
  if (told?.state === "failed") return { state: "failed", message: told.message };
  if (told && told.state !== "ready" && isDrawing(state)) return { state: told.state, message: told.message ?? "" };
  const image = imageOf(state, told) ?? pickOf(state, position);
  if (image) return { state: "ready", image, message: "" };
  if (isDrawing(state) && state.run.positions.includes(position)) return { state: "waiting", message: "" };
  const failed = failureOf(state, position);
  return failed ? { state: "failed", message: failed } : { state: "empty", message: "" };
}

/** What the newest run over this page said, if it could not be drawn. */
function failureOf(state, position) {
  const last = (state.design?.runs ?? []).filter((run) => run.stage === "page").find((run) => run.positions.includes(position));
  const told = last?.pages?.find((page) => page.position === position);
  return told?.state === "failed" ? told.message || t("This picture did not work out.") : "";
}

function imageOf(state, told) {
  if (!told?.image) return null;
  if (typeof told.image === "object") return told.image;
  return imagesOf(state, told.position).find((image) => image.id === told.image) ?? null;
}
