import { debounce } from "./dom.js";
import { follow, insist, press } from "./poll.js";
import { Saver } from "./saver.js";
import { finalOf, isRunning, pageOf, pickOf, positionsOf, unwritten } from "./store.js";
import { t } from "./text.js";

const PREVIEW_QUIET_MS = 350;

/** What a person can do in the studio. Panels call these; nothing else talks to the API. Calendars add to it. */
export class Actions {
  #previewTicket = 0;
  #creating = null;
  #formats = Promise.resolve();
  onTrouble = (trouble) => this.store.set({ trouble: trouble?.message ?? "" });
  refreshPreview = debounce(() => this.loadPreview(), PREVIEW_QUIET_MS);

  constructor({ store, api, shop, kind, announce, onDesign }) {
    this.store = store;
    this.api = api;
    this.kind = kind;
    this.announce = announce;
    this.onDesign = onDesign;
    this.saver = new Saver(store, api, { shop, onSaved: () => this.refreshPreview() });
  }

  /** Fetch the choices and, when resuming, the design with whatever is still running. */
  async load(designId, prompt) {
    const [all, styles, fonts, lettering] = await Promise.all(["formats/", "styles/", "fonts/", "lettering/"].map((path) => this.choicesOf(path)));
    const formats = all.filter((format) => format.kind === this.kind);
    const format = (formats.find(({ code }) => code === this.store.state.format) ?? formats[0])?.code;
    this.store.set({ formats, format, styles, fonts, lettering });
    if (designId) await this.resume(designId);
    this.restore(prompt);
    this.store.set({ ready: true });
    this.api.proof.prepare();
    this.refreshUsage();
  }

  async choicesOf(path) {
    const { data } = await insist(() => this.api.get(path), { onTrouble: (trouble) => this.store.set({ slow: trouble?.message ?? t("Laying out the paper…") }) });
    return data.results ?? data;
  }

  async resume(designId) {
    const data = await this.choicesOf(`designs/${designId}/`);
    this.take(data);
    const running = data.runs.find(isRunning);
    if (running) this.watch(running);
    this.refreshPreview();
  }

  take(design) {
    this.store.set({ design, format: design.format ?? this.store.state.format, title: design.title });
  }

  restore(prompt) {
    const kept = this.saver.recall();
    if (kept) this.store.set({ edits: kept.edits ?? {}, ...(this.store.state.design ? {} : { format: kept.format, title: kept.title ?? "" }) });
    if (prompt && !this.store.state.design) this.saver.edit("front", { prompt });
    if (kept && this.store.state.design) this.saver.flush();
  }

  async refreshUsage() {
    try {
      const { design } = this.store.state;
      const { data } = await this.api.get(`usage/?kind=${this.kind}${design ? `&design=${design.id}` : ""}`);
      this.store.set({ usage: data });
    } catch {
      // The button then carries its plain label; the server still refuses what is not allowed.
    }
  }

  edit(position, patch) {
    this.saver.edit(position, patch);
    const worthKeeping = patch.words || patch.picks || patch.lettering;
    if (!this.store.state.design && worthKeeping) this.ensureDesign().then(() => this.saver.flush(), () => {});
  }

  /** The design on the server, made at the first real action, once even when two actions ask at the same time. */
  async ensureDesign(onTrouble) {
    if (this.store.state.design) return this.store.state.design;
    this.#creating ??= this.create(onTrouble).finally(() => (this.#creating = null));
    return this.#creating;
  }

  async create(onTrouble) {
    const { format, title } = this.store.state;
    const data = await press(this.api, "designs/", { kind: this.kind, format, ...(title ? { title } : {}) }, { onTrouble });
    this.saver.forgetNew();
    this.take(data);
    this.onDesign(data);
    return data;
  }

  /** One write after the other, and only the last choice counts: whoever tries all formats ends with the one pressed last. */
  setFormat(format) {
    this.store.set({ format });
    const places = positionsOf(this.store.state).map(({ position }) => position);
    if (!places.includes(this.store.state.position)) this.store.set({ position: places[0] });
    this.#formats = this.#formats.then(() => this.#writeFormat(format));
    return this.#formats;
  }

