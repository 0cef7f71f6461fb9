import { h, uid } from "../dom.js";
import { t } from "../text.js";

/** The proof's places, words and all; `part` names those that scripts fill in. */
export function proofLayout() {
  const part = {};
  const named = (name, element) => (part[name] = element);
  const title = uid("proof");
  const element = h("div", { class: "proof" },
    h("div", { class: "proof-head" },
      named("title", h("h2", { id: title, tabindex: "-1" }, t("Your proof"))),
      h("p", {}, t("These are the pages as they will be printed. Look closely, then buy."))),
    named("trouble", h("p", { class: "notice bad-notice", role: "alert", hidden: true })),
    waiting(named),
    failed(named),
    named("ready", h("div", { class: "proof-board", hidden: true }, pages(named), side(named))),
    zoom(named));
  return { element, part };
}

function waiting(named) {
  return named("waiting", h("section", { class: "sheet proof-waiting" },
    h("h3", {}, t("Making your print files")),
    h("p", { class: "quiet-text", role: "status" }, t("Full size, in the printer’s exact pixels. This takes a few seconds. You can close this page and come back.")),
    h("div", { class: "meter meter-endless", role: "progressbar", "aria-label": t("Making your print files") }, h("span"))));
}

function failed(named) {
  return named("failed", h("section", { class: "sheet", hidden: true },
    h("h3", {}, t("This proof could not be made")),
    named("failed-text", h("p")),
    named("back-failed", h("button", { type: "button", class: "button primary" }, t("Back to the studio")))));
}

function pages(named) {
  return h("section", { "aria-label": t("Pages") },
    named("files-label", h("p", { class: "proof-label", hidden: true }, t("Printed from your files: the pictures"))),
    named("pages", h("ul", { class: "proof-pages" })),
    named("mockups", h("section", { class: "proof-mockups", hidden: true },
      named("mockups-label", h("h3", { class: "proof-label" })),
      named("mockups-text", h("p", { class: "quiet-text" })),
      named("mockups-waiting", h("div", { class: "meter meter-endless", role: "progressbar", "aria-label": t("The printer is drawing its pictures"), hidden: true }, h("span"))),
      named("mockups-again", h("button", { type: "button", class: "button quiet small", hidden: true }, t("Try again"))),
      named("mockup-list", h("ul", { class: "mockup-list" })))));
}

function side(named) {
  return h("aside", { class: "proof-side", "aria-label": t("Check and buy") },
    seal(named),
    route(named),
    form(named),
    h("p", {}, named("back", h("button", { type: "button", class: "link" }, t("Change something in the studio")))));
}

function seal(named) {
  return h("section", { class: "sheet seal-card" },
    h("div", { class: "seal-mark", "aria-hidden": "true" }, sealDrawing()),
    h("h3", {}, t("This is the exact file that will be printed")),
    h("p", {}, t("What you see here is decoded from the print files themselves. Their fingerprint goes with your order; a file with another fingerprint is not printed.")),
    h("p", { class: "fingerprint" }, h("span", {}, t("Fingerprint")), named("digest", h("code"))),
    h("details", {},
      h("summary", {}, t("All of it")),
      named("digest-whole", h("code", { class: "fingerprint-whole" })),
      named("file-digests", h("ul", { class: "fingerprint-files" }))));
}

function route(named) {
  const id = uid("country");
  return h("section", { class: "sheet" },
    h("h3", {}, t("Where it is made")),
    named("route", h("p")),
    named("assumed", h("p", { class: "notice notice-warn small", hidden: true }, t("Sandbox: the printer’s article is assumed. Nothing real is printed."))),
    named("country-form", h("form", { class: "field" },
      h("label", { for: id }, t("Ships to")),
      named("country", h("select", { id, name: "country", class: "input" })),
      h("span", { class: "hint" }, t("Another country may mean another printer, so it needs a new proof.")),
      named("country-button", h("button", { class: "button quiet small", type: "submit", hidden: true }, t("Make a proof for this country"))))));
}

