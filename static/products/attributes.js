import { debounce, h, uid } from "../studio/dom.js";
import { t } from "../studio/text.js";
import { say } from "../site/parts.js";

const FIELDS = [
  ["category", t("What it is"), false],
  ["materials", t("Materials"), true],
  ["colors", t("Colors"), true],
  ["features", t("Features"), true],
  ["audience", t("For whom"), false],
];
const PAUSE_MS = 700;

/** What was read out of the description, to correct; saved while somebody types. */
export function attributesForm(bench) {
  const { api, part, path } = bench;
  const fields = FIELDS.map(([name, title, many]) => field(name, title, many));
  part.attributes.replaceChildren(...fields.map(({ element }) => element));
  part.attributes.addEventListener("submit", (event) => event.preventDefault());
  const save = debounce(send, PAUSE_MS);
  part.attributes.addEventListener("input", save);

  async function send() {
    const attributes = Object.fromEntries(fields.filter(({ changed }) => changed()).map(({ name, value }) => [name, value()]));
    if (!Object.keys(attributes).length) return;
    part.saved.textContent = t("Saving…");
    try {
      const { data } = await api.patch(path, { attributes });
      for (const { fail } of fields) fail("");
      part.saved.textContent = t("Saved. Pictures not drawn yet follow it.");
      bench.show(data);
    } catch (error) {
      part.saved.textContent = "";
      for (const { name, fail } of fields) fail(error.beside?.(name) ?? "");
      bench.fail(Object.keys(error.details ?? {}).length ? null : error);
    }
  }

  return (brief) => fields.forEach(({ show }) => show(brief));
}

function field(name, title, many) {
  const id = uid("attribute");
  const input = h("input", { id, name, maxlength: 400, autocomplete: "off", "aria-describedby": `${id}-error` });
  const error = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  let stored = "";
  const text = (value) => (many ? value.join(", ") : value);
  const value = () => (many ? input.value.split(",").map((word) => word.trim()).filter(Boolean) : input.value.trim());
  return {
    name,
    element: h("div", { class: "field" }, h("label", { for: id }, title), input, error),
    value,
    changed: () => text(value()) !== stored,
    fail: (words) => say(error, words),
    show(brief) {
      stored = text(brief.attributes[name]);
      if (document.activeElement !== input) input.value = stored;
    },
  };
}