  async #writeFormat(format) {
    const { design, format: wanted } = this.store.state;
    if (!design || wanted !== format) return;
    try {
      const { data } = await this.api.patch(`designs/${design.id}/`, { format });
      if (this.store.state.format === format) this.take(data);
      this.refreshPreview();
    } catch (error) {
      this.store.set({ format: this.store.state.design.format, trouble: error.message });
    }
  }

  async rename(title) {
    this.store.set({ title });
    if (!this.store.state.design) return;
    try {
      this.take((await this.api.patch(`designs/${this.store.state.design.id}/`, { title })).data);
    } catch (error) {
      this.store.set({ trouble: error.message });
    }
  }

  pick(position, image) {
    this.edit(position, { picks: [image], crop: {} });
    this.announce(t("Picture chosen."));
  }

  clearPick(position) {
    this.edit(position, { picks: [] });
    this.announce(t("Picture taken off this page."));
  }

  make(position) {
    // What the panel shows as chosen is what gets drawn.
    const { styles } = this.store.state;
    if (!pageOf(this.store.state, position).style && styles.length) this.saver.edit(position, { style: styles[0].code });
    return this.start({ stage: "candidate", positions: [position] }, this.store.state.usage.candidate?.count ?? 4);
  }

  revise(position, image, instruction) {
    return this.start({ stage: "revision", positions: [position], parent: image.id, instruction }, this.store.state.usage.revision?.count ?? 1);
  }

  finalize() {
    const positions = positionsOf(this.store.state)
      .map(({ position }) => position)
      .filter((position) => pickOf(this.store.state, position) && !finalOf(this.store.state, position));
    return this.start({ stage: "final", positions }, positions.length);
  }

  async start(body, expected) {
    if (isRunning(this.store.state.run)) return undefined;
    const position = body.positions[0];
    this.store.set({ trouble: "", expected, run: { state: "queued", progress: 0, images: [], ...body, pending: true } });
    this.announce(t("Started."));
    try {
      const design = await this.ensureDesign(this.onTrouble);
      await this.saver.flush();
      const refusal = body.stage === "candidate" && this.#refusal(position);
      if (refusal) {
        this.store.set({ run: null });
        return this.announce(refusal);
      }
      const about = JSON.stringify(body.positions.map((name) => pageOf(this.store.state, name)).map(({ prompt, style }) => [prompt, style]));
      await this.watch(await press(this.api, `designs/${design.id}/runs/`, body, { proven: true, about, onTrouble: this.onTrouble }));
    } catch (error) {
      this.refused(position, error);
    }
    return undefined;
  }

  /** What the server did not take still stands in the panel, and what stands there is what gets drawn: then nothing is. */
  #refusal(position) {
    const { edits, problems } = this.store.state;
    const fields = ["prompt", "style"].filter((field) => field in (edits[position] ?? {}));
    return fields.map((field) => problems[`${position}.${field}`]).find(Boolean);
  }

  refused(position, error) {
    const problems = { ...this.store.state.problems };
    for (const field of ["prompt", "style", "instruction"]) if (error.beside(field)) problems[`${position}.${field}`] = error.beside(field);
    const placed = Object.keys(problems).some((name) => name.startsWith(`${position}.`));
    this.store.set({ run: null, problems, trouble: placed ? "" : error.message });
    this.refreshUsage();
  }

  /** Follow a run to its end, then read the design again: it has the pictures, and the pick may have moved to its final. */
  async watch(run) {
    this.store.set({ run, trouble: "" });
    try {
      const done = await follow(this.api, `runs/${run.id}/`, {
        isDone: (answer) => !isRunning(answer),
        onChange: (answer) => this.progress(answer),
        onTrouble: this.onTrouble,
      });
      await this.finished(done);
    } catch (error) {
      this.store.set({ run: null, trouble: error.message });
    }
  }

  progress(run) {
    const before = this.store.state.run?.images?.length ?? 0;
    this.store.set({ run });
    if (run.images.length > before) this.announce(t("{count} of {total} pictures are here.", { count: run.images.length, total: Math.max(this.store.state.expected, run.images.length) }));
  }

  async finished(run) {
    if (run.state === "failed") this.store.set({ trouble: run.error?.message ?? t("The pictures could not be made. Nothing was charged to you.") });
    const { onTrouble } = this;
    const { data } = await insist(() => this.api.get(`designs/${this.store.state.design.id}/`), { onTrouble });
    this.take(data);
    this.store.set({ run: null });
    this.#showChange(run);
    this.announce(run.state === "done" ? t("Your pictures are ready.") : t("Stopped."));
    this.refreshUsage();
    this.refreshPreview();
  }

  /** A change was asked for to be seen: it goes on its page, and the picture before it stays among the others. */
  #showChange(run) {
    const changed = run.stage === "revision" && run.state === "done" ? run.images.at(-1) : null;
    if (changed && !changed.withheld) this.pick(changed.position, changed);
  }

  async steer(verb) {
    const { run } = this.store.state;
    if (!run?.id) return;
    try {
      const { data } = await this.api.post(`runs/${run.id}/${verb}/`);
      if (this.store.state.run) this.store.set({ run: { ...this.store.state.run, ...data } });
    } catch (error) {
      this.store.set({ trouble: error.message });
    }
  }

  async loadPreview() {
    const { design, format } = this.store.state;
    if (!design) return;
    const ticket = (this.#previewTicket += 1);
    this.store.set({ previewBusy: true });
    try {
      const { data } = await this.api.get(`designs/${design.id}/preview/?format=${encodeURIComponent(format)}`);
      if (ticket === this.#previewTicket) this.store.set({ preview: Object.fromEntries(data.pages.map((page) => [page.position, page])) });
    } catch (error) {
      if (ticket === this.#previewTicket && !error.temporary) this.previewRefused(error);
    }
    if (ticket === this.#previewTicket) this.store.set({ previewBusy: false });
  }

  previewRefused(error) {
    const words = error.beside("words");
    const { position, problems } = this.store.state;
    this.store.set(words ? { problems: { ...problems, [`${position}.words`]: words } } : {});
  }

  /** Ask for the print files; answers the proof, or null with the trouble told. */
  async requestProof(country) {
    this.store.set({ proofBusy: true, trouble: "" });
    try {
      await this.saver.flush();
      const { design, format } = this.store.state;
      const left = unwritten(this.store.state);
      if (left) throw new Error(leftText(left));
      return await press(this.api, `designs/${design.id}/proofs/`, { format, country }, { about: printed(this.store.state), onTrouble: this.onTrouble });
    } catch (error) {
      this.store.set({ proofBusy: false, trouble: error.message });
      return null;
    }
  }
}

/** What a proof would show, as text: after a change another proof is meant. */
function printed({ design }) {
  return JSON.stringify([design.calendar, design.pages.map(({ words, lettering, crop, picks }) => [words, lettering, crop, picks.map(({ id }) => id)])]);
}

/** Why there is no proof yet: it would lack what the person sees on the screen. */
function leftText({ title, problem }) {
  if (!problem) return t("Your last changes could not be saved yet. Please try again in a moment.");
  return title ? `${title}: ${problem}` : problem;
}
