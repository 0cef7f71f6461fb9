// Keys for deciding on orders. Every key does what a link or a button on the page does; the page lists them.
// Nothing happens while somebody writes, or holds Ctrl, Alt or Meta.

const page = document.querySelector("[data-keys]");
const $ = (selector) => document.querySelector(selector);

const follow = (link) => link && link.click();

function step(items, by) {
  if (!items.length) return;
  const at = items.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + by, 0), items.length - 1);
  items[next].focus();
  items[next].scrollIntoView({ block: "nearest" });
}

function approve() {
  const button = $("#approve");
  if (!button || button.disabled) return;
  if (document.activeElement === button) button.click();
  else button.focus();
}

const pages = () => [...document.querySelectorAll(".proof-pages a")];
const ORDER = {
  j: () => follow($("#next")),
  k: () => follow($("#previous")),
  ArrowRight: () => step(pages(), 1),
  ArrowLeft: () => step(pages(), -1),
  a: approve,
  r: () => $("#reason")?.focus(),
  q: () => $("#question")?.focus(),
  u: () => follow($(".breadcrumbs a:last-of-type")),
};

let row = -1;
const rows = () => [...document.querySelectorAll("#result_list tbody tr")];
function go(by) {
  const all = rows();
  if (!all.length) return;
  all[row]?.classList.remove("current");
  row = Math.min(Math.max(row + by, 0), all.length - 1);
  all[row].classList.add("current");
  all[row].querySelector("th a")?.focus();
}

function chooseApprove() {
  const actions = $("select[name=action]");
  if (!actions) return;
  actions.value = "approve_selected";
  actions.focus();
}

const LIST = {
  j: () => go(1),
  k: () => go(-1),
  x: () => rows()[row]?.querySelector("input.action-select")?.click(),
  o: () => follow(rows()[row]?.querySelector("th a")),
  a: chooseApprove,
};

const keys = { order: ORDER, list: LIST }[page?.dataset.keys] ?? {};
keys["/"] = () => $("#find")?.focus();

document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (writing || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
