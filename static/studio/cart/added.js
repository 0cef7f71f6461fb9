import { h, icon } from "../dom.js";
import { cartSheet } from "../styles/cart.js";
import { adopt } from "../styles/sheet.js";
import { t } from "../text.js";

/** After a card went into the theme's cart: on to the cart, or another card. */
export function addedDesk({ root, address, onAnother }) {
  adopt(root, cartSheet());
  const title = h("h2", { tabindex: "-1" }, t("It is in your cart"));
  const element = h("section", { class: "added" },
    h("span", { class: "added-mark", "aria-hidden": "true" }, icon("check")),
    title,
    h("p", {}, t("You pay for everything together in the shop’s checkout.")),
    h("a", { class: "button primary", href: address }, t("Go to the cart")),
    h("button", { type: "button", class: "button quiet", on: { click: onAnother } }, t("Make another")));
  return { element, title, close: () => {} };
}
