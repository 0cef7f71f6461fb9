// The admin page around the frame: answers App Bridge inside it, and shows its toasts.
const frame = document.getElementById("app");
const toast = document.querySelector(".toast");
const app = frame && new URL(frame.dataset.origin).origin;

window.addEventListener("message", async (event) => {
  if (!frame || event.origin !== app || event.source !== frame.contentWindow || !event.data) return;
  const answers = { token: sessionToken, scopes: () => grant(event.data.scopes), toast: () => show(event.data.text) };
  const answer = answers[event.data.appBridge];
  if (answer && event.ports[0]) event.ports[0].postMessage(await answer());
});

/** The merchant is asked for further scopes, as Shopify's own window does. */
async function grant(scopes) {
  if (!confirm(`Allow Cardmaker: ${scopes.join(", ")}?`)) return { result: "declined-all" };
  const answer = await fetch(frame.dataset.scopes, { method: "POST", body: new URLSearchParams({ scopes: scopes.join(",") }) });
  return answer.ok ? { result: "granted-all" } : null;
}

/** Empty when there is none to be had: App Bridge then tells the app so. */
async function sessionToken() {
  try {
    const answer = await fetch(frame.dataset.tokens, { method: "POST" });
    return answer.ok ? (await answer.json()).token : "";
  } catch {
    return "";
  }
}

function show(text) {
  toast.textContent = text;
  toast.hidden = false;
  setTimeout(() => { toast.hidden = true; }, 3000);
  return true;
}
