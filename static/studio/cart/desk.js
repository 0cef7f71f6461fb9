import { h, keep, say, uid } from "../dom.js";
import { cartSheet } from "../styles/cart.js";
import { adopt } from "../styles/sheet.js";
import { t } from "../text.js";

const MOST = 500;

/** The cart: each card with its own picture and its own proof, how many, and on to the shop's checkout. */
export function cartDesk({ root, basket, onProof, onAnother }) {
  adopt(root, cartSheet());
  const part = layout(onAnother);
  const desk = { basket, part, onProof, busy: 0, leaving: false };
  const update = () => show(desk);
  part.buy.addEventListener("click", () => checkOut(desk));
  basket.addEventListener("change", update);
  if (basket.lines) update();
  act(desk, () => basket.load());
  return { element: part.element, title: part.title, isCart: true, close: () => basket.removeEventListener("change", update) };
}

function layout(onAnother) {
  const title = h("h2", { tabindex: "-1" }, t("Your cart"));
  const trouble = h("p", { class: "notice bad-notice", role: "alert", hidden: true });
  const empty = h("p", { class: "cart-empty", hidden: true }, t("Nothing in it yet."));
  const list = h("ul", { class: "cart-list" });
  const goods = h("strong");
  const sum = h("p", { class: "cart-sum", hidden: true }, h("span", {}, t("Cards")), goods);
  const buy = h("button", { type: "button", class: "button primary wide", hidden: true }, t("Check out"));
  const another = h("button", { type: "button", class: "button quiet wide", on: { click: onAnother } }, t("Make another"));
  const status = h("p", { class: "hint", role: "status" });
  const element = h("section", { class: "cart" }, title, trouble, empty, list, h("div", { class: "cart-pay" }, sum, buy, another, status));
  return { element, another, title, trouble, empty, list, goods, sum, buy, status };
}

function show(desk) {
  const { basket, part, busy } = desk;
  const { lines } = basket;
  part.empty.hidden = lines.length > 0;
  part.sum.hidden = part.buy.hidden = lines.length === 0;
  keep(part.list, lines.map((line) => ({ key: line.checkout, make: () => lineOf(line, desk), update: (item) => showLine(item, line) })));
  part.another.textContent = lines.length ? t("Make another") : t("Make one");
  part.goods.textContent = lines.length ? total(lines) : "";
  if (!busy) part.status.textContent = lines.length ? t("Delivery, discounts and payment are on the shop’s next page.") : "";
}

function lineOf({ checkout, proof, title, picture_url: picture }, desk) {
  const id = uid("count");
  const image = h("img", { class: "cart-picture", alt: "", src: picture });
  const count = h("input", { id, type: "number", class: "input", inputmode: "numeric", min: 1, max: MOST, on: { change: () => number(desk, checkout, count) } });
  const look = h("button", { type: "button", class: "cart-look", on: { click: () => desk.onProof({ id: proof }) } }, image, h("span", { class: "visually-hidden" }, t("Look at the proof of {title}", { title })));
  const drop = h("button", { type: "button", class: "cart-drop", on: { click: () => remove(desk, checkout, title) } }, t("Remove"), h("span", { class: "visually-hidden" }, ` ${title}`));
  const what = h("div", { class: "cart-what" }, h("strong", {}, title), h("span", { class: "cart-price" }), h("span", { class: "cart-was", hidden: true }));
  return h("li", { class: "cart-line" }, look, what, h("div", { class: "cart-count" }, h("label", { for: id }, t("How many?")), count), drop);
}

function showLine(item, line) {
  const count = item.querySelector("input");
  if (count.getRootNode().activeElement !== count) count.value = line.quantity;
  item.querySelector(".cart-price").textContent = line.total.text;
  say(item.querySelector(".cart-was"), line.price_was && t("The price changed since: a piece was {price}.", { price: line.price_was.text }));
}

function number(desk, checkout, input) {
  const wanted = Math.round(Number(input.value));
  const right = wanted >= 1 && wanted <= MOST;
  input.setAttribute("aria-invalid", String(!right));
  say(desk.part.trouble, right ? "" : t("A whole number from 1 to {max}, please.", { max: MOST }));
  if (right) act(desk, (onTrouble) => desk.basket.change(checkout, wanted, onTrouble));
}

async function remove(desk, checkout, title) {
  await act(desk, (onTrouble) => desk.basket.remove(checkout, onTrouble));
  desk.part.status.textContent = t("{title} was removed.", { title });
  desk.part.title.focus();
}

async function checkOut(desk) {
  if (desk.leaving) return;
  desk.leaving = true;
  await act(desk, async (onTrouble) => {
    desk.part.status.textContent = t("Preparing the checkout…");
    const url = await desk.basket.checkoutUrl(onTrouble);
    desk.part.status.textContent = t("On to the checkout…");
    if (url) location.assign(url);
  });
  desk.leaving = false;
}

/** The basket does one thing after the other; what goes wrong is said above the cards. */
async function act(desk, what) {
  const { part } = desk;
  setBusy(desk, 1);
  say(part.trouble, "");
  try {
    await what((trouble) => (part.status.textContent = trouble?.message ?? ""));
  } catch (error) {
    say(part.trouble, error.message);
    part.status.textContent = "";
  }
  setBusy(desk, -1);
}

function setBusy(desk, change) {
  desk.busy += change;
  desk.part.buy.setAttribute("aria-disabled", String(desk.busy > 0));
  desk.part.buy.classList.toggle("is-busy", desk.busy > 0);
}

/** The lines' amounts, of one currency, in its smallest units. */
function total(lines) {
  const { currency } = lines[0].total;
  const sum = lines.reduce((all, line) => all + line.total.amount_minor, 0);
  const format = new Intl.NumberFormat(document.documentElement.lang || "en", { style: "currency", currency });
  return format.format(sum / 10 ** format.resolvedOptions().maximumFractionDigits);
}
