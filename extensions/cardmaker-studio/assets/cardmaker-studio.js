// <cardmaker-studio>: a start button in its own reserved space. The studio itself comes only when the shopper starts.
const SLOW_MS = 5_000;
const PAUSES_MS = [1_500, 4_000, 8_000];
const TABLE_MS = 800;
const TABLE_WAIT_MS = 5_000;
const TEXTS = {
  card: ["Make a card of your own", "Say in one sentence what it shows. See exactly what will be printed, then buy it here.", "Make a card", "Go on with your card"],
  calendar: ["Make a calendar of your own", "A few photos and one sentence become thirteen pictures. See every page before you buy.", "Make a calendar", "Go on with your calendar"],
};

const CSS = `
:host { display: block; box-sizing: border-box; min-height: var(--cardmaker-min-height, 32em); font-family: var(--cardmaker-font, inherit); font-size: medium; color: var(--cardmaker-ink, #1c2742); }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
.teaser { display: grid; grid-template-columns: minmax(0, 1fr); justify-items: center; align-content: center; gap: .9em; min-height: inherit; padding: 1.5em 1.25em; border-radius: var(--cardmaker-radius, 10px); background: var(--cardmaker-background, #f1efe8); text-align: center; }
svg { display: block; width: min(13em, 60%); height: auto; }
.paper { fill: var(--cardmaker-surface, #fffefb); } .back { fill: var(--cardmaker-background-deep, #dcd8c8); } .flap { fill: var(--cardmaker-line, #c9c4b2); }
.sky { fill: #d5e2ee; } .sun { fill: #eab04a; } .hill { fill: var(--cardmaker-good, #1d5b4b); } .near { fill: #7fa08f; } .wax { fill: var(--cardmaker-accent, #b92e24); }
h2 { margin: 0; font-family: var(--cardmaker-heading-font, inherit); font-size: clamp(1.4em, 1em + 2vw, 2em); line-height: 1.2; text-wrap: balance; }
p { margin: 0; max-width: 32em; line-height: 1.5; color: var(--cardmaker-ink-soft, #4a546d); text-wrap: pretty; }
button { display: inline-flex; align-items: center; justify-content: center; gap: .6em; min-height: 3.25em; max-width: 100%; padding: .6em 1.8em; border: 0; border-radius: var(--cardmaker-button-radius, 99px); background: var(--cardmaker-accent, #b92e24); color: var(--cardmaker-on-accent, #fff); font: inherit; font-weight: 700; cursor: pointer; }
button:hover { background: var(--cardmaker-accent-deep, #952017); }
button:focus-visible { outline: 3px solid var(--cardmaker-focus, #2459c9); outline-offset: 3px; }
button[aria-disabled=true] { cursor: progress; }
button[aria-disabled=true]::before { content: ""; width: 1.1em; height: 1.1em; border: 2.5px solid; border-inline-end-color: transparent; border-radius: 50%; animation: turn .9s linear infinite; }
.status { min-height: 1.5em; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { button::before { animation-duration: 4s !important; } }
`;

const DRAWING = [
  ["back", "M22 78h196v106a8 8 0 0 1-8 8H30a8 8 0 0 1-8-8z"], ["flap", "M22 78l98-62 98 62z"],
  ["paper", "M56 24h128v150H56z"], ["sky", "M66 34h108v84H66z"], ["sun", "M150 46a13 13 0 1 0 .1 0z"],
  ["hill", "M66 98q26-30 54-8t54-10v38H66z"], ["near", "M66 110q34-22 66-4t42 2v10H66z"],
  ["back", "M22 82l98 66 98-66v102a8 8 0 0 1-8 8H30a8 8 0 0 1-8-8z"], ["wax", "M120 134a17 17 0 1 0 .1 0z"],
];

function element(name, props, ...children) {
  const made = Object.assign(document.createElement(name), props);
  made.append(...children);
  return made;
}

