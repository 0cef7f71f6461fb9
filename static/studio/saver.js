import { debounce } from "./dom.js";
import { forget, keep, recall } from "./storage.js";
import { t } from "./text.js";

const QUIET_MS = 600;
const RETRY_MS = [2_000, 5_000, 15_000, 30_000];

/**
 * Writes edits of pages, and of the calendar's dates, to the server a moment after the last key press, page by page and in order. Until the server has answered, the
 * edits lie in localStorage too, so neither a reload nor a lost network loses a word.
 */
export class Saver {
  #later = debounce(() => this.flush(), QUIET_MS);
  #chain = Promise.resolve();
  #failures = 0;

  constructor(store, api, { shop, onSaved }) {
    this.store = store;
    this.api = api;
    this.shop = shop;
    this.onSaved = onSaved;
    addEventListener("online", () => this.flush());
    addEventListener("pagehide", () => this.flush({ keepalive: true }));
  }

  get #key() {
    return `cardmaker:draft:${this.shop}:${this.store.state.design?.id ?? "new"}`;
  }

  /** Note an edit and write it soon. */
  edit(position, patch) {
    const edits = structuredClone(this.store.state.edits);
    const page = (edits[position] ??= {});
    for (const [field, value] of Object.entries(patch)) {
      // An empty crop means "find it for me" and replaces what there was.
      const nested = field === "lettering" || (field === "crop" && Object.keys(value).length);
      page[field] = nested ? { ...page[field], ...value } : value;
    }
    const problems = { ...this.store.state.problems };
    for (const field of Object.keys(patch)) delete problems[`${position}.${field}`];
    this.store.set({ edits, problems, saving: this.store.state.design ? "waiting" : "local" });
    this.#keep();
    this.#later();
  }

  /** The edits a closed tab left behind. */
  recall() {
    return recall(this.#key);
  }

  forgetNew() {
    forget(`cardmaker:draft:${this.shop}:new`);
  }

  /** Send everything that waits; resolves when it is written or has failed. */
  flush(options = {}) {
    this.#later.cancel();
    this.#chain = this.#chain.then(() => this.#write(options));
    return this.#chain;
  }

  #keep() {
    const { edits, format, title } = this.store.state;
    if (Object.keys(edits).length) keep(this.#key, { edits, format, title });
    else forget(this.#key);
  }

  async #write(options) {
    const { design, edits } = this.store.state;
    if (!design || !Object.keys(edits).length) return;
    this.store.set({ saving: "saving" });
    let saved = true;
    for (const position of Object.keys(edits)) saved = (await this.#writePage(position, options)) && saved;
    this.#keep();
    if (!saved) return;
    this.#failures = 0;
    this.store.set({ saving: this.#standing() });
    this.onSaved();
  }

  /** What stays behind after a write is either newer than it, or was refused and waits for the person. */
  #standing() {
    const { edits, problems } = this.store.state;
    const fields = Object.entries(edits).flatMap(([position, page]) => Object.keys(page).map((field) => `${position}.${field}`));
    if (fields.some((field) => problems[field])) return "refused";
    return fields.length ? "waiting" : "saved";
  }

  async #writePage(position, { keepalive }) {
    const { design, edits, problems } = this.store.state;
    // A value the server has refused is not sent again until it is changed; the rest of the page still is.
    const held = Object.keys(edits[position]).filter((field) => problems[`${position}.${field}`]);
    const sent = Object.fromEntries(Object.entries(edits[position]).filter(([field]) => !held.includes(field)));
    if (!Object.keys(sent).length) return true;
    try {
      const { data } = await this.#send(position, sent, keepalive);
      this.#settle(position, sent, data);
      return true;
    } catch (error) {
      this.#fail(position, sent, error);
      return false;
    }
  }

  /** "calendar" is no page: its fields are the design's own. */
  #send(position, sent, keepalive) {
    const design = `designs/${this.store.state.design.id}/`;
    if (position === "calendar") return this.api.patch(design, { calendar: sent }, { keepalive });
    return this.api.put(`${design}pages/${position}/`, this.#complete(position, sent), { keepalive });
  }

  /** Nested values travel whole: the server replaces them. Picks travel as ids. */
  #complete(position, sent) {
    const saved = this.store.state.design.pages.find((page) => page.position === position) ?? {};
    const page = { ...sent };
    if (page.lettering) page.lettering = { ...saved.lettering, ...page.lettering };
    if (page.crop && Object.keys(page.crop).length) page.crop = { x: 0.5, y: 0.5, zoom: 1, ...saved.crop, ...page.crop };
    if (page.picks) page.picks = page.picks.map((image) => image.id);
    return page;
  }

  #settle(position, sent, saved) {
    const { design, edits, notices } = this.store.state;
    const left = Object.fromEntries(
      Object.entries(edits[position] ?? {}).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(sent[field])),
    );
    const remaining = { ...edits, [position]: left };
    if (!Object.keys(left).length) delete remaining[position];
    const pages = position === "calendar" ? saved.pages : design.pages.map((page) => (page.position === position ? { ...page, ...saved } : page));
    const calendar = position === "calendar" ? saved.calendar : design.calendar;
    this.store.set({
      design: { ...design, pages, calendar },
      edits: remaining,
      notices: { ...notices, [position]: saved.notices ?? [] },
    });
  }

  #fail(position, sent, error) {
    if (error.temporary) return this.#retry(error);
    const problems = { ...this.store.state.problems };
    const fields = Object.keys(sent).filter((field) => error.beside(field));
    for (const field of fields.length ? fields : Object.keys(sent).slice(0, 1)) {
      problems[`${position}.${field}`] = error.beside(field) || error.message;
    }
    this.store.set({ problems, saving: "refused" });
  }

  #retry(error) {
    const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)];
    this.#failures += 1;
    this.store.set({ saving: error.code === "offline" ? "offline" : "failed" });
    setTimeout(() => this.flush(), wait);
  }
}

export function savingText(saving) {
  return {
    idle: "",
    local: t("Kept in this browser"),
    waiting: t("Saving…"),
    saving: t("Saving…"),
    saved: t("Saved"),
    offline: t("Offline: kept in this browser, we keep trying"),
    failed: t("Not saved yet: we keep trying"),
    refused: t("Something needs your attention"),
  }[saving];
}
