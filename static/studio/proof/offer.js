import { h } from "../dom.js";
import { t } from "../text.js";
import { say } from "../dom.js";

const PAUSE_MS = 250; // while somebody is still typing a number

/** Pieces, delivery and total as the shop's checkout will charge them. The server reckons; this only asks and shows. */
export function offerBoard({ part, api, proof, form, onChange }) {
  let offer = proof.offer;
  let count = 1;
  let asked = 0;

  form.addEventListener("change", (event) => event.target.name === "service" && ask(count));
  show();

  function ask(quantity) {
    count = quantity;
    const mine = ++asked;
    setTimeout(() => mine === asked && load(mine), PAUSE_MS);
  }

  async function load(mine) {
    const service = form.elements.service?.value ?? "";
    try {
      const { data } = await api.get(`proofs/${proof.id}/offer/?${new URLSearchParams({ quantity: count, service })}`);
      if (mine !== asked) return;
      offer = data;
      show();
      onChange();
    } catch {
      // What stands there is still true of the last number; the checkout says it again before anybody pays.
    }
  }

  function show() {
    part.item.textContent = t("{item} × {count}", { item: offer.item, count: offer.quantity });
    part.price.textContent = offer.goods.text;
    part.shipping.textContent = offer.shipping?.text ?? t("shown at the checkout");
    part["total-title"].hidden = !offer.total;
    part.total.textContent = offer.total?.text ?? "";
    part.services.hidden = (offer.options?.length ?? 0) < 2;
    part["service-list"].replaceChildren(...(offer.options ?? []).map(choice));
    say(part["not-sold"], offer.message);
  }

  function choice({ service, price }) {
    const input = h("input", { type: "radio", name: "service", value: service, checked: service === offer.service });
    return h("label", { class: "check service" }, input, h("span", {}, service), h("span", { class: "service-price" }, price.text));
  }

  return { ask, isSold: () => offer.is_sold };
}
