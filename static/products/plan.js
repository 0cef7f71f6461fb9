import { h, uid } from "../studio/dom.js";
import { insist } from "../studio/poll.js";
import { pressKey } from "../studio/api.js";
import { span, t } from "../studio/text.js";
import { say } from "../site/parts.js";
import { dollars } from "./forms.js";

const TITLES = { angle: t("Angle"), background: t("Background"), light: t("Light"), season: t("Season"), market: t("Market") };
const OPEN = new Set(["angle", "background"]);
const USUAL = new Set(["angle-front", "angle-three-quarter", "background-white", "background-wood"]);

/** Which angles, backgrounds, lights… and how many pictures; the plan with its price; the press that draws it. */
export function planForm(bench, axes) {
  const { api, part, path } = bench;
  const groups = axes.map(({ axis, options }) => group(axis, options));
  const count = h("input", { id: uid("count"), type: "number", min: 1, max: 200, value: 12, inputmode: "numeric", "aria-describedby": "plan-count-hint" });
  const hint = h("span", { class: "field-hint", id: "plan-count-hint" });
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const plan = h("button", { class: "button button-quiet", type: "submit" }, t("Plan"));
  const limit = h("input", { id: uid("limit"), type: "number", min: 0, step: "0.01", inputmode: "decimal", placeholder: t("none") });
  const draw = h("button", { class: "button", type: "button", on: { click: start } });
  const expected = h("p", { class: "small" });
  const offer = h("div", { class: "plan-offer", hidden: true }, h("p", { class: "field" }, h("label", { for: limit.id }, t("Never spend more than, in dollars")), limit), draw, expected);
  part.plan.replaceChildren(
    ...groups,
    h("div", { class: "field" }, h("label", { for: count.id }, t("How many pictures")), count, hint),
    error,
    plan,
    offer,
  );
  part.plan.addEventListener("submit", send);
  part.plan.addEventListener("change", reckon);
  reckon();

  function chosen() {
    const options = {};
    for (const box of part.plan.querySelectorAll("input[type=checkbox]:checked")) (options[box.name] ??= []).push(box.value);
    return options;
  }

  function reckon() {
    const ways = Object.values(chosen()).reduce((product, codes) => product * codes.length, 1);
    hint.textContent = ways === 1 ? t("One way to show it; more pictures are further takes of it.") : t("{ways} ways to combine what you chose.", { ways });
  }

  async function send(event) {
    event.preventDefault();
    plan.disabled = true;
    say(error, "");
    try {
      const { data } = await api.post(`${path}plan/`, { options: chosen(), variations: Number(count.value) || 0 });
      bench.fail(null);
      bench.show(data);
      bench.announce(t("{count} pictures are planned.", { count: data.missing }));
    } catch (failure) {
      say(error, failure.beside?.("variations") || failure.beside?.("options") || failure.message);
    } finally {
      plan.disabled = false;
    }
  }

  async function start() {
    draw.disabled = true;
    say(error, "");
    const key = pressKey();
    const ceiling = limit.value === "" ? null : Math.round(Number(limit.value) * 1_000_000);
    try {
      const body = { stage: "page", ...(ceiling == null ? {} : { ceiling_micros: ceiling }) };
      const { data } = await insist(() => api.postProven(`designs/${bench.brief.design}/runs/`, body, { key }));
      bench.show({ ...bench.brief, run: data.id });
    } catch (failure) {
      say(error, failure.message);
    } finally {
      draw.disabled = false;
    }
  }

  return (brief) => {
    offer.hidden = !brief.missing || Boolean(brief.run);
    expected.textContent = brief.eta_s == null ? t("How long it takes is not known yet: no such pictures were drawn here before.") : t("Takes {time}, as such pictures did before.", { time: span(brief.eta_s) });
    draw.textContent = brief.price_micros
      ? t("Draw {count} pictures for at most {price}", { count: brief.missing, price: dollars(brief.price_micros) })
      : t("Draw {count} pictures", { count: brief.missing });
  };
}

function group(axis, options) {
  const boxes = options.map(({ code, title }) =>
    h("label", { class: "choice" }, h("input", { type: "checkbox", name: axis, value: code, checked: USUAL.has(code) }), h("span", {}, title)),
  );
  return h("details", { class: "axis", open: OPEN.has(axis) }, h("summary", {}, TITLES[axis] ?? axis), h("div", { class: "choices", role: "group", "aria-label": TITLES[axis] ?? axis }, boxes));
}
