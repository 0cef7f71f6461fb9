import { h, icon } from "../dom.js";
import { savingText } from "../saver.js";
import { t } from "../text.js";

/** The name of the work, whether it is saved, and the formats it can have. */
export function titleBar({ store, actions, label, placeholder, choose }) {
  const title = h("input", { class: "title", "aria-label": label, placeholder, maxlength: 80, on: { change: () => actions.rename(title.value.trim()) } });
  const status = h("span", { class: "saving", role: "status" });
  const formats = h("div", { class: "formats", role: "group", "aria-label": choose });
  const element = h("div", { class: "bar", hidden: true }, h("div", { class: "bar-title" }, title, status), formats);
  const update = (state) => {
    element.hidden = !state.ready;
    if (title.getRootNode().activeElement !== title) title.value = state.title;
    title.placeholder = state.design?.name || placeholder;
    if (status.textContent !== savingText(state.saving)) status.textContent = savingText(state.saving);
    status.dataset.saving = state.saving;
    if (formats.childElementCount !== state.formats.length) formats.replaceChildren(...state.formats.map((format) => formatButton(format, actions)));
    for (const button of formats.children) button.setAttribute("aria-pressed", String(button.value === state.format));
  };
  return { element, update, formats };
}

function formatButton(format, actions) {
  const sign = h("span", { class: `format-sign fold-${format.fold}`, "aria-hidden": "true", vars: { "--format-aspect": String(format.width_mm / format.height_mm) } });
  return h("button", { type: "button", class: "format", value: format.code, on: { click: () => actions.setFormat(format.code) } }, sign, shortTitle(format));
}

/** "Folded card, 5 × 7 in" is "Folded card" where there is one size; "Wall calendar, square, …" is "Square". */
export function shortTitle(format) {
  const [first, second] = format.title.split(",").map((part) => part.trim());
  return format.kind === "calendar" && second ? second.charAt(0).toUpperCase() + second.slice(1) : first;
}

/** `steps` are [name, sign, title]; `go(name)` opens one. */
export function stepBar(steps, go) {
  const buttons = steps.map(([name, sign, title], index) =>
    h("button", { type: "button", class: "step", value: name, on: { click: () => go(name) } }, h("span", { class: "step-number", "aria-hidden": "true" }, String(index + 1)), icon(sign), h("span", {}, t(title))),
  );
  const element = h("nav", { class: "steps", "aria-label": t("Steps"), hidden: true, vars: { "--steps": String(steps.length) } }, h("ol", {}, buttons.map((button) => h("li", {}, button))));
  const update = (state) => {
    element.hidden = !state.ready;
    for (const button of buttons) {
      if (button.value === state.step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
  };
  return { element, update };
}

/** The button at the end of a step. It may vanish under the finger, so the focus goes to the step that is now open. */
export function nextButton(store, steps, goOn) {
  const words = h("span");
  const element = h("button", {
    type: "button",
    class: "button next wide",
    on: {
      click: () => {
        goOn();
        store.addEventListener("change", () => steps.element.querySelector('[aria-current="step"]')?.focus(), { once: true });
      },
    },
  }, words, icon("after"));
  return { element, words };
}

export const stepAfter = (steps, step) => steps[steps.findIndex(([name]) => name === step) + 1]?.[0] ?? step;
