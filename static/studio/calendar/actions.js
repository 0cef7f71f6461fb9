import { Actions } from "../actions.js";
import { PhotoDesk } from "../photos/desk.js";
import { insist } from "../poll.js";
import { keep, recall } from "../storage.js";
import { imagesOf, isRunning, pageOf } from "../store.js";
import { t } from "../text.js";
import { calendarOf, MAX_PHOTOS, missing, pictured, positions, promptProblem, titleOf, written } from "./months.js";

/** What a person can do with a calendar, besides what a card's studio can. */
export class CalendarActions extends Actions {
  #tickets = {};

  constructor(surroundings) {
    super(surroundings);
    this.desk = new PhotoDesk({ ...surroundings, ensureDesign: (onTrouble) => this.ensureDesign(onTrouble) });
    this.store.set({ position: "cover", step: "photos", walls: {}, wallBusy: {}, story: null, storyBusy: false, email: "", choices: null, regions: {} });
  }

  async load(designId, prompt) {
    await super.load(designId, prompt);
    const kept = this.recall();
    this.store.set({ story: kept.story ?? null, sentence: kept.sentence ?? "", email: kept.email ?? "", step: this.store.state.design ? (kept.step ?? this.#openStep()) : "photos" });
    this.loadChoices();
  }

  /** Where somebody who comes back goes on. */
  #openStep() {
    const { state } = this.store;
    if (isRunning(state.run)) return "draw";
    if (pictured(state).length === positions(state).length) return "preview";
    if (pictured(state).length || written(state).length === positions(state).length) return "draw";
    return state.photos.length && !written(state).length ? "story" : written(state).length ? "story" : "photos";
  }

  async loadChoices() {
    try {
      this.store.set({ choices: (await insist(() => this.api.get("calendar-choices/"))).data });
    } catch {
      // The lists of countries and languages stay as they are saved; everything else works.
    }
  }

  /** The regions of one country, asked for once. */
  async loadRegions(country) {
    const { regions } = this.store.state;
    if (regions[country]) return;
    this.store.set({ regions: { ...regions, [country]: [] } });
    try {
      const { data } = await insist(() => this.api.get(`calendar-choices/?country=${country}`));
      this.store.set({ regions: { ...this.store.state.regions, [country]: data.regions } });
    } catch {
      // The holidays of the whole country are what is left to choose.
    }
  }

  take(design) {
    const first = this.store.state.design?.id !== design.id;
    super.take(design);
    if (first) this.desk.resume(design);
    else this.desk.refresh(design);
  }

  // What belongs to this design alone, in this browser: the open step, the sentence, an answer that is not taken over yet.
  get #memory() {
    return `cardmaker:calendar:${this.store.state.design?.id ?? "new"}`;
  }

  recall() {
    return recall(this.#memory) ?? {};
  }

  remember(patch) {
    keep(this.#memory, { ...this.recall(), ...patch });
  }

  async create(onTrouble) {
    const kept = this.recall();
    const design = await super.create(onTrouble);
    this.remember({ ...kept, step: this.store.state.step });
    return design;
  }

  goTo(step) {
    this.store.set({ step, trouble: "" });
    if (this.store.state.design) this.remember({ step });
    if (step === "preview" || step === "finish") this.refreshPreview();
  }

  addPhotos(files) {
    this.desk.add(files, MAX_PHOTOS);
  }

  /** A calendar is made at the first words or dates, so that nothing lies in this browser alone. */
  edit(position, patch) {
    this.saver.edit(position, patch);
    if (!this.store.state.design) this.ensureDesign().then(() => this.saver.flush(), () => {});
  }

  setStyleForAll(code) {
    for (const position of positions(this.store.state)) this.saver.edit(position, { style: code });
    if (!this.store.state.design) this.ensureDesign().then(() => this.saver.flush(), () => {});
  }

  setSentence(sentence) {
    this.store.set({ sentence });
    this.remember({ sentence });
  }

  setEmail(email) {
    this.store.set({ email, emailProblem: "" });
    this.remember({ email });
  }

  async propose() {
    const { sentence } = this.store.state;
    this.store.set({ storyBusy: true, storyProblem: "" });
    try {
      const onTrouble = (trouble) => this.store.set({ storyProblem: trouble?.message ?? "" });
      const design = await this.ensureDesign(onTrouble);
      await this.saver.flush();
      const { data } = await insist(() => this.api.post(`designs/${design.id}/story/`, { sentence }), { onTrouble });
      const story = Object.fromEntries(data.pages.map(({ position, prompt }) => [position, prompt]));
      this.store.set({ story, storyNotices: data.notices ?? [] });
      this.remember({ story, sentence });
      this.announce(t("Here are ideas for all months. Take over what you like."));
    } catch (error) {
      this.store.set({ storyProblem: error.beside?.("sentence") || error.message });
    }
    this.store.set({ storyBusy: false });
  }

  takeOver(wanted) {
    const story = { ...this.store.state.story };
    for (const position of wanted) {
      this.saver.edit(position, { prompt: story[position] });
      delete story[position];
    }
    const left = Object.keys(story).length ? story : null;
    this.store.set({ story: left });
    this.remember({ story: left });
    this.announce(wanted.length === 1 ? t("Taken over.") : t("{count} months taken over.", { count: wanted.length }));
  }

  dismissStory() {
    this.store.set({ story: null });
    this.remember({ story: null });
  }

  /** One press for every page that has words and no picture yet; again after a failure: only what is missing. */
  draw(wanted = missing(this.store.state).filter((position) => !promptProblem(pageOf(this.store.state, position).prompt))) {
    const { styles, email } = this.store.state;
    for (const position of wanted) if (!pageOf(this.store.state, position).style && styles.length) this.saver.edit(position, { style: styles[0].code });
    return this.start({ stage: "page", positions: wanted, ...(email ? { notify_email: email } : {}) }, wanted.length);
  }

  progress(run) {
    const before = new Set((this.store.state.run?.images ?? []).map(({ id }) => id));
    this.store.set({ run });
    const calendar = calendarOf(this.store.state);
    const fresh = (run.images ?? []).filter(({ id }) => !before.has(id));
    if (!fresh.length) return;
    this.#hang(run, fresh);
    this.announce(t("{months} ready.", { months: fresh.map(({ position }) => titleOf(position, calendar)).join(", ") }));
  }

  /** What has just been drawn is on its page at once; the design that is read at the end says the same. */
  #hang(run, fresh) {
    const { design } = this.store.state;
    const newest = new Map(fresh.map((image) => [image.position, image]));
    const pages = design.pages.map((page) => (run.stage === "page" && newest.has(page.position) ? { ...page, picks: [newest.get(page.position)] } : page));
    this.store.set({ design: { ...design, pages, images: [...fresh, ...design.images] } });
    if (this.store.state.step === "preview") this.refreshPreview();
  }

  refused(position, error) {
    const email = error.beside("notify_email");
    if (!email) return super.refused(position, error);
    return this.store.set({ run: null, emailProblem: email });
  }

  variants(position) {
    return imagesOf(this.store.state, position);
  }

  setFormat(format) {
    const written = super.setFormat(format);
    this.showWall();
    return written;
  }

  /** The pages in the format that is open, then the others, so that changing the format shows them at once. */
  async loadPreview() {
    const { format, formats, step } = this.store.state;
    await this.#loadWall(format);
    if (step !== "preview" && step !== "finish") return;
    for (const { code } of formats) if (code !== format) await this.#loadWall(code);
  }

  showWall() {
    const { walls, format } = this.store.state;
    this.store.set({ preview: walls[format] ?? {} });
  }

  async #loadWall(format) {
    const { design } = this.store.state;
    if (!design) return;
    const ticket = (this.#tickets[format] = (this.#tickets[format] ?? 0) + 1);
    const busy = (value) => this.store.set({ wallBusy: { ...this.store.state.wallBusy, [format]: value } });
    busy(true);
    try {
      const { data } = await insist(() => this.api.get(`designs/${design.id}/preview/?format=${encodeURIComponent(format)}`));
      if (ticket !== this.#tickets[format]) return;
      this.store.set({ walls: { ...this.store.state.walls, [format]: Object.fromEntries(data.pages.map((page) => [page.position, page])) } });
      if (format === this.store.state.format) this.showWall();
    } catch (error) {
      if (ticket === this.#tickets[format]) this.previewRefused(error);
    }
    if (ticket === this.#tickets[format]) busy(false);
  }
}
