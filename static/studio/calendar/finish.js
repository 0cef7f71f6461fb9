import { h, keep, uid } from "../dom.js";
import { adopt } from "../styles/sheet.js";
import { button } from "../panels/controls.js";
import { countryOptions } from "../panels/countries.js";
import { shortTitle } from "../panels/frame.js";
import { pageOf, pickOf } from "../store.js";
import { wallSheet } from "../styles/wall.js";
import { t } from "../text.js";
import { calendarOf, missing, monthName, positions, titleOf } from "./months.js";

const MM_PER_INCH = 25.4;

/** Step 5: which shape, where it goes, what it costs, and on to the proof. */
export function finishStep({ store, actions, root, onProof }) {
  adopt(root, wallSheet());
  const shapes = h("div", { class: "shapes", role: "radiogroup", "aria-label": t("Shape of the calendar") });
  const list = h("ul", { class: "checklist" });
  const country = countrySelect(store);
  const bill = h("dl", { class: "bill" });
  const note = h("p", { class: "hint plain" });
  const proof = button({ text: t("See the proof"), className: "primary wide", onPress: () => request(store, actions, onProof) });
  const element = h("section", { class: "cal-finish", "aria-label": t("Finish") },
    h("div", { class: "cal-head" }, h("h2", { class: "cal-title" }, t("Choose the shape")), h("p", { class: "cal-lead" }, t("The same pictures fit all three: each shape has its own crop."))),
    shapes,
    h("div", { class: "sheet finish-desk" }, h("h2", {}, t("Your calendar")), list, country.element, bill, proof.element, note));

  const update = (state) => {
    keep(shapes, state.formats.map((format) => ({ key: format.code, make: () => shape(format, actions), update: (item) => showShape(item, state, format) })));
    list.replaceChildren(...checks(state).map(([name, text, good]) => h("li", { class: good ? "is-good" : "" }, h("strong", {}, name), h("span", {}, text))));
    country.update(state.country);
    bill.replaceChildren(...lines(state).map(([name, amount, total]) => h("div", { class: total ? "is-total" : "" }, h("dt", {}, name), h("dd", {}, amount))));
    const open = missing(state).length;
    proof.update({ busy: state.proofBusy, disabled: open > 0, text: state.proofBusy ? t("Preparing the proof…") : t("See the proof") });
    note.textContent = open ? t("{count} pages still need a picture.", { count: open }) : t("The proof shows all thirteen pages, decoded from the very files that go to the press. You check it before you pay anything.");
  };
  return { element, update };
}

function shape(format, actions) {
  const image = h("img", { alt: "", loading: "lazy" });
  const size = [format.width_mm, format.height_mm];
  const inches = size.map((mm) => new Intl.NumberFormat(document.documentElement.lang || "en", { maximumFractionDigits: 1 }).format(mm / MM_PER_INCH));
  const input = h("input", { type: "radio", name: "shape", value: format.code, on: { change: () => actions.setFormat(format.code) } });
  const small = h("div", { class: "shape-wall", "aria-hidden": "true", vars: { "--aspect": String(size[0] / size[1]) } }, h("span", { class: "wall-nail" }), h("div", { class: "wall-wire" }), h("div", { class: "shape-page" }, image));
  return h("label", { class: "shape" }, input, h("span", { class: "shape-face" }, small, h("strong", {}, shortTitle(format)), h("span", { class: "hint shape-size" }, h("span", {}, t("{width} × {height} in", { width: inches[0], height: inches[1] })), h("span", {}, t("{wide} × {high} cm", { wide: Math.round(size[0] / 10), high: Math.round(size[1] / 10) }))), format.price && h("span", { class: "shape-price" }, format.price.text)));
}

function showShape(item, state, format) {
  item.querySelector("input").checked = state.format === format.code;
  const page = state.walls[format.code]?.[positions(state)[1]] ?? state.walls[format.code]?.cover;
  const source = page?.url ?? pickOf(state, "month-01")?.thumb_url ?? "";
  const image = item.querySelector("img");
  if (page) item.querySelector(".shape-wall").style.setProperty("--aspect", String(page.width / page.height));
  image.hidden = !source;
  if (source && image.dataset.of !== source) Object.assign(image, { src: source }).dataset.of = source;
}

function checks(state) {
  const calendar = calendarOf(state);
  const open = missing(state);
  const first = `${monthName(calendar.start_month)} ${calendar.year}`;
  const months = calendar.start_month === 1 ? t("All of {year}", { year: calendar.year }) : t("From {month}, twelve months", { month: first });
  const style = pageOf(state, "cover").words;
  return [
    [t("Year"), months, true],
    [t("Pictures"), open.length ? t("Missing: {months}", { months: open.map((position) => titleOf(position, calendar, "short")).join(", ") }) : t("All 13"), !open.length],
    [t("Cover"), style || t("Without words"), true],
    [t("Own dates"), calendar.dates.length ? (calendar.dates.length === 1 ? t("One day") : t("{count} days", { count: calendar.dates.length })) : t("None"), true],
  ];
}

/** The item. Shipping and total hang on the supplier that the proof is made for, so the proof tells them. */
function lines(state) {
  const price = state.formats.find(({ code }) => code === state.format)?.price;
  const rows = price ? [[t("One calendar"), price.text]] : [];
  if (price) rows.push([t("Shipping and total"), t("With the proof, for your country")]);
  return rows;
}

function countrySelect(store) {
  const id = uid("country");
  const select = h("select", { id, class: "input", on: { change: () => store.set({ country: select.value }) } }, countryOptions());
  const element = h("div", { class: "field" }, h("label", { for: id, class: "label" }, t("Where will it be sent?")), select);
  return { element, update: (value) => (select.value = value) };
}

async function request(store, actions, onProof) {
  if (store.state.proofBusy) return;
  const proof = await actions.requestProof(store.state.country);
  if (proof) onProof(proof);
}
