import { h, say } from "../dom.js";
import { countryName, countryOptions } from "../panels/countries.js";
import { follow, press } from "../poll.js";
import { proofSheet } from "../styles/proof.js";
import { adopt } from "../styles/sheet.js";
import { t } from "../text.js";
import { buyForm } from "./buy.js";
import { proofLayout } from "./layout.js";
import { showMockups } from "./mockups.js";
import { zoomDialog } from "./zoom.js";

/**
 * One proof: waited for, looked at closely, confirmed, sold. `seller` knows where a confirmed card goes; `onBack(design)` and
 * `onProof(proof)` lead to the studio and to the proof for another country.
 */
export function proofDesk({ api, root, id, seller, onBack, onProof }) {
  adopt(root, proofSheet());
  const { element, part } = proofLayout();
  const renewed = async ({ position }) => (await api.get(`proofs/${id}/`)).data.pages.find((page) => page.position === position);
  const desk = { api, part, seller, onProof, zoom: zoomDialog(part, renewed), stop: new AbortController() };
  start(desk, id, onBack);
  return { element, title: part.title, close: () => desk.stop.abort() };
}

async function start(desk, id, onBack) {
  const { api, part } = desk;
  try {
    const proof = await follow(api, `proofs/${id}/`, {
      isDone: (answer) => answer.state !== "rendering",
      onChange: () => {},
      onTrouble: (error) => say(part.trouble, error?.message),
      signal: desk.stop.signal,
    });
    if (!proof) return;
    for (const button of [part.back, part["back-failed"]]) button.addEventListener("click", () => onBack(proof.design));
    show(desk, proof);
  } catch (error) {
    part.waiting.hidden = true;
    say(part.trouble, error.status === 404 ? t("We cannot find this proof. It may belong to somebody else, or you may need to log in.") : error.message);
  }
}

function show(desk, proof) {
  const { part, api, zoom, seller } = desk;
  part.waiting.hidden = true;
  if (proof.state === "failed") {
    part.failed.hidden = false;
    part["failed-text"].textContent = proof.error || t("Please go back to the studio and try again.");
    return;
  }
  part.ready.hidden = false;
  part.pages.replaceChildren(...proof.pages.map((page) => pageFigure(page, zoom)));
  showSeal(part, proof);
  showRoute(desk, proof);
  showWarnings(part, proof);
  const form = buyForm({ part, api, proof, seller });
  showMockups({ part, api, proof, zoom, onReady: form.mayBuy, again: () => renew(desk, proof, proof.country) });
}

function pageFigure(page, zoom) {
  const facts = [t("{width} × {height} px", { width: page.width_px, height: page.height_px })];
  if (page.effective_dpi) facts.push(t("{dpi} dpi", { dpi: page.effective_dpi }));
  else facts.push(t("vector type on paper"));
  const seen = page.url ? lookAt(page, zoom) : h("p", { class: "notice" }, t("This page is not shown just now."));
  return h("li", {}, h("figure", {}, seen, h("figcaption", {}, h("strong", {}, page.title), h("span", {}, facts.join(" · ")))));
}

function lookAt(page, zoom) {
  const image = h("img", { src: page.url, alt: t("{title}, as it will be printed", { title: page.title }), width: page.width_px, height: page.height_px });
  return h("button", { type: "button", class: "proof-page", on: { click: () => zoom(page) } }, image, h("span", { class: "proof-look" }, t("Look closer")));
}

const grouped = (digest, count) => digest.slice(0, count).match(/.{1,4}/g)?.join(" ") ?? "";

function showSeal(part, proof) {
  part.digest.textContent = grouped(proof.digest, 16);
  part["digest-whole"].textContent = grouped(proof.digest, 64);
  part["file-digests"].replaceChildren(...proof.pages.map((page) => h("li", {}, `${page.title}: `, h("code", {}, `${page.sha256.slice(0, 12)}…`))));
}

const sentence = (words) => words && `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.?$/, ".")}`;

function showRoute(desk, proof) {
  const { part } = desk;
  const { route } = proof;
  part.route.textContent = t("Printed by {supplier}, shipped to {country}. {reason}", {
    supplier: route.supplier.charAt(0).toUpperCase() + route.supplier.slice(1),
    country: countryName(proof.country),
    reason: sentence(route.reason ?? ""),
  });
  part.assumed.hidden = !route.assumed;
  const select = part.country;
  select.replaceChildren(...countryOptions());
  select.value = proof.country;
  select.addEventListener("change", () => (part["country-button"].hidden = select.value === proof.country));
  part["country-form"].addEventListener("submit", (event) => {
    event.preventDefault();
    renew(desk, proof, select.value);
  });
}

/** A proof never changes: another country gets a proof of its own. */
async function renew({ api, part, onProof }, proof, country) {
  const button = part["country-button"];
  button.disabled = true;
  say(part.trouble, "");
  try {
    const wish = { format: proof.format, country };
    onProof(await press(api, `designs/${proof.design}/proofs/`, wish, { onTrouble: (trouble) => say(part.trouble, trouble?.message) }));
  } catch (error) {
    button.disabled = false;
    say(part.trouble, error.message);
    part.trouble.scrollIntoView({ block: "center" });
  }
}

const WARNING_CLASS = { block: "notice bad-notice", warn: "notice notice-warn", info: "notice" };

function showWarnings(part, { warnings, pages, withheld }) {
  const titles = Object.fromEntries(pages.map((page) => [page.position, page.title]));
  part.warnings.replaceChildren(
    ...(withheld ? [h("li", { class: WARNING_CLASS.block }, withheld)] : []),
    ...warnings.map(({ level, position, message }) => h("li", { class: WARNING_CLASS[level] }, titles[position] && h("strong", {}, `${titles[position]}: `), message)),
  );
}
