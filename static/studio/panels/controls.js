import { h, icon, uid } from "../dom.js";
import { t } from "../text.js";

/** A labelled group of choices where one is on: native radio buttons, so keys and screen readers know what to do. */
export function choices({ label, name, className = "", onPick }) {
  const row = h("div", { class: `choices ${className}` });
  const element = h("fieldset", { class: "group" }, h("legend", {}, label), row);
  const group = uid(name);
  let signature = "";

  const update = (options, value) => {
    const wanted = JSON.stringify(options.map((option) => option.value));
    if (wanted !== signature) {
      signature = wanted;
      row.replaceChildren(...options.map((option) => radio(group, option, onPick)));
    }
    for (const input of row.querySelectorAll("input")) input.checked = input.value === String(value ?? "");
  };
  return { element, update };
}

function radio(group, option, onPick) {
  const input = h("input", { type: "radio", name: group, value: option.value, on: { change: () => onPick(option.value) } });
  return h("label", { class: "choice", title: option.hint }, input, h("span", { class: "choice-face" }, option.face ?? option.title));
}

/** Text with its label, a hint, and what is wrong with it. `update` leaves alone what is being typed. */
export function textField({ label, hint = "", rows = 3, max, onInput }) {
  const id = uid("field");
  const area = h("textarea", {
    id,
    rows,
    class: "input",
    "aria-describedby": `${id}-note ${id}-bad`,
    on: { input: () => (count(), onInput(area.value)) },
  });
  const counter = h("span", { class: "counter", dir: "ltr" });
  const bad = h("p", { class: "bad", id: `${id}-bad`, role: "alert" });
  const note = h("p", { class: "hint", id: `${id}-note` }, h("span", {}, hint), counter);
  const element = h("div", { class: "field" }, h("label", { for: id, class: "label" }, label), area, note, bad);

  function count() {
    if (max) counter.textContent = `${area.value.length} / ${max}`;
    counter.classList.toggle("is-over", max && area.value.length > max);
  }
  const update = (value, problem = "") => {
    if (area.value !== value && area.getRootNode().activeElement !== area) area.value = value;
    count();
    if (bad.textContent !== problem) bad.textContent = problem;
    area.setAttribute("aria-invalid", String(Boolean(problem)));
  };
  return { element, update, area, setLabel: (text) => (element.firstElementChild.textContent = text) };
}

export function slider({ label, min, max, step, onInput, say }) {
  const id = uid("slider");
  const input = h("input", { type: "range", id, min, max, step, class: "slider", on: { input: () => onInput(Number(input.value)) } });
  const value = h("output", { for: id, class: "slider-value" });
  const element = h("div", { class: "slider-row" }, h("label", { for: id }, label), input, value);
  const update = (current) => {
    if (Number(input.value) !== current) input.value = current;
    value.textContent = say(current);
    input.setAttribute("aria-valuetext", say(current));
  };
  return { element, update };
}

export function button({ text, iconName, className = "", onPress }) {
  const words = h("span", {}, text);
  const element = h("button", { type: "button", class: `button ${className}`, on: { click: onPress } }, iconName && icon(iconName), words);
  const update = ({ text: next, disabled = false, busy = false }) => {
    if (next !== undefined && words.textContent !== next) words.textContent = next;
    // Disabled buttons lose the focus; a busy one keeps it, so that a keyboard user is not thrown back to the top.
    element.disabled = disabled && !busy;
    element.setAttribute("aria-disabled", String(disabled || busy));
    element.classList.toggle("is-busy", busy);
  };
  return { element, update };
}

export function meter(label) {
  const fill = h("span");
  const bar = h("div", { class: "meter", role: "progressbar", "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100" }, fill);
  const text = h("p", { class: "meter-text" });
  const element = h("div", { class: "progress" }, bar, text);
  const update = (percent, words) => {
    bar.setAttribute("aria-valuenow", Math.round(percent));
    bar.setAttribute("aria-valuetext", `${Math.round(percent)}%. ${words}`);
    fill.style.setProperty("--value", `${Math.max(percent, 3)}%`);
    text.replaceChildren(h("strong", {}, `${Math.round(percent)}%`), ` ${words}`);
  };
  return { element, update };
}

export const until = (iso) =>
  iso ? t("More from {when}.", { when: new Intl.DateTimeFormat(document.documentElement.lang || "en", { dateStyle: "medium" }).format(new Date(iso)) }) : "";
