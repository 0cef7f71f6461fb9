import { prepare } from "../cart/checkouts.js";
import { t } from "../text.js";
import { offerBoard } from "./offer.js";

/** The last form before the checkout. What blocks buying is said here, not only shown by a gray button. */
export function buyForm({ part, api, proof, seller }) {
  const form = part["buy-form"];
  const { quantity, checked, accept_warnings: accepted, show_picture: picture, confirm_dates: months } = form.elements;
  const blocked = proof.warnings.some((warning) => warning.level === "block");
  const warned = proof.warnings.some((warning) => warning.level === "warn");
  let busy = false;

  part["accept-row"].hidden = !warned || blocked;
  let drawn = !unseen(proof.draft);
  const board = offerBoard({ part, api, proof, form, onChange: allow });
  allow();
  if (proof.dates) {
    part.dates.hidden = false;
    part["dates-text"].textContent = proof.dates.text;
    part["dates-yes"].textContent = t("Yes, {months} is what I want.", { months: proof.dates.text });
  }
  status(seller.note());
  if (unseen(proof.draft)) part["buy-status"].textContent = t("You can buy once the printer’s pictures are here.");
  if (blocked) part["buy-status"].textContent = t("This card cannot be printed as it is. Please change it in the studio.");
  quantity.addEventListener("input", () => {
    part["quantity-error"].textContent = "";
    if (isWhole(quantity)) board.ask(Number(quantity.value));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!busy && ready()) sell("buy");
  });
  part.another.hidden = !seller.keep;
  part.another.addEventListener("click", () => !busy && ready() && sell("keep"));
  part["buy-title"].textContent = part.buy.textContent = seller.label();

  function allow() {
    part.buy.disabled = part.another.disabled = blocked || !drawn || !board.isSold();
  }

  function ready() {
    const wrong = !isWhole(quantity) || Number(quantity.value) > Number(quantity.max);
    part["quantity-error"].textContent = wrong ? t("A whole number from 1 to {max}, please.", { max: quantity.max }) : "";
    quantity.setAttribute("aria-invalid", String(wrong));
    const unread = !part["accept-row"].hidden && !accepted.checked;
    const undated = Boolean(proof.dates) && !months.checked;
    if (undated) part["buy-error"].textContent = t("Please confirm the months first: they cannot be changed once it is printed.");
    else if (!checked.checked) part["buy-error"].textContent = t("Please check the spelling first and tick the box: we print exactly what is here.");
    else part["buy-error"].textContent = unread ? t("Please read the notes and tick the box.") : "";
    if (wrong) quantity.focus();
    else if (undated) months.focus();
    else if (!checked.checked) checked.focus();
    else if (unread) accepted.focus();
    return !wrong && !undated && checked.checked && !unread;
  }

  async function sell(way) {
    setBusy(true);
    const wish = { quantity: Number(quantity.value), show_picture: picture.checked, accept_warnings: accepted.checked, confirm_dates: months.checked };
    try {
      const checkout = await prepare(api, proof.id, wish, (error) => status(error ? error.message : t("Bringing it to the shop…")));
      await seller[way]({ checkout, proof, wish }, status);
    } catch (error) {
      status("");
      part["quantity-error"].textContent = error.beside?.("quantity") ?? "";
      part["buy-error"].textContent = error.beside?.("quantity") ? "" : error.message;
    }
    setBusy(false);
  }

  function status(words) {
    part["buy-status"].textContent = words;
  }

  function setBusy(value) {
    busy = value;
    for (const button of [part.buy, part.another]) button.setAttribute("aria-disabled", String(value));
    part.buy.classList.toggle("is-busy", value);
    part.buy.textContent = value ? seller.busyLabel() : seller.label();
    if (value) part["buy-error"].textContent = "";
  }

  /** What the supplier draws itself can be seen now. */
  function mayBuy() {
    drawn = true;
    allow();
    if (!blocked) status(seller.note());
  }

  return { mayBuy };
}

const unseen = (draft) => Boolean(draft) && draft.state !== "ready";

const isWhole = ({ value }) => Number.isInteger(Number(value)) && Number(value) >= 1;
