import { insist } from "../poll.js";
import { forget, keep, recall } from "../storage.js";

/**
 * The cards that somebody means to buy together, outside a theme that has a cart of its own. The server keeps it; this browser
 * knows which it is. `lines` are {checkout, proof, title, quantity, unit_price, total, price_was, picture_url}. Tells by "change".
 */
export class Basket extends EventTarget {
  #chain = Promise.resolve();
  lines = null; // not read yet
  url = "";

  constructor({ api, shop }) {
    super();
    this.api = api;
    this.key = `cardmaker:cart:${api.base.origin}:${shop}`;
  }

  /** All pieces of all cards, as far as this browser knows. */
  get count() {
    return this.lines ? this.lines.reduce((sum, { quantity }) => sum + quantity, 0) : (recall(this.key)?.count ?? 0);
  }

  /** Read it again: prices may have changed, and what was paid meanwhile is an order now. */
  async load() {
    const kept = recall(this.key);
    if (!kept) return this.#take({ lines: [] });
    try {
      return this.#take((await this.api.get(`carts/${kept.id}/`)).data);
    } catch (error) {
      if (error.temporary) throw error;
      return this.#take({ lines: [] });
    }
  }

  /** The same proof again is another number, not another line. */
  add({ checkout, proof, wish }, onTrouble) {
    return this.#write((lines) => [...lines.filter((line) => line.proof !== proof.id), { checkout: checkout.id, quantity: wish.quantity }], onTrouble);
  }

  change(checkout, quantity, onTrouble) {
    return this.#write((lines) => lines.map((line) => (line.checkout === checkout ? { ...line, quantity } : line)), onTrouble);
  }

  remove(checkout, onTrouble) {
    return this.#write((lines) => lines.filter((line) => line.checkout !== checkout), onTrouble);
  }

  /** The shop's checkout for what is in it now, at today's prices. */
  async checkoutUrl(onTrouble) {
    await this.#write((lines) => lines, onTrouble);
    return this.url;
  }

  /** One write after the other; each replaces all lines, so that it may be repeated. */
  #write(change, onTrouble = () => {}) {
    const turn = this.#chain.then(async () => {
      if (!this.lines) await this.load();
      const lines = change(this.lines).map(({ checkout, quantity }) => ({ checkout, quantity }));
      this.#take(await this.#send(lines, onTrouble));
    });
    this.#chain = turn.catch(() => {});
    return turn;
  }

  async #send(lines, onTrouble) {
    const kept = recall(this.key);
    const send = () => (kept ? this.api.put(`carts/${kept.id}/`, { lines }) : this.api.post("carts/", { lines }));
    try {
      return (await insist(send, { onTrouble })).data;
    } catch (error) {
      if (!kept || !(error.code === "already_bought" || error.status === 404)) throw error;
      // It was paid in another tab: what was in it then is not meant again.
      const known = new Set((this.lines ?? []).map(({ checkout }) => checkout));
      this.#take({ lines: [] });
      return this.#send(lines.filter(({ checkout }) => !known.has(checkout)), onTrouble);
    }
  }

  #take({ id, lines, checkout_url: url = "", ordered_at: ordered }) {
    this.lines = ordered ? [] : lines;
    this.url = url;
    if (this.lines.length) keep(this.key, { id, count: this.count });
    else forget(this.key);
    this.dispatchEvent(new Event("change"));
  }
}
