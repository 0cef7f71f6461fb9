import { Api, pressKey } from "../studio/api.js";
import { follow, insist } from "../studio/poll.js";
import { say, sleep } from "../studio/dom.js";
import { t } from "../studio/text.js";
import { tellMoments } from "./moments.js";

const EVERY_MS = 5_000;
const HIDDEN_MS = 30_000;
const api = new Api();
const find = (selector) => document.querySelector(selector);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reorder]");
  if (button) reorder(button);
});

async function reorder(button) {
  button.disabled = true;
  say(find('[data-part="trouble"]'), "");
  const key = pressKey();
  try {
    const { data } = await insist(() => api.post(`orders/${button.dataset.reorder}/reorder/`, {}, { key }));
    const done = await follow(api, `checkouts/${data.id}/`, { isDone: (answer) => answer.state !== "pending", onChange: () => {} });
    if (done.state !== "ready") throw new Error(done.error || t("The shop could not take this card. Please try again."));
    location.assign(done.checkout_url);
  } catch (error) {
    button.disabled = false;
    say(find('[data-part="trouble"]'), error.message);
  }
}

/** While the order is under way, take over the server's own rendering of this page whenever its state has moved. */
async function keepFresh() {
  let known = "";
  while (find("#order").dataset.over !== "yes") {
    await sleep(document.hidden ? HIDDEN_MS : EVERY_MS);
    try {
      const { data } = await api.get(`orders/${find("#order").dataset.order}/`);
      const now = JSON.stringify([data.state, data.shipments.length, data.history.length]);
      if (known && known !== now) await takeOver();
      known = now;
    } catch (error) {
      if (!error.temporary) return;
    }
  }
}

async function takeOver() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#order");
  if (!fresh) return;
  tellMoments(fresh);
  find("#order").replaceWith(fresh);
}

tellMoments();
keepFresh();
