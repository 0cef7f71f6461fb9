import { Api } from "./api.js";
import { h } from "./dom.js";
import { Store } from "./store.js";
import { studioSheets } from "./styles/studio.js";
import { t } from "./text.js";

const LOST = {
  card: () => t("We cannot find this card. It may belong to somebody else, or you may need to log in."),
  calendar: () => t("We cannot find this calendar. It may belong to somebody else, or you may need to log in."),
};

/**
 * <cardmaker-studio kind="card" shop="" api="/api/v1/" auth="session">: the whole studio; kind "calendar" for calendars. Optional
 * attributes: `design` (an id to resume), `prompt`, `design-path` and `proof-path` (with {id}; without them nobody is sent
 * anywhere), `faces` (with {name}), `guest` (asks for an address where news can go).
 * Tells the page by `cardmaker:designed` (a proof was asked for; detail {design, proof}) and `cardmaker:created`.
 */
export class CardmakerStudio extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = studioSheets();
    this.kind = this.getAttribute("kind") === "calendar" ? "calendar" : "card";
    this.store = new Store();
    this.live = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.loading = h("p", { class: "loading", role: "status" }, t("Laying out the paper…"));
    this.fatal = h("p", { class: "notice bad-notice", role: "alert", hidden: true });
    this.again = h("button", { type: "button", class: "button quiet", hidden: true, on: { click: () => location.reload() } }, t("Try again"));
    this.shadowRoot.append(this.live, this.loading, this.fatal, this.again);
    this.store.addEventListener("change", () => this.#update());
    this.#start();
  }

  async #start() {
    try {
      const { open } = await (this.kind === "calendar" ? import("./calendar/calendar.js") : import("./card.js"));
      this.workshop = open(this.#surroundings());
      this.actions = this.workshop.actions;
      this.shadowRoot.append(...this.workshop.elements);
      await this.actions.load(this.getAttribute("design"), this.getAttribute("prompt"));
    } catch (error) {
      this.store.set({ fatal: error.status === 404 ? LOST[this.kind]() : (error.status === undefined ? t("The studio could not be opened. Please try again.") : error.message) });
      if (error.status === undefined) console.error(error);
    }
  }

  /** What a workshop (the card's or the calendar's) is given to work with. */
  #surroundings() {
    const shop = this.getAttribute("shop") ?? "";
    return {
      store: this.store,
      api: new Api({ base: this.getAttribute("api") ?? "/api/v1/", auth: this.getAttribute("auth") ?? "session", shop }),
      shop,
      kind: this.kind,
      root: this.shadowRoot,
      assets: this.getAttribute("faces") ?? "",
      guest: this.hasAttribute("guest"),
      announce: (words) => this.#announce(words),
      onDesign: (design) => this.#created(design),
      onProof: (proof) => this.#proofAsked(proof),
    };
  }

  #update() {
    const { state } = this.store;
    this.loading.hidden = state.ready || Boolean(state.fatal);
    this.fatal.hidden = this.again.hidden = !state.fatal;
    this.fatal.textContent = state.fatal;
    this.workshop?.update(state);
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

if (!customElements.get("cardmaker-studio")) customElements.define("cardmaker-studio", CardmakerStudio);
