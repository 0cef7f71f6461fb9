import { h, keep } from "../studio/dom.js";
import { insist } from "../studio/poll.js";
import { t } from "../studio/text.js";
import { say } from "../site/parts.js";

const MOST = 50;
const TYPING_MS = 350;

/** For who acts for a shop: tick its products, one press makes a brief of each. Others never see this. */
export function ownProducts({ api, part, address, format, reload }) {
  const ticked = new Map();
  let waiting = null;
  let asked = 0;
  part["shop-form"].addEventListener("submit", send);
  part.search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, TYPING_MS);
  });
  find();

  async function find() {
    const turn = ++asked;
    try {
      const search = part.search.value.trim();
      const { data } = await api.get(`shop-products/${search ? `?search=${encodeURIComponent(search)}` : ""}`);
      if (turn === asked) show(data.results, search);
    } catch (error) {
      say(part["error-products"], error.message);
    }
  }

  function show(products, search) {
    if (products.length) part["shop-form"].hidden = false;
    keep(
      part.own,
      products.map((product) => ({ key: product.id, make: () => entry(product), update: (element) => update(element, product) })),
    );
    if (!products.length && search) part.own.replaceChildren(h("li", { class: "muted" }, t("Your shop has no product of this name.")));
    told();
  }

  function entry(product) {
    const box = h("input", { type: "checkbox", on: { change: () => tick(product, box.checked) } });
    return h("li", {}, h("label", { class: "own-product" }, box, h("span", {}, product.title)), h("span", { class: "small", "data-here": "" }));
  }

  function update(element, product) {
    const box = element.querySelector("input");
    const here = element.querySelector("[data-here]");
    box.disabled = Boolean(product.brief);
    box.checked = ticked.has(product.id) || Boolean(product.brief);
    here.replaceChildren(...(product.brief ? [h("a", { href: address(product.brief) }, t("Here already"))] : []));
  }

  function tick(product, on) {
    if (on) ticked.set(product.id, product.title);
    else ticked.delete(product.id);
    told();
  }

  function told() {
    part.take.disabled = ticked.size === 0 || ticked.size > MOST;
    part.take.textContent = ticked.size > MOST ? t("At most {count} at once", { count: MOST }) : ticked.size ? t("Take in {count} products", { count: ticked.size }) : t("Tick products first");
  }

  async function send(event) {
    event.preventDefault();
    part.take.disabled = true;
    say(part["error-products"], "");
    try {
      const body = { products: [...ticked.keys()], format: format() };
      const { data } = await insist(() => api.post("shop-products/briefs/", body));
      part.taken.hidden = false;
      part.taken.replaceChildren(...data.results.map((row) => result(row)));
      ticked.clear();
      await Promise.all([reload(), find()]);
    } catch (error) {
      say(part["error-products"], error.beside?.("products") || error.message);
    } finally {
      told();
    }
  }

  function result({ product, brief, known, problem }) {
    if (!brief) return h("p", { class: "notice notice-warn" }, `${ticked.get(product) ?? product}: ${problem}`);
    const { category, materials, colors, features, audience } = brief.attributes;
    const read = [category, ...colors, ...materials, ...features, audience].filter(Boolean).join(", ");
    return h(
      "p",
      { class: "taken" },
      h("strong", {}, brief.name),
      " ",
      h("span", { class: "muted" }, known ? t("was here already.") : read ? t("We read: {read}.", { read }) : t("We read nothing out of its description.")),
      " ",
      h("a", { href: address(brief.id) }, t("Correct it and plan pictures")),
    );
  }
}
