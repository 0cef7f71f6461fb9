import { h, uid } from "../dom.js";
import { finalOf, formatOf, isRunning, pageOf, pickOf, positionsOf, unwritten } from "../store.js";
import { t } from "../text.js";
import { button, meter, until } from "./controls.js";
import { countryOptions } from "./countries.js";
import { runText } from "./progress.js";

/** The last step: print quality, where it goes, and on to the proof. */
export function finishPanel({ store, actions, onProof }) {
  const list = h("ul", { class: "checklist" });
  const finalize = button({ text: t("Make it print quality"), iconName: "star", className: "primary wide", onPress: () => actions.finalize() });
  const bar = meter(t("Progress of the print-quality pictures"));
  const note = h("p", { class: "hint" });
  const country = countrySelect(store);
  const price = h("p", { class: "price" });
  const proof = button({ text: t("See the proof"), className: "primary wide", onPress: () => request(store, actions, onProof) });
  const second = h("div", { class: "stack" }, country.element, price, proof.element, h("p", { class: "hint" }, t("The proof is the very file that goes to the press. You check it before you pay anything.")));
  const element = h("section", { class: "panel finish", "aria-label": t("Finish") }, h("h2", {}, t("Your card")), list, finalize.element, bar.element, note, second);

  const update = (state) => {
    element.hidden = state.step !== "finish";
    if (element.hidden) return;
    list.replaceChildren(...positionsOf(state).map((side) => row(side, state)));
    const { open, ready } = standing(state);
    const running = isRunning(state.run) && state.run.stage === "final";
    const { final } = state.usage;
    const refused = final && !final.allowed;
    finalize.element.hidden = open === 0;
    finalize.update({ disabled: refused || (isRunning(state.run) && !running), busy: running });
    bar.element.hidden = !running;
    if (running) bar.update(state.run.progress ?? 0, runText(state.run));
    note.textContent = open === 0 ? "" : refused ? `${final.reason} ${until(final.resets_at)}` : t("Each chosen picture is drawn again, larger and with more detail.");
    second.hidden = !ready;
    country.update(state.country);
    price.textContent = priceText(formatOf(state));
    proof.update({ busy: state.proofBusy, text: state.proofBusy ? t("Preparing the proof…") : t("See the proof") });
  };
  return { element, update };
}

/** How many picks still lack their print-quality picture, and whether there is anything to print at all. */
function standing(state) {
  const positions = positionsOf(state).map(({ position }) => position);
  const open = positions.filter((position) => pickOf(state, position) && !finalOf(state, position)).length;
  const some = positions.some((position) => pickOf(state, position) || pageOf(state, position).words);
  return { open, ready: some && open === 0 && Boolean(state.design) };
}

function row({ position, title }, state) {
  const problem = unwritten(state, [{ position, title }])?.problem;
  const [text, good] = problem ? [problem, false] : rowText(position, state);
  return h("li", { class: good ? "is-good" : "" }, h("strong", {}, title), h("span", {}, text));
}

function rowText(position, state) {
  const words = Boolean(pageOf(state, position).words);
  if (finalOf(state, position)) return [words ? t("Print-quality picture and words") : t("Print-quality picture"), true];
  if (pickOf(state, position)) return [t("Picture chosen, not in print quality yet"), false];
  if (position === "front") return [words ? t("Words, and still needs a picture") : t("Empty: choose a picture first"), false];
  return [words ? t("Words") : t("Stays blank"), true];
}

function countrySelect(store) {
  const id = uid("country");
  const select = h("select", { id, class: "input", on: { change: () => store.set({ country: select.value }) } }, countryOptions());
  const element = h("div", { class: "field" }, h("label", { for: id, class: "label" }, t("Where will it be sent?")), select);
  return { element, update: (value) => (select.value = value) };
}

const priceText = (format) => (format.price ? t("{price} a card. Postage is added at the checkout.", { price: format.price.text }) : "");

async function request(store, actions, onProof) {
  if (store.state.proofBusy) return;
  const proof = await actions.requestProof(store.state.country);
  if (proof) onProof(proof);
}
