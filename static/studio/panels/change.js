import { h } from "../dom.js";
import { isRunning, pageOf, pickOf } from "../store.js";
import { t } from "../text.js";
import { button, textField, until } from "./controls.js";

const MAX = 300;

function ideas() {
  return [t("Warmer colors"), t("At night"), t("More snow"), t("Fewer things"), t("Add flowers"), t("Softer light"), t("Closer up"), t("More sky")];
}

/** Ask for a change to the picture on the page: a press on an idea, or own words. A `needed` picture cannot be taken off. */
export function changePanel({ store, actions, needed = false }) {
  let instruction = "";
  let told = "";
  const send = () => {
    const pick = pickOf(store.state);
    if (pick && instruction.trim()) actions.revise(store.state.position, pick, instruction.trim());
  };
  const field = textField({ label: t("Change it"), hint: t("Say what should be different. You keep this picture too."), rows: 2, max: MAX, onInput: (value) => take(value) });
  const chips = h(
    "div",
    { class: "chips", role: "group", "aria-label": t("Ideas for a change") },
    ideas().map((idea) => h("button", { type: "button", class: "chip", on: { click: () => add(idea) } }, idea)),
  );
  const press = button({ text: t("Make the change"), iconName: "brush", className: "wide", onPress: send });
  const allowance = h("p", { class: "hint" });
  const clear = button({ text: t("Take the picture off this side"), className: "small quiet", onPress: () => actions.clearPick(store.state.position) });
  const element = h("div", { class: "change" }, field.element, chips, press.element, allowance, clear.element);

  function take(value) {
    instruction = value;
    told = "";
    store.set({});
  }
  function add(idea) {
    take(instruction.trim() ? `${instruction.trim()}, ${idea.toLowerCase()}` : idea);
    field.area.value = instruction;
  }
  let changing = false;
  const update = (state) => {
    const pick = pickOf(state);
    if (changing && !state.run && !state.trouble) instruction = field.area.value = "";
    changing = state.run?.stage === "revision";
    element.hidden = !pick;
    if (!pick) return;
    const { revision } = state.usage;
    const refused = revision && !revision.allowed;
    // What was changed in the wish stays to be read when its pictures are here, until the next one is written.
    if (state.run?.stage === "revision" && state.run.notices?.length) told = state.run.notices.join(" ");
    field.update(instruction, state.problems[`${state.position}.instruction`] ?? told);
    press.update({ disabled: refused || !instruction.trim() || instruction.length > MAX, busy: isRunning(state.run) });
    allowance.textContent = refused ? `${revision.reason} ${until(revision.resets_at)}` : "";
    clear.element.hidden = needed || pageOf(state).picks.length === 0;
  };
  return { element, update };
}