function form(named) {
  const [quantity, dates, wrong] = [uid("quantity"), uid("dates"), uid("wrong")];
  return named("buy-form", h("form", { class: "sheet buy", novalidate: true, "aria-label": t("Buy") },
    named("buy-title", h("h3", {}, t("Buy"))),
    named("warnings", h("ul", { class: "warnings" })),
    named("dates", h("div", { class: "dates", hidden: true },
      h("p", { class: "small quiet-text", id: dates }, t("The months of this calendar")),
      named("dates-text", h("p", { class: "dates-text" })),
      check("confirm_dates", named("dates-yes", h("span")), { "aria-describedby": dates }))),
    h("div", { class: "field" },
      h("label", { for: quantity }, t("How many?")),
      h("input", { id: quantity, name: "quantity", class: "input", type: "number", inputmode: "numeric", min: 1, max: 500, step: 1, value: 1, "aria-describedby": wrong }),
      named("quantity-error", h("p", { class: "bad", id: wrong, role: "alert" }))),
    named("services", h("fieldset", { class: "services", hidden: true }, h("legend", {}, t("Delivery")), named("service-list", h("div")))),
    h("dl", { class: "sum", "aria-live": "polite" },
      named("item", h("dt")), named("price", h("dd")),
      h("dt", {}, t("Delivery")), named("shipping", h("dd", {}, t("shown at the checkout"))),
      named("total-title", h("dt", { class: "sum-total", hidden: true }, t("Total"))), named("total", h("dd", { class: "sum-total" }))),
    named("not-sold", h("p", { class: "notice bad-notice small", role: "alert", hidden: true })),
    check("checked", h("span", {}, t("I have checked the spelling, the names and the dates."))),
    named("accept-row", check("accept_warnings", h("span", {}, t("I have read the notes above and want it printed like this.")))),
    check("show_picture", h("span", {}, t("Show the front page in the shop’s cart. Otherwise the cart shows a plain picture.")), { checked: true }),
    named("buy-error", h("p", { class: "bad", role: "alert" })),
    named("buy", h("button", { class: "button primary wide buy-button", type: "submit" }, t("Buy"))),
    named("another", h("button", { class: "button quiet wide", type: "button", hidden: true }, t("Add to the cart"))),
    named("buy-status", h("p", { class: "hint", role: "status" }))));
}

function check(name, words, props = {}) {
  return h("label", { class: "check" }, h("input", { type: "checkbox", name, ...props }), words);
}

function zoom(named) {
  return named("zoom", h("dialog", { class: "page-zoom", "aria-label": t("Page, large") },
    h("div", { class: "page-zoom-bar" },
      named("zoom-title", h("p")),
      named("zoom-scale", h("button", { type: "button", class: "button small quiet" })),
      named("zoom-close", h("button", { type: "button", class: "button small primary" }, t("Close")))),
    named("zoom-view", h("div", { class: "page-zoom-view", tabindex: "0", role: "region", "aria-label": t("The page") },
      named("zoom-sheet", h("div", { class: "page-zoom-sheet" }, named("zoom-image", h("img", { alt: "", draggable: "false" })), named("zoom-tiles", h("div", { class: "page-zoom-tiles", "aria-hidden": "true" })))))),
    named("zoom-note", h("p", { class: "page-zoom-note", role: "status" }))));
}

function sealDrawing() {
  const SVG = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 240 240");
  for (const [radius, width] of [[112, 5], [102, 2], [72, 2]]) {
    const circle = document.createElementNS(SVG, "circle");
    for (const [name, value] of Object.entries({ cx: 120, cy: 120, r: radius, fill: "none", stroke: "currentColor", "stroke-width": width })) circle.setAttribute(name, value);
    drawing.append(circle);
  }
  const waves = document.createElementNS(SVG, "path");
  waves.setAttribute("d", "M62 104q14-10 29 0t29 0 29 0 29 0M62 120q14-10 29 0t29 0 29 0 29 0M62 136q14-10 29 0t29 0 29 0 29 0");
  for (const [name, value] of Object.entries({ fill: "none", stroke: "currentColor", "stroke-width": 2.5 })) waves.setAttribute(name, value);
  drawing.append(waves);
  return drawing;
}
