// The way to the cart from pages without a studio, which shows its own. Only this browser knows which cart is meant.
import { recall } from "../studio/storage.js";
import { t } from "../studio/text.js";

const link = document.querySelector("[data-cart]");
const key = `cardmaker:cart:${location.origin}:`;

if (link && recall(key) && !document.querySelector("cardmaker-studio")) {
  const [{ Api }, { Basket }] = await Promise.all([import("../studio/api.js"), import("../studio/cart/basket.js")]);
  const basket = new Basket({ api: new Api(), shop: "" });
  // What was paid meanwhile is an order now. Without an answer the number of before is shown; the cart itself asks again.
  await basket.load().catch(() => {});
  link.textContent = t("Cart ({count})", { count: basket.count });
  link.hidden = basket.count === 0;
}
