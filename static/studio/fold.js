import { h, icon } from "./dom.js";
import { foldSheet } from "./styles/fold.js";
import { t } from "./text.js";

const POSES = {
  none: ["closed", "back"],
  side: ["closed", "open", "back"],
  top: ["closed", "open", "back"],
};
const SHOWN = { closed: ["front"], ajar: ["front"], open: ["inside-left", "inside-right"], back: ["back"] };

/**
 * <cardmaker-fold fold="side" pose="closed"> with one picture per slot (front, inside-left, inside-right, back): a card on the
 * table that opens, closes and turns over, by press, by arrow key and by screen reader. `quiet` leaves the buttons out.
 */
export class CardmakerFold extends HTMLElement {
  static observedAttributes = ["fold", "pose", "aspect"];

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    this.#show();
  }

  attributeChangedCallback() {
    if (this.shadowRoot) this.#show();
  }

  get fold() {
    return this.getAttribute("fold") ?? "side";
  }

  get pose() {
    return this.getAttribute("pose") ?? "closed";
  }

  set pose(pose) {
    this.setAttribute("pose", pose);
    this.dispatchEvent(new CustomEvent("pose", { detail: pose }));
  }

  #build() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [foldSheet()];
    this.faces = Object.fromEntries(["front", "inside-left", "inside-right", "back"].map((name) => [name, this.#face(name)]));
    const cover = h("div", { class: "leaf cover" }, this.faces.front, this.faces["inside-left"]);
    const base = h("div", { class: "leaf base" }, this.faces["inside-right"], this.faces.back);
    this.card = h("div", { class: "card" }, base, cover);
    this.scene = h("div", { class: "scene", on: { click: () => this.#press() } }, this.card);
    this.openButton = h("button", { type: "button", class: "control", on: { click: () => this.#toggle("open") } });
    this.turnButton = h("button", { type: "button", class: "control", on: { click: () => this.#toggle("back") } });
    this.said = h("p", { class: "said", "aria-live": "polite" });
    const controls = h("div", { class: "controls", role: "group", "aria-label": t("Turn the card") }, this.openButton, this.turnButton);
    root.append(this.scene, ...(this.hasAttribute("quiet") ? [] : [controls, this.said]));
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  #face(name) {
    return h("div", { class: `face ${name}` }, h("slot", { name }));
  }

  #press() {
    const poses = POSES[this.fold];
    const current = this.pose === "ajar" ? 0 : poses.indexOf(this.pose);
    this.pose = poses[(current + 1) % poses.length];
  }

  #toggle(pose) {
    this.pose = this.pose === pose ? "closed" : pose;
    this.said.textContent = { closed: t("Front of the card"), open: t("Card open"), back: t("Back of the card") }[this.pose];
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const poses = POSES[this.fold];
    this.pose = poses[Math.min(Math.max(Math.max(poses.indexOf(this.pose), 0) + step, 0), poses.length - 1)];
  }

  #show() {
    this.scene.dataset.fold = this.fold;
    this.scene.dataset.pose = this.pose;
    this.style.setProperty("--aspect", this.getAttribute("aspect") ?? String(5 / 7));
    for (const [name, face] of Object.entries(this.faces)) face.setAttribute("aria-hidden", String(!SHOWN[this.pose].includes(name)));
    this.openButton.hidden = this.fold === "none";
    const open = this.pose === "open";
    const turned = this.pose === "back";
    this.openButton.replaceChildren(icon("open"), open ? t("Close the card") : t("Open the card"));
    this.turnButton.replaceChildren(icon("turn"), turned ? t("Turn to the front") : t("Turn it over"));
  }
}

if (!customElements.get("cardmaker-fold")) customElements.define("cardmaker-fold", CardmakerFold);
