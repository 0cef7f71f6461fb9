// Keeps the page fresh and the buttons quick. Without this file every button still works as a plain form.
const live = document.getElementById("live");
const toast = document.querySelector(".toast");
let held = "";

function busy() {
  const active = document.activeElement;
  return document.hidden || (active && live.contains(active) && active.matches("input, select, textarea, button, a, summary"));
}

async function refresh(force) {
  if (!force && busy()) return;
  const open = new Set([...live.querySelectorAll("details[open]")].map(each => each.dataset.keep));
  const text = await (await fetch("/sandbox/?live=1")).text();
  if (text === held) return;
  held = text;
  live.innerHTML = text;
  for (const each of live.querySelectorAll("details")) each.open = open.has(each.dataset.keep);
}

function say(text) {
  toast.textContent = text;
  toast.hidden = false;
  setTimeout(() => { toast.hidden = true; }, 4000);
}

document.addEventListener("submit", async event => {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.ask && !confirm(form.dataset.ask)) return;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await fetch(event.submitter?.formAction || form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) { say((await answer.json()).error || "That did not work"); return; }
  if (form.classList.contains("fault")) { location.hash = "faults"; location.reload(); return; }
  document.activeElement.blur();
  await refresh(true);
});

setInterval(() => refresh(false).catch(() => {}), 1500);
