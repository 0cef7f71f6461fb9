import { h } from "../dom.js";
import { follow } from "../poll.js";
import { t } from "../text.js";

/** What the supplier prints itself, in its own pictures: waited for, and shown before anything can be bought. */
export async function showMockups({ part, api, proof, zoom, onReady, again }) {
  if (!proof.draft) return;
  part["files-label"].hidden = false;
  part.mockups.hidden = false;
  part["mockups-label"].textContent = proof.draft.label;
  part["mockups-again"].addEventListener("click", again);
  let known = proof.draft;
  try {
    const done = await follow(api, `proofs/${proof.id}/`, {
      isDone: ({ draft }) => draft.state !== "preparing",
      onChange: ({ draft }) => tell(part, (known = draft)),
      onTrouble: (trouble) => (trouble ? (part["mockups-text"].textContent = trouble.message) : tell(part, known)),
    });
    tell(part, done.draft);
    part["mockup-list"].replaceChildren(...done.draft.mockups.map((mockup, index) => figure(mockup, index, zoom)));
    if (done.draft.state === "ready") onReady();
  } catch (error) {
    part["mockups-waiting"].hidden = true;
    part["mockups-text"].textContent = error.message;
  }
}

function tell(part, { state, error }) {
  part["mockups-waiting"].hidden = state !== "preparing";
  part["mockups-again"].hidden = state !== "failed";
  part["mockups-text"].textContent =
    state === "ready"
      ? t("The printer adds the month grid. This is how it looks with your pictures.")
      : state === "failed"
        ? error || t("The printer could not draw its pictures.")
        : t("The printer is drawing how its month grid looks with your pictures. This can take a minute.");
}

function figure({ url }, index, zoom) {
  const title = t("The printer’s picture {number}", { number: index + 1 });
  const image = h("img", { src: url, alt: title, loading: "lazy" });
  const button = h("button", { type: "button", class: "proof-page", on: { click: () => zoom({ url, title }) } }, image, h("span", { class: "proof-look" }, t("Look closer")));
  return h("li", {}, h("figure", {}, button));
}
