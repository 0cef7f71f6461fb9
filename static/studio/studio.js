import { Actions } from "./actions.js";
import { Api } from "./api.js";
import { h, icon } from "./dom.js";
import { finishPanel } from "./panels/finish.js";
import { galleryPanel } from "./panels/gallery.js";
import { insidePanel } from "./panels/inside.js";
import { pagesPanel } from "./panels/pages.js";
import { picturePanel } from "./panels/picture.js";
import { stagePanel } from "./panels/stage.js";
import { wordsPanel } from "./panels/words.js";
import { savingText } from "./saver.js";
import { isRunning, positionsOf, Store } from "./store.js";
import { studioSheets } from "./styles/studio.js";
import { t } from "./text.js";

const STEPS = [
  ["picture", "brush", "Picture"],
  ["words", "words", "Words"],
  ["inside", "open", "Preview"],
  ["finish", "star", "Finish"],
];

/**
 * <cardmaker-studio kind="card" shop="" api="/api/v1/" auth="session">: the whole studio. Optional attributes: `design` (an id to
 * resume), `prompt`, `design-path` and `proof-path` (with {id}; without them nobody is sent anywhere), `faces` (with {name}).
 * Tells the page by `cardmaker:designed` (a proof was asked for; detail {design, proof}) and `cardmaker:created`.
 */
export class CardmakerStudio extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = studioSheets();
    this.store = new Store();
    const api = new Api({ base: this.getAttribute("api") ?? "/api/v1/", auth: this.getAttribute("auth") ?? "session", shop: this.getAttribute("shop") ?? "" });
    this.live = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.actions = new Actions(this.store, api, {
      shop: this.getAttribute("shop") ?? "",
      kind: this.getAttribute("kind") ?? "card",
      announce: (words) => this.#announce(words),
      onDesign: (design) => this.#created(design),
    });
    this.#build();
    this.store.addEventListener("change", () => this.#update());
    this.#start();
  }

  async #start() {
    this.loading.hidden = false;
    try {
      await this.actions.load(this.getAttribute("design"), this.getAttribute("prompt"));
    } catch (error) {
      this.store.set({ fatal: error.status === 404 ? t("We cannot find this card. It may belong to somebody else, or you may need to log in.") : error.message });
    }
  }

  #build() {
    const studio = {
      store: this.store,
      actions: this.actions,
      assets: this.getAttribute("faces") ?? "",
      onProof: (proof) => this.#proofAsked(proof),
    };
    this.bar = titleBar(this.store, this.actions);
    this.steps = stepBar(this.store);
    this.parts = [pagesPanel, stagePanel, galleryPanel, insidePanel, picturePanel, wordsPanel, finishPanel].map((make) => make(studio));
    const [pages, stage, gallery, inside, picture, words, finish] = this.parts.map((part) => part.element);
    this.trouble = h("p", { class: "notice bad-notice", role: "alert" });
    this.loading = h("p", { class: "loading", role: "status" }, t("Laying out the paper…"));
    this.fatal = h("p", { class: "notice bad-notice", role: "alert", hidden: true });
    this.again = h("button", { type: "button", class: "button quiet", hidden: true, on: { click: () => location.reload() } }, t("Try again"));
    this.board = h("div", { class: "board", hidden: true }, pages, h("div", { class: "middle" }, stage, gallery, inside), h("div", { class: "side" }, this.trouble, picture, words, finish, this.#nextButton()));
    this.shadowRoot.append(this.live, this.bar.element, this.steps.element, this.loading, this.fatal, this.again, this.board);
  }

  #nextButton() {
    const words = h("span");
    this.next = h("button", { type: "button", class: "button next wide", on: { click: () => this.#goOn() } }, words, icon("open"));
    this.next.words = words;
    return this.next;
  }

  /** The button may vanish under the finger: the focus goes to the step that is now open, and the page to its top. */
  #goOn() {
    goTo(this.store, after(this.store.state.step));
    this.store.addEventListener("change", () => this.steps.element.querySelector('[aria-current="step"]')?.focus(), { once: true });
  }

  #update() {
    const { state } = this.store;
    this.loading.hidden = state.ready || Boolean(state.fatal);
    this.fatal.hidden = this.again.hidden = !state.fatal;
    this.fatal.textContent = state.fatal;
    this.board.hidden = !state.ready;
    this.steps.element.hidden = this.bar.element.hidden = !state.ready;
    this.board.dataset.step = state.step;
    if (this.trouble.textContent !== state.trouble) this.trouble.textContent = state.trouble;
    this.trouble.hidden = !state.trouble;
    this.next.hidden = state.step === "finish" || isRunning(state.run);
    this.next.words.textContent = { picture: t("On to the words"), words: t("See it in your hand"), inside: t("Finish") }[state.step] ?? "";
    this.bar.update(state);
    this.steps.update(state);
    if (state.ready) for (const part of this.parts) part.update(state);
  }

  #announce(words) {
    this.live.textContent = "";
    setTimeout(() => (this.live.textContent = words), 50);
  }

  #created(design) {
    const path = this.getAttribute("design-path");
    if (path) history.replaceState(null, "", path.replace("{id}", design.id));
    this.#tell("cardmaker:created", { design: design.id });
  }

  #proofAsked(proof) {
    this.#tell("cardmaker:designed", { design: this.store.state.design.id, proof: proof.id });
    const path = this.getAttribute("proof-path");
    if (path) location.assign(path.replace("{id}", proof.id));
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

