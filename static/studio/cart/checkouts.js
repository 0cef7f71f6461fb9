import { follow, press } from "../poll.js";
import { t } from "../text.js";

/** Have the shop take one card: {id, checkout_url, cart_line} once it can be bought. `onTrouble(error or null)` hears how it goes. */
export async function prepare(api, proof, wish, onTrouble) {
  onTrouble(null);
  const { id } = await press(api, `proofs/${proof}/checkout/`, wish, { onTrouble });
  const done = await follow(api, `checkouts/${id}/`, { isDone: (answer) => answer.state !== "pending", onChange: () => {}, onTrouble });
  if (done.state !== "ready") throw new Error(done.error || t("The shop could not take this card. Please try again."));
  return done;
}
