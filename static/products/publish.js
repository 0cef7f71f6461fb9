import { h, sleep, uid } from "../studio/dom.js";
import { t } from "../studio/text.js";
import { say } from "../site/parts.js";

const STATES = { queued: t("waiting"), sending: t("on its way"), sent: t("in the shop"), failed: t("not taken") };
const POLL_MS = 1_500;

/** For who acts for a shop: hang the ticked pictures onto one of its products. Others never see this. */
export function publishForm(bench) {
  const { api, part } = bench;
  const choice = h("select", { id: uid("product") });
  const error = h("p", { class: "field-error", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "button" });
  const list = h("ul", { class: "publications", "aria-live": "polite" });
  part.publish.replaceChildren(h("p", { class: "field" }, h("label", { for: choice.id }, t("Product in your shop")), choice), error, submit, list);
  part.publish.addEventListener("submit", send);
  let mayPublish = false;
  let rows = [];
  open();

  async function open() {
    try {
      const { data } = await api.get("shop-products/");
      choice.replaceChildren(...data.results.map(({ id, title }) => h("option", { value: id }, title)));
      const own = bench.brief.shop_product;
      if (data.results.some(({ id }) => id === own)) choice.value = own;
      mayPublish = data.results.length > 0;
      bench.show();
      if (mayPublish) await follow();
    } catch (failure) {
      say(error, failure.message);
    }
  }

  async function send(event) {
    event.preventDefault();
    submit.disabled = true;
    say(error, "");
    try {
      const images = bench.brief.shots.filter((shot) => shot.picked).map((shot) => shot.picked);
      await api.post(`${bench.path}publications/`, { images, product: choice.value });
      await follow();
    } catch (failure) {
      say(error, failure.beside?.("images") || failure.beside?.("product") || failure.message);
    } finally {
      submit.disabled = false;
    }
  }

  async function follow() {
    for (;;) {
      rows = (await api.get(`${bench.path}publications/`)).data.results;
      list.replaceChildren(...rows.map((row) => h("li", {}, h("span", {}, row.alt), " ", h("span", { class: `tag ${row.state === "sent" ? "tag-good" : row.state === "failed" ? "tag-bad" : ""}` }, STATES[row.state]), row.error && h("span", { class: "small" }, ` ${row.error}`))));
      if (!rows.some((row) => row.state === "queued" || row.state === "sending")) return;
      await sleep(POLL_MS);
    }
  }

  return (brief) => {
    const wanted = brief.shots.filter((shot) => shot.picked).length;
    part["publish-section"].hidden = !mayPublish || !brief.shots.some((shot) => shot.images.length);
    submit.disabled = wanted === 0;
    submit.textContent = wanted ? t("Hang {count} pictures there", { count: wanted }) : t("Tick pictures first");
  };
}
