import { pressKey } from "../studio/api.js";
import { h, keep, uid } from "../studio/dom.js";
import { insist } from "../studio/poll.js";
import { moment, t } from "../studio/text.js";
import { say } from "../site/parts.js";

const FEWEST = 2;
const MOST = 10;
const PERCENT = new Intl.NumberFormat(document.documentElement.lang || "en", { style: "percent", maximumFractionDigits: 1 });

/** Sets of ticked pictures that pages tell events of: make one, copy what the page needs, read the figures. */
export function compareForm(bench) {
  const { api, part } = bench;
  const label = h("input", { id: uid("label"), maxlength: 80, autocomplete: "off" });
  const page = h("input", { id: uid("page"), type: "url", inputmode: "url", autocomplete: "off", placeholder: "https://", "aria-describedby": "compare-page-hint" });
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "button button-quiet" });
  const again = h("button", { type: "button", class: "button button-quiet button-small", hidden: true, on: { click: read } }, t("Read the figures again"));
  part.compare.replaceChildren(
    h("p", { class: "muted" }, t("Show different pictures to different visitors. Your pages tell us what is seen, clicked and bought; you see which picture does better, once there is enough to say so.")),
    h("p", { class: "field" }, h("label", { for: label.id }, t("What you call it")), label),
    h("p", { class: "field" }, h("label", { for: page.id }, t("Address of the page, when it is not your shop’s own")), page, h("span", { class: "field-hint", id: "compare-page-hint" }, t("Only pages of your shop and this one may count."))),
    error,
    h("div", { class: "row" }, submit, again),
  );
  part.compare.addEventListener("submit", send);
  let sets = [];
  let design = null;

  const picked = () => bench.brief.shots.filter((shot) => shot.picked).map((shot) => shot.picked);

  async function send(event) {
    event.preventDefault();
    submit.disabled = true;
    say(error, "");
    const key = pressKey();
    try {
      const body = { images: picked(), label: label.value, origins: page.value.trim() ? [page.value.trim()] : [] };
      const { data } = await insist(() => api.post("comparison-sets/", body, { key }));
      label.value = "";
      show([data, ...sets]);
      bench.announce(t("The set is there."));
    } catch (failure) {
      say(error, ["images", "label", "origins"].map((field) => failure.beside?.(field)).find(Boolean) || failure.message);
    } finally {
      bench.show();
    }
  }

  async function read() {
    try {
      show((await api.get(`comparison-sets/?design=${bench.brief.design}`)).data.results);
    } catch (failure) {
      say(error, failure.message);
    }
  }

  async function remove(row) {
    try {
      await api.delete(`comparison-sets/${row.id}/`);
      show(sets.filter((each) => each.id !== row.id));
    } catch (failure) {
      say(error, failure.message);
    }
  }

  function show(rows) {
    sets = rows;
    again.hidden = sets.length === 0;
    keep(
      part.comparisons,
      sets.map((row) => ({ key: row.id, make: () => h("li", { class: "comparison" }), update: (element) => element.replaceChildren(...entry(row, remove, bench.announce)) })),
    );
    part["compare-section"].hidden = sets.length === 0 && picked().length < FEWEST;
  }

  return (brief) => {
    const wanted = picked().length;
    submit.disabled = wanted < FEWEST || wanted > MOST;
    submit.textContent = wanted < FEWEST ? t("Tick two pictures or more") : wanted > MOST ? t("At most {count} pictures", { count: MOST }) : t("Compare {count} pictures", { count: wanted });
    if (design !== brief.design) {
      design = brief.design;
      read();
    }
    part["compare-section"].hidden = sets.length === 0 && wanted < FEWEST;
  };
}

function* entry(row, remove, announce) {
  yield h("h3", {}, row.label || t("Set of {moment}", { moment: moment(row.created_at) }));
  for (const { measure, state, text } of row.statements) yield h("p", { class: state === "ahead" ? "notice notice-good" : "muted small", "data-measure": measure }, text);
  yield table(row);
  yield h("div", { class: "row" }, copy(t("Copy the set’s id"), row.id, announce), h("button", { type: "button", class: "button button-quiet button-small", on: { click: () => remove(row) } }, t("Delete the set")));
  yield h("details", { class: "axis" }, h("summary", {}, t("For your page")), ...forPage(row, announce));
}

function table({ pictures, label }) {
  const head = [t("Picture"), t("Seen"), t("Clicked"), t("Bought")].map((text) => h("th", { scope: "col" }, text));
  const rows = pictures.map((picture) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("span", { class: "compared" }, h("img", { src: picture.thumb_url, alt: picture.description, width: 56, height: 56, loading: "lazy" }), String(picture.place))),
      h("td", {}, String(picture.shown)),
      h("td", {}, cell(picture.clicked, picture.clicks)),
      h("td", {}, cell(picture.bought, picture.purchases)),
    ),
  );
  return h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": t("Figures of {label}", { label: label || t("this set") }) }, h("table", { class: "figures" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)));
}

function cell(hits, share) {
  if (!share) return String(hits);
  const between = t("{low} to {high}", { low: PERCENT.format(share.low), high: PERCENT.format(share.high) });
  return [`${hits} · ${PERCENT.format(share.share)} `, h("span", { class: "muted small" }, `(${between})`)];
}

function* forPage(row, announce) {
  const script = `<script src="${row.script_url}" data-events="${row.events_url}" defer></script>`;
  const marks = row.pictures.map((picture) => `<img src="…" data-picture="${picture.image}" alt="${picture.description.replaceAll('"', "&quot;")}">`).join("\n");
  yield h("p", { class: "small" }, t("Once on the page: it tells views and clicks by itself, without cookies."));
  yield* snippet(t("Script"), script, announce);
  yield h("p", { class: "small" }, t("Each picture with its id, whichever you show:"));
  yield* snippet(t("Pictures"), marks, announce);
  yield h("p", { class: "small" }, t("After a purchase:"));
  yield* snippet(t("Purchase"), `cardmakerCompare.bought("${row.pictures[0].image}", "1001");`, announce);
}

function* snippet(title, text, announce) {
  yield h("pre", { class: "snippet", tabindex: 0, "aria-label": title }, text);
  yield copy(t("Copy"), text, announce);
}

function copy(words, text, announce) {
  const button = h("button", { type: "button", class: "button button-quiet button-small" }, words);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      announce(t("Copied."));
      button.textContent = t("Copied");
    } catch {
      announce(t("Your browser did not let us copy it. Select it by hand."));
    }
  });
  return button;
}