const after = (step) => STEPS[STEPS.findIndex(([name]) => name === step) + 1]?.[0] ?? step;

function goTo(store, step) {
  const side = positionsOf(store.state).find((entry) => entry.position === store.state.position);
  const position = step === "picture" && side?.picture === false ? "front" : store.state.position;
  store.set({ step, position, trouble: "" });
}

function titleBar(store, actions) {
  const title = h("input", { class: "title", "aria-label": t("Name of your card"), placeholder: t("Untitled card"), maxlength: 80, on: { change: () => actions.rename(title.value.trim()) } });
  const status = h("span", { class: "saving", role: "status" });
  const formats = h("div", { class: "formats", role: "group", "aria-label": t("Kind of card") });
  const element = h("div", { class: "bar", hidden: true }, h("div", { class: "bar-title" }, title, status), formats);
  const update = (state) => {
    if (title.getRootNode().activeElement !== title) title.value = state.title;
    status.textContent = savingText(state.saving);
    status.dataset.saving = state.saving;
    if (formats.childElementCount !== state.formats.length) {
      formats.replaceChildren(...state.formats.map((format) => h("button", { type: "button", class: "format", value: format.code, on: { click: () => actions.setFormat(format.code) } }, h("span", { class: `format-sign fold-${format.fold}`, "aria-hidden": "true" }), shortTitle(format))));
    }
    for (const button of formats.children) button.setAttribute("aria-pressed", String(button.value === state.format));
  };
  return { element, update };
}

/** "Folded card, 5 × 7 in" is "Folded card" where there is one size. */
const shortTitle = (format) => format.title.split(",")[0];

function stepBar(store) {
  const buttons = STEPS.map(([name, sign, title], index) =>
    h("button", { type: "button", class: "step", value: name, on: { click: () => goTo(store, name) } }, h("span", { class: "step-number", "aria-hidden": "true" }, String(index + 1)), icon(sign), h("span", {}, t(title))),
  );
  const element = h("nav", { class: "steps", "aria-label": t("Steps"), hidden: true }, h("ol", {}, buttons.map((button) => h("li", {}, button))));
  const update = (state) => {
    for (const button of buttons) {
      if (button.value === state.step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
  };
  return { element, update };
}

if (!customElements.get("cardmaker-studio")) customElements.define("cardmaker-studio", CardmakerStudio);
