import { Api } from "./api.js";
import { Basket } from "./cart/basket.js";
import { basketSeller, themeSeller } from "./cart/sellers.js";
import { h } from "./dom.js";
import { forget, keep, recall } from "./storage.js";
import { Store } from "./store.js";
import { studioSheets } from "./styles/studio.js";
import { t } from "./text.js";

const LOST = {
  card: () => t("We cannot find this card. It may belong to somebody else, or you may need to log in."),
  calendar: () => t("We cannot find this calendar. It may belong to somebody else, or you may need to log in."),
};

/**
 * The whole studio in an element's shadow root: making, proof, cart. `place` says where it lives:
 * {api: Api, shop, assets, guest, remembers, themeCart, goDesign(id), goProof(id), goStudio(design)}; without a `go…` it stays
 * inside the element. Tells the page by `cardmaker:created`, `cardmaker:designed` and `cardmaker:added`.
 */
export class Studio {
  constructor(host, place) {
    Object.assign(this, { host, place, api: place.api, root: host.shadowRoot });
    this.kind = host.getAttribute("kind") === "calendar" ? "calendar" : "card";
    this.live = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.loading = h("p", { class: "loading", role: "status", tabindex: "-1" });
    this.fatal = h("p", { class: "notice bad-notice", role: "alert", hidden: true });
    this.again = h("button", { type: "button", class: "button quiet", hidden: true, on: { click: () => (this.lost ? this.another() : this.begin(true)) } });
    this.bag = h("button", { type: "button", class: "button small quiet", hidden: true, on: { click: () => this.openCart() } });
    this.fresh = h("button", { type: "button", class: "button small quiet", hidden: true, on: { click: () => this.another() } }, this.kind === "calendar" ? t("New calendar") : t("New card"));
    this.tools = h("div", { class: "tools", hidden: true }, this.fresh, this.bag);
    this.room = h("div", {});
    this.desk = h("div", { hidden: true });
    this.root.adoptedStyleSheets = studioSheets();
    this.root.replaceChildren(this.live, this.tools, this.loading, this.fatal, this.again, this.room, this.desk);
    if (!place.themeCart) this.basket = new Basket({ api: this.api, shop: place.shop });
    this.basket?.addEventListener("change", () => this.#showTools());
    if (this.basket?.count) this.basket.load().catch(() => {}); // the number may be old; the cart itself says so
  }

  /** Where the host says, or where this browser left off. `moves` takes the focus along: what was pressed is gone. */
  begin(moves = false) {
    const kept = this.place.remembers ? recall(this.#memory) : null;
    const proof = this.host.getAttribute("proof") ?? kept?.proof;
    this.#showTools();
    if (this.host.hasAttribute("cart")) return this.openCart(moves);
    if (proof) return this.#showProof(proof, moves);
    return this.openWorkshop(this.host.getAttribute("design") ?? kept?.design, this.host.getAttribute("prompt"), moves);
  }

  async openWorkshop(design, prompt, moves = false) {
    this.#shut();
    this.store = new Store();
    this.store.addEventListener("change", () => this.#update());
    this.workshop = null;
    this.room.replaceChildren();
    this.loading.textContent = t("Laying out the paper…");
    this.#update();
    if (moves) this.loading.focus({ preventScroll: true });
    try {
      const { open } = await (this.kind === "calendar" ? import("./calendar/calendar.js") : import("./card.js"));
      this.workshop = open(this.#surroundings());
      this.room.replaceChildren(...this.workshop.elements);
      await this.workshop.actions.load(design, prompt);
      if (moves) this.#focusStep();
    } catch (error) {
      if (error.status === 404 && this.place.remembers) return this.another();
      this.lost = error.status === 404;
      this.store.set({ fatal: error.status === 404 ? LOST[this.kind]() : (error.status === undefined ? t("The studio could not be opened. Please try again.") : error.message) });
      if (error.status === undefined && error.name !== "TypeError") console.error(error);
    }
    return undefined;
  }

  /** Keyboards go on where the work begins, unless somebody has gone elsewhere on the page meanwhile. */
  #focusStep() {
    if (![document.body, this.host].includes(document.activeElement)) return;
    this.room.querySelector('[aria-current="step"]')?.focus({ preventScroll: true });
  }

  openProof({ id }) {
    return this.place.goProof ? this.place.goProof(id) : this.#showProof(id, true);
  }

  #showProof(id, moves) {
    this.#remember({ proof: id });
    return this.#open(async () => (await import("./proof/desk.js")).proofDesk({
      api: this.api,
      root: this.root,
      id,
      seller: this.#seller(),
      onBack: (design) => this.#backTo(design),
      onProof: (proof) => this.openProof(proof),
    }), moves);
  }

  async openCart(moves = true) {
    await this.#open(async () => (await import("./cart/desk.js")).cartDesk({
      root: this.root,
      basket: this.basket,
      onProof: (proof) => this.openProof(proof),
      onAnother: () => this.another(),
    }), moves);
  }

  openAdded() {
    return this.#open(async () => (await import("./cart/added.js")).addedDesk({
      root: this.root,
      address: this.place.themeCart.address,
      onAnother: () => this.another(),
    }));
  }

  /** A fresh sheet of paper. */
  another() {
    forget(this.#memory);
    if (this.place.goStudio) return this.place.goStudio("");
    return this.openWorkshop(null, null, true);
  }

  /** Show one desk instead of the workshop, and take keyboard and eyes there. */
  async #open(make, moves = true) {
    this.#shut();
    this.room.hidden = true;
    this.loading.hidden = false;
    this.loading.textContent = t("One moment…");
    try {
      this.open = await make();
      this.desk.replaceChildren(this.open.element);
      this.desk.hidden = false;
      this.loading.hidden = true;
    } catch (error) {
      this.loading.hidden = true;
      this.fatal.hidden = this.again.hidden = false;
      this.lost = false;
      this.#nameAgain();
      this.fatal.textContent = error.message && error.status !== undefined ? error.message : t("We cannot reach Cardmaker just now. What you made is kept.");
      return;
    }
    this.#showTools();
    if (!moves) return;
    this.open.title.focus({ preventScroll: true });
    this.host.scrollIntoView({ block: "start" });
  }

  #shut() {
    this.open?.close();
    this.open = null;
    this.desk.hidden = this.fatal.hidden = this.again.hidden = true;
    this.desk.replaceChildren();
    this.room.hidden = false;
  }

  #backTo(design) {
    this.#remember({ proof: null });
    if (this.place.goStudio) return this.place.goStudio(design);
    if (this.workshop && this.store.state.design?.id === design) {
      this.#shut();
      this.store.set({ proofBusy: false });
      return this.room.querySelector('[aria-current="step"]')?.focus();
    }
    return this.openWorkshop(design, null, true);
  }

  #seller() {
    const { basket } = this;
    const onAdded = ({ checkout, proof, wish }) => this.#tell("cardmaker:added", { design: proof.design, proof: proof.id, quantity: wish.quantity, line: checkout.cart_line });
    if (!basket) return themeSeller({ cart: this.place.themeCart, onAdded, onKept: () => (forget(this.#memory), this.openAdded()) });
    return basketSeller({ basket, onAdded: (entry) => (forget(this.#memory), onAdded(entry)), onKept: () => this.openCart() });
  }

  /** What a workshop (the card's or the calendar's) is given to work with. */
  #surroundings() {
    const { shop, assets, guest } = this.place;
    return {
      store: this.store,
      api: this.api,
      shop,
      kind: this.kind,
      root: this.root,
      assets,
      guest,
      announce: (words) => this.#announce(words),
      onDesign: (design) => this.#created(design),
      onProof: (proof) => this.#proofAsked(proof),
    };
  }

  #update() {
    const { state } = this.store;
    this.loading.hidden = state.ready || Boolean(state.fatal);
    if (state.slow) this.loading.textContent = state.slow;
    this.fatal.hidden = this.again.hidden = !state.fatal;
    this.fatal.textContent = state.fatal;
    this.#nameAgain();
    this.workshop?.update(state);
  }

  /** What is not there cannot be tried again: then the way leads to a fresh one. */
  #nameAgain() {
    this.again.textContent = this.lost ? t("Make a new one") : t("Try again");
  }

  #showTools() {
    const { count } = this.basket ?? { count: 0 };
    this.bag.textContent = t("Cart ({count})", { count });
    this.bag.hidden = count === 0 || Boolean(this.open?.isCart);
    this.fresh.hidden = !this.place.remembers || !recall(this.#memory)?.design;
    this.tools.hidden = this.bag.hidden && this.fresh.hidden;
  }

  #announce(words) {
    this.live.textContent = "";
    setTimeout(() => (this.live.textContent = words), 50);
  }

  #created(design) {
    this.#remember({ design: design.id });
    this.#showTools();
    this.place.goDesign?.(design.id);
    this.#tell("cardmaker:created", { design: design.id });
  }

  #proofAsked(proof) {
    this.#tell("cardmaker:designed", { design: this.store.state.design.id, proof: proof.id });
    this.openProof(proof);
  }

  get #memory() {
    return `cardmaker:place:${this.place.shop}:${this.kind}`;
  }

  #remember(patch) {
    if (this.place.remembers) keep(this.#memory, { ...recall(this.#memory), ...patch });
  }

  #tell(name, detail) {
    this.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/**
 * <cardmaker-studio kind="card" api="/api/v1/"> on our own pages, with the session's cookie; kind "calendar" for calendars. Optional
 * attributes: `design` (an id to resume), `proof` (an id to confirm), `cart` (opens the cart), `prompt`, `design-path`, `proof-path` and `studio-path`
 * (with {id}), `faces` (with {name}), `guest` (asks for an address where news can go). Elsewhere the loader stands for it.
 */
class OwnStudio extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" });
    const path = (name) => this.getAttribute(`${name}-path`);
    const go = (name) => path(name) && ((id) => location.assign(path(name).replace("{id}/", id ? `${id}/` : "")));
    new Studio(this, {
      api: new Api({ base: this.getAttribute("api") ?? "/api/v1/" }),
      shop: "",
      assets: this.getAttribute("faces") ?? "",
      guest: this.hasAttribute("guest"),
      remembers: false,
      goDesign: path("design") && ((id) => history.replaceState(null, "", path("design").replace("{id}", id))),
      goProof: go("proof"),
      goStudio: go("studio"),
    }).begin();
  }
}

if (!customElements.get("cardmaker-studio")) customElements.define("cardmaker-studio", OwnStudio);
