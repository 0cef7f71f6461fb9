import { pressKey } from "../studio/api.js";
import { h } from "../studio/dom.js";
import { follow, insist } from "../studio/poll.js";
import { t } from "../studio/text.js";
import { say } from "../site/parts.js";

const GROUNDS = [
  ["keep", t("As it is drawn")],
  ["white", t("White")],
  ["clear", t("Transparent, where the file can be")],
];
const USUAL = "shopify";

/** Full size for what was chosen, then files in the sizes of shops, as one zip. */
export function exportForm(bench, places) {
  const { api, part } = bench;
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const state = h("p", { role: "status", hidden: true });
  const result = h("div", { class: "export-result", hidden: true });
  const finals = h("button", { type: "button", class: "button button-quiet", on: { click: finalize } });
  const submit = h("button", { type: "submit", class: "button" });
  part.export.replaceChildren(
    h("p", { class: "muted" }, t("Tick the pictures that you want. Drafts are small: full size first makes them sharp.")),
    h("fieldset", { class: "field" }, h("legend", { class: "field-label" }, t("Where they go")), h("div", { class: "choices" }, places.map(place))),
    h("fieldset", { class: "field" }, h("legend", { class: "field-label" }, t("Background")), h("div", { class: "choices" }, GROUNDS.map(ground))),
    error,
    h("div", { class: "row" }, finals, submit),
    state,
    result,
  );
  part.export.addEventListener("submit", send);

  const picked = () => bench.brief.shots.filter((shot) => shot.picked);
  const small = () => picked().filter((shot) => !shot.images.some((image) => image.tier === "final" && image.candidate === shot.picked));

  async function finalize() {
    finals.disabled = true;
    say(error, "");
    const key = pressKey();
    try {
      const body = { stage: "final", positions: small().map((shot) => shot.position) };
      const { data } = await insist(() => api.postProven(`designs/${bench.brief.design}/runs/`, body, { key }));
      bench.show({ ...bench.brief, run: data.id });
    } catch (failure) {
      say(error, failure.message);
    } finally {
      finals.disabled = false;
    }
  }

  async function send(event) {
    event.preventDefault();
    submit.disabled = true;
    say(error, "");
    result.hidden = true;
    const key = pressKey();
    const form = new FormData(part.export);
    try {
      const body = { images: picked().map((shot) => shot.picked), places: form.getAll("place"), ground: form.get("ground") };
      const { data } = await insist(() => api.post(`${bench.path}exports/`, body, { key }));
      say(state, t("Making the files…"));
      const onChange = ({ progress }) => say(state, t("Making the files: {progress} %", { progress }));
      const done = await follow(api, `exports/${data.id}/`, { isDone: (answer) => answer.state !== "queued", onChange });
      say(state, "");
      show(done);
    } catch (failure) {
      say(state, "");
      say(error, ["images", "places", "ground"].map((field) => failure.beside?.(field)).find(Boolean) || failure.message);
    } finally {
      submit.disabled = false;
    }
  }

  function show({ files, zip_url: address }) {
    const bad = files.filter((file) => file.problem);
    const enlarged = files.filter((file) => file.enlarged).length;
    result.hidden = false;
    result.replaceChildren(
      ...[
        address && h("p", {}, h("a", { class: "button", href: address, download: true }, t("Download {count} files", { count: files.length - bad.length }))),
        enlarged > 0 && h("p", { class: "notice notice-warn" }, t("{count} files have more pixels than were drawn. In full size they are sharper.", { count: enlarged })),
        bad.length > 0 && h("ul", {}, bad.map((file) => h("li", {}, `${file.name}: ${file.problem}`))),
      ].filter(Boolean),
    );
  }

  return (brief) => {
    part["export-section"].hidden = !brief.shots.some((shot) => shot.images.length);
    const wanted = picked().length;
    const drafts = small().length;
    submit.disabled = wanted === 0;
    submit.textContent = wanted ? t("Make files of {count} pictures", { count: wanted }) : t("Tick pictures first");
    finals.hidden = drafts === 0;
    finals.disabled = Boolean(brief.run);
    finals.textContent = t("Draw {count} in full size", { count: drafts });
  };
}

function place({ code, title }) {
  return h("label", { class: "choice" }, h("input", { type: "checkbox", name: "place", value: code, checked: code === USUAL }), h("span", {}, title));
}

function ground([value, title], index) {
  return h("label", { class: "choice" }, h("input", { type: "radio", name: "ground", value, checked: index === 0 }), h("span", {}, title));
}
