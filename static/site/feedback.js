// The form works without this. With it, the browser proves some work while somebody writes, and the message gets through
// even where many others write from the same network.
import { ProofOfWork } from "../studio/proofofwork.js";

const form = document.getElementById("feedback");
const proof = new ProofOfWork("feedback", async (path) => {
  const response = await fetch(`/api/v1/${path}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok) throw new Error(String(response.status));
  return { data: await response.json() };
});
let sending = false;

proof.prepare();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending) return;
  sending = true;
  const button = form.querySelector("[data-part=send]");
  button.textContent = button.dataset.busy;
  button.setAttribute("aria-disabled", "true");
  form.elements.proof.value = (await proof.take()) || (await proof.prepare());
  form.submit();
});
