import { Api, pressKey } from "../studio/api.js";
import { follow, insist } from "../studio/poll.js";
import { t } from "../studio/text.js";
import { tellMoments } from "./moments.js";
import { parts, say } from "./parts.js";

const root = document.querySelector("[data-dashboard]");
const part = parts(root);
const api = new Api();

tellMoments();
for (const button of root.querySelectorAll("[data-reorder]")) button.addEventListener("click", () => reorder(button));
for (const button of root.querySelectorAll("[data-delete]")) button.addEventListener("click", () => remove(button));

/** One press: the same card, the same number, straight to the checkout. */
async function reorder(button) {
  busy(button, true);
  say(part.trouble, "");
  say(part.status, t("Preparing the checkout…"));
  const key = pressKey();
  try {
    const { data } = await insist(() => api.post(`orders/${button.dataset.reorder}/reorder/`, {}, { key }));
    const done = await follow(api, `checkouts/${data.id}/`, { isDone: (answer) => answer.state !== "pending", onChange: () => {} });
    if (done.state !== "ready") throw new Error(done.error || t("The shop could not take this order. Please try again."));
    location.assign(done.checkout_url);
  } catch (error) {
    fail(button, error);
  }
}

/** The second press on the same button deletes: a question in place, without a dialog. */
async function remove(button) {
  if (!button.dataset.sure) {
    button.dataset.sure = "yes";
    button.textContent = t("Really delete?");
    setTimeout(() => {
      delete button.dataset.sure;
      button.textContent = t("Delete");
    }, 6_000);
    return;
  }
  busy(button, true);
  try {
    await api.delete(`designs/${button.dataset.delete}/`);
    button.closest("[data-design]").remove();
    say(part.status, t("It is deleted."));
  } catch (error) {
    fail(button, error);
  }
}

function busy(button, value) {
  button.disabled = value;
}

function fail(button, error) {
  busy(button, false);
  say(part.status, "");
  say(part.trouble, error.message);
  part.trouble.scrollIntoView({ block: "center" });
}
