import { Api, pressKey } from "../studio/api.js";
import { h } from "../studio/dom.js";
import { insist } from "../studio/poll.js";
import { moment, t } from "../studio/text.js";
import { parts, say } from "../site/parts.js";
import { beside, busy, tellNext } from "./forms.js";
import { ownProducts } from "./own.js";

const root = document.querySelector("[data-products]");
const part = parts(root);
const api = new Api();
const address = (id) => root.dataset.briefPath.replace("{id}", id);
let next = "product-briefs/";

part.form.addEventListener("submit", takeIn);
part["sheet-form"].addEventListener("submit", takeSheet);
part.more.addEventListener("click", list);
list();
ownProducts({ api, part, address, format: () => part.form.elements.format.value, reload });

async function takeIn(event) {
  event.preventDefault();
  const { name, description, format } = part.form.elements;
  const button = busy(part.form, true);
  const key = pressKey();
  try {
    const body = { name: name.value, description: description.value, format: format.value };
    const { data } = await insist(() => api.post("product-briefs/", body, { key }));
    tellNext(data.notices);
    location.assign(address(data.id));
  } catch (error) {
    button.disabled = false;
    beside(part.form, part, error, ["name", "description"]);
  }
}

async function takeSheet(event) {
  event.preventDefault();
  const { file } = part["sheet-form"].elements;
  say(part["error-file"], "");
  if (!file.files.length) return say(part["error-file"], t("Choose a file first."));
  const button = busy(part["sheet-form"], true);
  try {
    const { data } = await api.send("product-briefs/sheet/", file.files[0]);
    part["sheet-result"].hidden = false;
    part["sheet-result"].replaceChildren(...summary(data));
    await reload();
  } catch (error) {
    beside(part["sheet-form"], part, error, ["file"]);
  } finally {
    button.disabled = false;
  }
}

async function reload() {
  part.list.replaceChildren();
  next = "product-briefs/";
  await list();
}

function* summary({ briefs, known, refused }) {
  yield h("p", {}, t("New products: {count}. Here already: {known}.", { count: briefs.length, known }));
  if (!refused.length) return;
  yield h("p", {}, t("These lines were left out:"));
  yield h("ul", {}, refused.map(({ line, message }) => h("li", {}, t("Line {line}: {message}", { line, message }))));
}

async function list() {
  try {
    const { data } = await api.get(next);
    part.list.append(...data.results.map(entry));
    next = data.next;
    part.more.hidden = !next;
    part.empty.hidden = part.list.children.length > 0;
  } catch (error) {
    say(part.trouble, error.message);
  }
}

function entry(brief) {
  return h(
    "li",
    {},
    h("a", { href: address(brief.id) }, brief.name),
    h("span", { class: "muted small" }, [brief.source_key.startsWith("text:") ? "" : brief.source_key, moment(brief.created_at)].filter(Boolean).join(" · ")),
  );
}
