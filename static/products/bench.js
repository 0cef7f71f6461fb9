import { Api } from "../studio/api.js";
import { t } from "../studio/text.js";
import { parts, say } from "../site/parts.js";
import { attributesForm } from "./attributes.js";
import { compareForm } from "./compare.js";
import { exportForm } from "./export.js";
import { toldBefore } from "./forms.js";
import { gallery } from "./gallery.js";
import { planForm } from "./plan.js";
import { publishForm } from "./publish.js";
import { progressBoard } from "./progress.js";

const root = document.querySelector("[data-bench]");
const part = parts(root);
const api = new Api();
const path = `product-briefs/${root.dataset.brief}/`;

/** What all panels share: the brief as the server knows it, which pictures are chosen, and telling everybody. */
const bench = {
  api,
  part,
  path,
  brief: null,
  chosen: new Set(),
  show,
  announce: (words) => (part.live.textContent = words),
  fail: (error) => say(part.trouble, error?.message ?? ""),
  reload: async () => show((await api.get(path)).data),
};
let panels = [];

api.proof.prepare();
start();

async function start() {
  try {
    const [{ data: brief }, { data: axes }, { data: places }] = await Promise.all([api.get(path), api.get("shot-options/"), api.get("export-places/")]);
    bench.brief = brief;
    panels = [attributesForm(bench), planForm(bench, axes.results), progressBoard(bench), gallery(bench), exportForm(bench, places.results), compareForm(bench), publishForm(bench)];
    show(brief);
    say(part.notice, toldBefore());
  } catch (error) {
    document.querySelector("[data-title]").textContent = t("Not found");
    say(part.trouble, error.status === 404 ? t("We cannot find this product. It may belong to somebody else, or you may need to log in.") : error.message);
  }
}

function show(brief = bench.brief) {
  bench.brief = brief;
  document.querySelector("[data-title]").textContent = brief.name;
  for (const update of panels) update(brief);
}