function drawing() {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 240 200");
  svg.setAttribute("aria-hidden", "true");
  for (const [look, d] of DRAWING) {
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("class", look);
    shape.setAttribute("d", d);
    svg.append(shape);
  }
  return svg;
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class CardmakerStudio extends HTMLElement {
  #said = [""];

  connectedCallback() {
    if (this.shadowRoot) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    const [heading, text, begin, goOn] = TEXTS[this.kind];
    this.button = element("button", { type: "button", textContent: this.getAttribute("button") || (this.#hasBegun() ? goOn : begin) });
    this.button.addEventListener("click", () => this.start());
    this.status = element("p", { className: "status", role: "status" });
    const lead = [element("h2", { textContent: this.getAttribute("heading") || heading }), element("p", { textContent: this.getAttribute("text") || text })];
    this.teaser = element("div", { className: "teaser" }, drawing(), ...lead, this.button, this.status);
    this.shadowRoot.append(this.teaser);
  }

  get kind() {
    return this.getAttribute("kind") === "calendar" ? "calendar" : "card";
  }

  #hasBegun() {
    try {
      return Boolean(localStorage.getItem(`cardmaker:place:${this.getAttribute("shop") ?? ""}:${this.kind}`));
    } catch {
      return false;
    }
  }

  /** Fetch the studio and open it here. A page may call this itself. */
  async start() {
    if (this.busy) return;
    this.busy = true;
    this.button.setAttribute("aria-disabled", "true");
    // Room for what comes, taken at the press: nothing below jumps later, and the button stays under the finger.
    this.teaser.style.minHeight = `${this.teaser.offsetHeight}px`;
    this.style.minHeight = `max(${this.offsetHeight}px, var(--cardmaker-open-height, 40em))`;
    const slow = setTimeout(() => this.#say("Still loading: the connection is slow."), SLOW_MS);
    await Promise.race([this.#table(), sleep(TABLE_MS)]); // so that the first word is the shopper's own already
    this.#say("Opening the studio…");
    try {
      await this.#open();
    } catch {
      this.#say("The studio cannot be reached just now. Please check the connection and try again.");
    }
    clearTimeout(slow);
    this.busy = false;
    this.button.setAttribute("aria-disabled", "false");
  }

  async #open() {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const [home] = await Promise.all([this.#home(), this.#table()]);
        const { start } = await import(`${home}embed/v1/studio.js?kind=${this.kind}${attempt ? `&again=${Date.now()}` : ""}`);
        start(this, home, this.words);
        this.dispatchEvent(new CustomEvent("cardmaker:started", { bubbles: true, composed: true }));
        return;
      } catch (error) {
        if (attempt >= PAUSES_MS.length) throw error;
        this.#say("The studio did not answer. Trying again in {seconds} s…", Math.round(PAUSES_MS[attempt] / 1000));
        await sleep(PAUSES_MS[attempt]);
      }
    }
  }

  /** Where the studio lives: beside this file, or where the shop's app proxy says. */
  async #home() {
    const proxy = this.getAttribute("proxy");
    if (!proxy) return new URL("../../", import.meta.url).href;
    const response = await fetch(`${proxy}/home/`, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15_000) });
    if (!response.ok) throw new Error(`The app proxy answered ${response.status}`);
    return (await response.json()).home;
  }

  /** The words of another language, from the address in `words`; without them it is English. Asked for once. */
  #table() {
    this.asked ??= this.#fetchWords(this.getAttribute("words")).catch(() => {});
    return this.asked;
  }

  async #fetchWords(address) {
    if (!address) return;
    this.words = await (await fetch(address, { signal: AbortSignal.timeout(TABLE_WAIT_MS) })).json();
    this.#say(...this.#said); // a table that came late still gives the rest of the wait its language
  }

  #say(message, seconds) {
    this.#said = [message, seconds];
    this.status.textContent = (this.words?.[message] ?? message).replace("{seconds}", seconds);
  }
}

if (!customElements.get("cardmaker-studio")) customElements.define("cardmaker-studio", CardmakerStudio);
