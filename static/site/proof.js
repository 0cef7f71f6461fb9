import { Api, pressKey } from "../studio/api.js";
import { h } from "../studio/dom.js";
import { countryName, countryOptions } from "../studio/panels/countries.js";
import { follow, insist } from "../studio/poll.js";
import { t } from "../studio/text.js";
import { parts, say } from "./parts.js";
import { buyForm } from "./buy.js";
import { showMockups } from "./mockups.js";
import { zoomDialog } from "./zoom.js";

const root = document.querySelector("[data-proof]");
const part = parts(root);
const api = new Api();
const zoom = zoomDialog(part);

async function start() {
  try {
    const proof = await follow(api, `proofs/${root.dataset.proof}/`, {
      isDone: (answer) => answer.state !== "rendering",
      onChange: () => {},
      onTrouble: (error) => say(part.trouble, error?.message),
    });
    show(proof);
  } catch (error) {
    part.waiting.hidden = true;
    say(part.trouble, error.status === 404 ? t("We cannot find this proof. It may belong to somebody else, or you may need to log in.") : error.message);
  }
}

function show(proof) {
  part.waiting.hidden = true;
  if (proof.design) {
    for (const link of [part["back-to-studio"], part["back-to-studio-failed"]]) link.href = `${link.href.replace(/\/$/, "")}/${proof.design}/`;
  }
  if (proof.state === "failed") {
    part.failed.hidden = false;
    part["failed-text"].textContent = proof.error || t("Please go back to the studio and try again.");
    return;
  }
  part.ready.hidden = false;
  part.pages.replaceChildren(...proof.pages.map(pageFigure));
  showSeal(proof);
  showRoute(proof);
  showWarnings(proof);
  const form = buyForm({ root, part, api, proof });
  showMockups({ part, api, proof, zoom, onReady: form.mayBuy, again: () => renew(proof, proof.country) });
}

function pageFigure(page) {
  const facts = [t("{width} × {height} px", { width: page.width_px, height: page.height_px })];
  if (page.effective_dpi) facts.push(t("{dpi} dpi", { dpi: page.effective_dpi }));
  else facts.push(t("vector type on paper"));
  const image = h("img", { src: page.url, alt: t("{title}, as it will be printed", { title: page.title }), width: page.width_px, height: page.height_px });
  const button = h("button", { type: "button", class: "proof-page", on: { click: () => zoom(page) } }, image, h("span", { class: "proof-look" }, t("Look closer")));
  return h("li", {}, h("figure", {}, button, h("figcaption", {}, h("strong", {}, page.title), h("span", {}, facts.join(" · ")))));
}

const grouped = (digest, count) => digest.slice(0, count).match(/.{1,4}/g)?.join(" ") ?? "";

function showSeal(proof) {
  part.digest.textContent = grouped(proof.digest, 16);
  part["digest-whole"].textContent = grouped(proof.digest, 64);
  part["file-digests"].replaceChildren(...proof.pages.map((page) => h("li", {}, `${page.title}: `, h("code", {}, `${page.sha256.slice(0, 12)}…`))));
}

const sentence = (words) => words && `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.?$/, ".")}`;

function showRoute(proof) {
  const { route } = proof;
  part.route.textContent = t("Printed by {supplier}, shipped to {country}. {reason}", {
    supplier: route.supplier.charAt(0).toUpperCase() + route.supplier.slice(1),
    country: countryName(proof.country),
    reason: sentence(route.reason ?? ""),
  });
  part.assumed.hidden = !route.assumed;
  const select = part["country-form"].elements.country;
  select.replaceChildren(...countryOptions());
  select.value = proof.country;
  select.addEventListener("change", () => (part["country-button"].hidden = select.value === proof.country));
  part["country-form"].addEventListener("submit", (event) => {
    event.preventDefault();
    renew(proof, select.value);
  });
}

/** A proof never changes: another country gets a proof of its own. */
async function renew(proof, country) {
  const button = part["country-button"];
  button.disabled = true;
  say(part.trouble, "");
  const key = pressKey();
  try {
    const { data } = await insist(() => api.post(`designs/${proof.design}/proofs/`, { format: proof.format, country }, { key }));
    location.assign(root.dataset.proofPath.replace("{id}", data.id));
  } catch (error) {
    button.disabled = false;
    say(part.trouble, error.message);
    part.trouble.scrollIntoView({ block: "center" });
  }
}

const WARNING_CLASS = { block: "notice notice-bad", warn: "notice notice-warn", info: "notice" };

function showWarnings({ warnings, pages }) {
  const titles = Object.fromEntries(pages.map((page) => [page.position, page.title]));
  part.warnings.replaceChildren(
    ...warnings.map(({ level, position, message }) => h("li", { class: WARNING_CLASS[level] }, titles[position] && h("strong", {}, `${titles[position]}: `), message)),
  );
}

start();
