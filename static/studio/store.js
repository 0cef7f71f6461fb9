/** What the studio knows. Panels read `state` and hear "change" once per turn, however many fields moved. */
export class Store extends EventTarget {
  #queued = false;

  state = {
    ready: false,
    fatal: "",
    slow: "",
    design: null,
    title: "",
    format: "card-5x7-folded",
    formats: [],
    styles: [],
    fonts: [],
    lettering: {},
    usage: {},
    position: "front",
    step: "picture",
    edits: {},
    saving: "idle",
    problems: {},
    notices: {},
    run: null,
    expected: 0,
    trouble: "",
    preview: {},
    previewBusy: false,
    proofBusy: false,
    country: "US",
  };

  set(patch) {
    Object.assign(this.state, patch);
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.dispatchEvent(new Event("change"));
    });
  }
}

const BLANK = { prompt: "", style: null, words: "", lettering: {}, crop: { x: 0.5, y: 0.5, zoom: 1 }, picks: [] };

/** A page as the person sees it: the saved page with the edits that are still on their way. */
export function pageOf(state, position = state.position) {
  const saved = state.design?.pages.find((page) => page.position === position) ?? {};
  const edits = state.edits[position] ?? {};
  return {
    ...BLANK,
    ...saved,
    ...edits,
    lettering: { ...saved.lettering, ...edits.lettering },
    crop: { ...BLANK.crop, ...(edits.crop && !Object.keys(edits.crop).length ? foundCrop(state, position) : { ...(ownCrop(saved.crop) ?? foundCrop(state, position)), ...edits.crop }) },
  };
}

const ownCrop = (crop) => (crop && Object.keys(crop).length ? crop : null);

/** Nobody has moved the picture: the crop that the server found, as its preview of this format shows it. */
function foundCrop(state, position) {
  const lost = state.preview[position]?.lost;
  if (!lost) return BLANK.crop;
  const shown = Math.max(1 - lost.left - lost.right, 1 - lost.top - lost.bottom);
  return { x: (lost.left + 1 - lost.right) / 2, y: (lost.top + 1 - lost.bottom) / 2, zoom: Math.max(1, 1 / shown) };
}

/** Has the person moved the picture on this page? */
export function isCropped(state, position = state.position) {
  const saved = state.design?.pages.find((page) => page.position === position) ?? {};
  return Boolean(ownCrop(state.edits[position]?.crop ?? saved.crop));
}

export function formatOf(state) {
  return state.formats.find((format) => format.code === state.format) ?? { positions: [], width_mm: 127, height_mm: 178, fold: "side" };
}

export function positionsOf(state) {
  return formatOf(state).positions;
}

export function aspectOf(state) {
  const shown = state.preview[state.position];
  if (shown?.width && shown?.height) return shown.width / shown.height;
  const format = formatOf(state);
  return format.width_mm / format.height_mm;
}

/** All pictures of a page, newest first, those of the running run included. */
export function imagesOf(state, position = state.position) {
  const known = new Map();
  for (const image of [...(state.run?.images ?? []), ...(state.design?.images ?? [])]) known.set(image.id, image);
  return [...known.values()]
    .filter((image) => image.position === position)
    .sort((one, other) => other.created_at.localeCompare(one.created_at));
}

/** Pictures that were made for the other pages of this design: any page may carry any of them. */
export function imagesElsewhere(state) {
  return (state.design?.images ?? []).filter((image) => image.position !== state.position && image.tier !== "final");
}

export function pickOf(state, position = state.position) {
  return pageOf(state, position).picks[0] ?? null;
}

/** The print-quality picture behind a pick: the pick itself, or the final that was made from it. */
export function finalOf(state, position) {
  const pick = pickOf(state, position);
  if (!pick) return null;
  if (pick.tier === "final") return pick;
  return imagesOf(state, position).find((image) => image.tier === "final" && image.candidate === pick.id) ?? null;
}

const NOT_PRINTED = ["prompt", "style"];

/** A side of this format whose edits would be printed but are not on the server: { position, title, problem }, or nothing. */
export function unwritten(state, places = [...positionsOf(state), { position: "calendar", title: "" }]) {
  for (const { position, title } of places) {
    const fields = Object.keys(state.edits[position] ?? {}).filter((field) => !NOT_PRINTED.includes(field));
    const problem = fields.map((field) => state.problems[`${position}.${field}`]).find(Boolean) ?? "";
    if (fields.length) return { position, title, problem };
  }
  return undefined;
}

export const isRunning = (run) => ["queued", "running", "paused"].includes(run?.state);
