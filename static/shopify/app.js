// The embedded page: every form is sent with a fresh session token, and says beside itself what came of it.
// Nothing typed is ever thrown away: a form keeps its values whatever the answer is.

const main = document.getElementById("main");
const toast = document.getElementById("toast");
const WAIT_MS = 20_000; // by then a slow network is a broken one
const NOT_SAVED = "Not saved. Your change is still here; please try again.";

for (const form of main.querySelectorAll("form[data-save]")) {
  form.saved = read(form);
  form.addEventListener("input", () => mark(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form);
  });
}
for (const button of main.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button));
for (const button of main.querySelectorAll("[data-download]")) button.addEventListener("click", () => download(button));
for (const button of main.querySelectorAll("[data-check]")) button.addEventListener("click", () => check(button));
for (const button of main.querySelectorAll("[data-allow]")) button.addEventListener("click", () => allow(button));
window.addEventListener("beforeunload", (event) => {
  if (main.querySelector("form[data-dirty]")) event.preventDefault();
});

/** What the form says, by name: lines of a text as a list, a switch as true or false. */
function read(form) {
  const said = {};
  for (const field of form.elements) {
    if (!field.name || (field.type === "radio" && !field.checked)) continue;
    if (field.type === "checkbox") said[field.name] = field.checked;
    else if ("lines" in field.dataset) said[field.name] = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    else said[field.name] = field.value.trim();
  }
  return said;
}

/** Only what is not saved yet. */
function changes(form) {
  const now = read(form);
  const names = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(form.saved[name]));
  return Object.fromEntries(names.map((name) => [name, now[name]]));
}

function mark(form) {
  const dirty = Object.keys(changes(form)).length > 0;
  form.toggleAttribute("data-dirty", dirty);
  say(form, dirty ? "Not saved yet" : "");
  complain(form, {});
}

async function save(form) {
  const changed = changes(form);
  if (!Object.keys(changed).length) {
    say(form, "Nothing to save.");
    return;
  }
  busy(form, true);
  say(form, "Saving …");
  try {
    const answer = await ask(form.dataset.method, form.dataset.save, changed);
    if (answer.ok) saved(form, changed, await answer.json());
    else refused(form, await problem(answer));
  } catch {
    say(form, `No connection. ${NOT_SAVED}`, "bad");
  } finally {
    busy(form, false);
  }
}

function saved(form, changed, answer) {
  Object.assign(form.saved, changed);
  if ("format" in form.dataset) showFormat(form, answer);
  for (const name of ["allowed_origins", "own_brands"].filter((name) => name in answer)) {
    form.elements[name].value = answer[name].join("\n");
    form.saved = read(form);
  }
  mark(form);
  if (!form.hasAttribute("data-dirty")) say(form, "Saved.", "good");
  tell("Saved");
}

function showFormat(form, row) {
  const left = form.querySelector("[data-left]");
  left.textContent = row.left || "–";
  left.classList.toggle("loses", row.loses);
  form.querySelector("[data-note]").textContent = row.note;
  // The shop's own spelling of what was typed, unless more has been typed meanwhile.
  if (form.elements.price.value.trim() === form.saved.price) form.elements.price.value = form.saved.price = row.price;
}

function refused(form, error) {
  complain(form, error.details);
  const first = form.querySelector('[aria-invalid="true"]');
  say(form, first ? "Not saved: please look at what is marked." : `${error.message} ${NOT_SAVED}`, "bad");
  first?.focus();
}

/** Put each message beside its field; what is not named is fine again. */
function complain(form, details) {
  for (const place of form.querySelectorAll("[data-error]")) {
    const field = form.elements[place.dataset.error];
    const messages = [details?.[place.dataset.error] ?? []].flat(2).filter((each) => typeof each === "string");
    place.textContent = messages.join(" ");
    for (const each of field instanceof RadioNodeList ? field : [field]) {
      if (messages.length) each.setAttribute("aria-invalid", "true");
      else each.removeAttribute("aria-invalid");
    }
  }
}

