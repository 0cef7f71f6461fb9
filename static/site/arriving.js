import { sleep } from "../studio/dom.js";

const EVERY_MS = 2_000;
const LATE_AFTER = 15;

/** Ask this address again until the server sends us on to the order. */
for (let asked = 1; ; asked += 1) {
  await sleep(document.hidden ? 4 * EVERY_MS : EVERY_MS);
  if (asked === LATE_AFTER) document.querySelector('[data-part="late"]').hidden = false;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (answer.redirected) location.replace(answer.url);
  } catch {
    // No network just now: the next round asks again.
  }
}
