import { t } from "../text.js";

/**
 * Where a confirmed card goes. `buy` and `keep` take {checkout, proof, wish} and a function that tells the shopper how it
 * goes; without `keep` there is one way only. Both throw what the shopper must hear.
 */

/** Our own cart, then the shop's checkout with everything in it. */
export function basketSeller({ basket, onAdded, onKept }) {
  const add = async (entry, tell) => {
    await basket.add(entry, (trouble) => tell(trouble?.message ?? t("Bringing it to the shop…")));
    onAdded(entry);
  };
  return {
    label: () => (basket.count ? t("Buy all in the cart") : t("Buy")),
    busyLabel: () => t("Preparing the checkout…"),
    note: () => t("You pay on the next page, in the shop’s checkout."),
    async buy(entry, tell) {
      await add(entry, tell);
      tell(t("On to the checkout…"));
      location.assign(basket.url);
    },
    async keep(entry, tell) {
      await add(entry, tell);
      onKept();
    },
  };
}

/** The cart of the Shopify theme around us, with the signed properties on its line. */
export function themeSeller({ cart, onAdded, onKept }) {
  return {
    label: () => t("Add to cart"),
    busyLabel: () => t("Adding it to the cart…"),
    note: () => t("It goes into the shop’s cart, where you pay for everything together."),
    async buy(entry, tell) {
      await cart.add(entry.checkout.cart_line, tell);
      onAdded(entry);
      onKept();
    },
  };
}
