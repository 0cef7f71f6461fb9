import { h, icon, keep, uid } from "../dom.js";
import { t } from "../text.js";
import { calendarOf, monthName } from "./months.js";

const LAST_YEAR = 2040;
const YEARS = 6;
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MAX_DATES = 60;

/** Which year, whose language and holidays, and the days that matter to this person. */
export function yearPanel({ store, actions }) {
  const set = (patch) => actions.edit("calendar", patch);
  const now = new Date().getFullYear();
  const year = select(t("Year"), (value) => set({ year: Number(value) }));
  const start = select(t("First month"), (value) => set({ start_month: Number(value) }));
  const week = select(t("Weeks begin on"), (value) => set({ week_start: Number(value) }));
  const locale = select(t("Language"), (value) => set({ locale: value }));
  const country = select(t("Public holidays"), (value) => set({ holidays: value }));
  const region = select(t("Region"), (value) => set({ holidays: value }));
  const look = select(t("Look of the months"), (value) => set({ look: value }));
  const numbers = h("input", { type: "checkbox", on: { change: () => set({ week_numbers: numbers.checked }) } });
  const leaf = h("div", { class: "leaf-mini", "aria-hidden": "true" });
  const dates = datesEditor(store, actions, set);
  const bad = h("p", { class: "bad", role: "alert" });
  const element = h("section", { class: "sheet year", "aria-label": t("The year") },
    h("h2", {}, t("The year")), leaf,
    h("div", { class: "year-fields" }, year.element, start.element, week.element, locale.element, country.element, region.element, look.element, h("label", { class: "check" }, numbers, t("Number the weeks"))), bad, dates.element);

  const update = (state) => {
    const calendar = calendarOf(state);
    const years = Array.from({ length: YEARS }, (_, index) => now + index).filter((value) => value <= LAST_YEAR);
    year.update([...new Set([...years, calendar.year])].sort().map((value) => [value, String(value)]), calendar.year);
    start.update(LONGEST.map((_, index) => [index + 1, monthName(index + 1)]), calendar.start_month);
    const { choices } = state;
    week.update(pairs(choices?.week_starts, calendar.week_start), calendar.week_start);
    locale.update(pairs(choices?.locales, calendar.locale), calendar.locale);
    look.update(pairs(choices?.looks, calendar.look), calendar.look);
    numbers.checked = Boolean(calendar.week_numbers);
    const [code] = calendar.holidays.split("-");
    country.update([["", t("None")], ...pairs(choices?.countries, code)], code);
    if (code) actions.loadRegions(code);
    const regions = state.regions[code] ?? [];
    region.element.hidden = regions.length === 0;
    region.update([[code, t("Only those of the whole country")], ...pairs(regions)], calendar.holidays);
    dates.update(calendar.dates);
    drawLeaf(leaf, calendar);
    const problems = ["year", "start_month", "week_start", "locale", "holidays", "look", "week_numbers", "dates"].map((field) => state.problems[`calendar.${field}`]).filter(Boolean);
    if (bad.textContent !== problems.join(" ")) bad.textContent = problems.join(" ");
  };
  return { element, update };
}

/** Choices as the server lists them; before they are here, the one that is saved. */
const pairs = (entries, saved) => (entries ?? (saved === undefined || saved === "" ? [] : [{ code: saved, title: String(saved) }])).map(({ code, title }) => [code, title]);

function select(label, onPick) {
  const id = uid("choice");
  const field = h("select", { id, class: "input", on: { change: () => onPick(field.value) } });
  const element = h("div", { class: "field" }, h("label", { for: id, class: "label" }, label), field);
  let signature = "";
  const update = (options, value) => {
    if (signature !== JSON.stringify(options)) {
      signature = JSON.stringify(options);
      field.replaceChildren(...options.map(([code, title]) => h("option", { value: String(code) }, title)));
    }
    if (field.value !== String(value)) field.value = String(value);
  };
  return { element, update };
}

/** The first sheet in small: how weeks begin and where the own dates fall. */
function drawLeaf(leaf, calendar) {
  const { year, start_month: month, week_start: first, locale, dates } = calendar;
  const signature = JSON.stringify([year, month, first, locale, dates]);
  if (leaf.dataset.of === signature) return;
  leaf.dataset.of = signature;
  const name = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(Date.UTC(year, month - 1, 1)));
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "narrow", timeZone: "UTC" });
  // 1 January 2024 was a Monday, and weeks count from Monday = 0.
  const heads = Array.from({ length: 7 }, (_, index) => h("b", {}, weekday.format(new Date(Date.UTC(2024, 0, 1 + ((first + index) % 7))))));
  const blanks = ((new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6 - first + 7) % 7);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const marked = new Set(dates.filter((date) => date.month === month).map((date) => date.day));
  leaf.replaceChildren(h("p", { class: "leaf-name" }, name), h("div", { class: "leaf-grid" }, heads, Array.from({ length: blanks }, () => h("i")), Array.from({ length: days }, (_, day) => h("span", { class: marked.has(day + 1) ? "is-marked" : "" }, String(day + 1)))));
}

function datesEditor(store, actions, set) {
  const month = select(t("Month"), () => fitDays());
  const day = select(t("Day"), () => {});
  const id = uid("label");
  const label = h("input", { id, class: "input", maxlength: 40, autocomplete: "off", placeholder: t("Grandma’s birthday"), value: actions.recall().day ?? "", on: { input: () => actions.remember({ day: label.value }) } });
  const add = h("button", { type: "submit", class: "button small quiet" }, icon("plus"), t("Add this day"));
  const bad = h("p", { class: "bad", role: "alert" });
  const list = h("ul", { class: "dates" });
  const form = h("form", { class: "date-form" }, month.element, day.element, h("div", { class: "field date-label" }, h("label", { for: id, class: "label" }, t("What is on this day?")), label), add, bad);
  const element = h("details", { class: "fold-away dates-fold", open: true }, h("summary", {}, t("Birthdays and other days")), list, form);
  const monthField = month.element.querySelector("select");
  const dayField = day.element.querySelector("select");
  month.update(LONGEST.map((_, index) => [index + 1, monthName(index + 1)]), 1);
  const fitDays = () => day.update(Array.from({ length: LONGEST[monthField.value - 1] }, (_, index) => [index + 1, String(index + 1)]), Math.min(dayField.value || 1, LONGEST[monthField.value - 1]));
  fitDays();
  const dates = () => calendarOf(store.state).dates;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = label.value.trim();
    bad.textContent = !words ? t("Write what is on this day.") : dates().length >= MAX_DATES ? t("{max} days are the most.", { max: MAX_DATES }) : "";
    if (bad.textContent) return label.focus();
    const wanted = [...dates(), { month: Number(monthField.value), day: Number(dayField.value), label: words }];
    set({ dates: wanted.sort((one, other) => one.month - other.month || one.day - other.day) });
    label.value = "";
    actions.remember({ day: "" });
    return label.focus();
  });
  const update = (entries) =>
    keep(list, entries.map((entry, index) => ({ key: `${index} ${JSON.stringify(entry)}`, make: () => dateRow(entry, () => (set({ dates: dates().filter((_, at) => at !== index) }), label.focus())) })));
  return { element, update };
}

function dateRow({ month, day, label }, onRemove) {
  const when = new Intl.DateTimeFormat(document.documentElement.lang || "en", { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(Date.UTC(2024, month - 1, day)));
  return h("li", { class: "date" }, h("strong", {}, when), h("span", {}, label), h("button", { type: "button", class: "print-act", "aria-label": t("Remove {label}", { label }), on: { click: onRemove } }, icon("cross")));
}
