import { pressKey } from "../api.js";
import { follow, insist } from "../poll.js";
import { t } from "../text.js";

/** Have the shop take one card: {id, checkout_url, cart_line} once it can be bought. `onTrouble(error or null)` hears how it goes. */
export async function prepare(api, proof, wish, onTrouble) {
  const key = pressKey();
  onTrouble(null);
  const { data } = await insist(() => api.post(`proofs/${proof}/checkout/`, wish, { key }), { onTrouble });
  const done = await follow(api, `checkouts/${data.id}/`, { isDone: (answer) => answer.state !== "pending", onChange: () => {}, onTrouble });
  if (done.state !== "ready") throw new Error(done.error || t("The shop could not take this card. Please try again."));
  return done;
}