/** A call with a fresh session token; once more with another when the first was too old. */
async function ask(method, path, body) {
  for (let tries = 0; ; tries += 1) {
    const headers = { Authorization: `Bearer ${await shopify.idToken()}`, Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    const signal = AbortSignal.timeout(WAIT_MS);
    const answer = await fetch(main.dataset.api + path, { method, headers, signal, body: body && JSON.stringify(body) });
    if (answer.status !== 401 || !answer.headers.get("X-Shopify-Retry-Invalid-Session-Request") || tries) return answer;
  }
}

async function problem(answer) {
  try {
    return (await answer.json()).error;
  } catch {
    return { message: "The server did not answer as it should.", details: {} };
  }
}

async function check(button) {
  const place = button.parentElement;
  busy(place, true);
  say(place, "Asking Shopify …");
  try {
    const answer = await ask("POST", "connection/");
    if (answer.ok) showConnection(place, await answer.json());
    else say(place, (await problem(answer)).message, "bad");
  } catch {
    say(place, "No connection. Please try again.", "bad");
  } finally {
    busy(place, false);
  }
}

/** Ask the merchant, in Shopify's own window, for what we can do without. */
async function allow(button) {
  const place = button.parentElement;
  busy(place, true);
  say(place, "Shopify asks you …");
  try {
    const answer = await shopify.scopes.request([button.dataset.allow]);
    const told = await ask("POST", "connection/");
    if (!told.ok) throw new Error(String(told.status));
    const { settles } = await told.json();
    if (settles) showSettles(button);
    say(place, settles ? "Allowed." : answer.result === "declined-all" ? "Nothing was changed." : "Not allowed yet.", settles ? "good" : "");
  } catch {
    say(place, "Shopify did not answer. Please try again.", "bad");
  } finally {
    busy(place, false);
  }
}

function showSettles(button) {
  document.querySelector("[data-settles]").textContent = "Allowed: our staff can cancel and refund an order they cannot print.";
  button.hidden = true;
}

function showConnection(place, found) {
  document.getElementById("missing").hidden = found.ok;
  document.getElementById("missing-scopes").textContent = found.missing.join(", ");
  const badge = document.getElementById("connection-badge");
  badge.textContent = found.ok ? "Connected" : "Needs your permission";
  badge.classList.toggle("badge-good", found.ok);
  badge.classList.toggle("badge-warn", !found.ok);
  say(place, found.ok ? "All is well." : "A permission is missing: see above.", found.ok ? "good" : "bad");
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy).textContent;
  try {
    await navigator.clipboard.writeText(text);
    say(button.parentElement, "Copied.", "good");
  } catch {
    const lines = document.getElementById(button.dataset.copy);
    getSelection().selectAllChildren(lines);
    lines.focus();
    say(button.parentElement, "Marked: copy it with Ctrl+C or ⌘C.");
  }
}

async function download(button) {
  const place = button.parentElement;
  busy(place, true);
  try {
    const answer = await ask("GET", button.dataset.download);
    if (!answer.ok) throw new Error(String(answer.status));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = "customer-data.json";
    link.click();
    URL.revokeObjectURL(link.href);
    say(place, "Downloaded.", "good");
  } catch {
    say(place, "This could not be fetched. Please try again.", "bad");
  } finally {
    busy(place, false);
  }
}

function busy(place, isBusy) {
  for (const button of place.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", String(isBusy));
    button.classList.toggle("is-busy", isBusy);
  }
}

function say(place, text, mood = "") {
  const said = place.querySelector("[data-said]");
  said.textContent = text;
  said.dataset.mood = mood;
}

function tell(text) {
  if (window.shopify?.toast) {
    shopify.toast.show(text);
    return;
  }
  toast.textContent = text;
  toast.hidden = false;
  setTimeout(() => (toast.hidden = true), 3000);
}
