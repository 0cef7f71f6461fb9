import { sleep } from "../dom.js";
import { t } from "../text.js";

const TRIES = 3;

/** The cart of a Shopify theme, by its Ajax API; `root` carries the language. */
export class ThemeCart {
  constructor(root) {
    this.root = `${root.replace(/\/+$/, "")}/`;
  }

  get address() {
    return `${this.root}cart`;
  }

  /** One line with our properties. Throws with the shop's own words when it refuses. */
  async add({ variant_id: variant, quantity, properties }, tell) {
    const items = [{ id: Number(variant.split("/").pop()), quantity, properties }];
    const response = await this.#send("cart/add.js", { items }, tell);
    if (!response.ok) throw new Error((await response.json().catch(() => ({}))).description ?? t("The shop’s cart did not take it. Please try again."));
    document.dispatchEvent(new CustomEvent("cart:refresh", { bubbles: true }));
  }

  /** How many pieces are in it, or null when the theme does not say. */
  async count() {
    try {
      const response = await fetch(`${this.root}cart.js`, { headers: { Accept: "application/json" } });
      return response.ok ? (await response.json()).item_count : null;
    } catch {
      return null;
    }
  }

  /** A request that never arrived is sent again; whether a lost answer hides a done deed, the cart itself tells. */
  async #send(path, body, tell) {
    const before = await this.count();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await fetch(this.root + path, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) });
      } catch {
        if (attempt >= TRIES) throw new Error(t("We cannot reach the shop’s cart just now. Please try again."));
        tell(t("We cannot reach the shop’s cart. Trying again…"));
        await sleep(attempt * 1500);
        const now = await this.count();
        if (before !== null && now !== null && now > before) return new Response("{}");
      }
    }
  }
}
