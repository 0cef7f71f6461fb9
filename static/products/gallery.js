import { h, keep } from "../studio/dom.js";
import { t } from "../studio/text.js";

/** Every planned shot with its newest picture. A press chooses a picture to be made in full size and to be taken along. */
export function gallery(bench) {
  const { api, part } = bench;

  async function choose(shot, image, on) {
    const picks = on ? [image.id] : [];
    try {
      await api.put(`designs/${bench.brief.design}/pages/${shot.position}/`, { picks });
      bench.fail(null);
      await bench.reload();
    } catch (error) {
      bench.fail(error);
      bench.show();
    }
  }

  function tile(shot) {
    const box = h("input", { type: "checkbox", on: { change: (event) => choose(tile.shots.get(shot.position), drafts(tile.shots.get(shot.position))[0], event.target.checked) } });
    const picture = h("img", { alt: "", loading: "lazy" });
    const frame = h("span", { class: "shot-frame" }, picture);
    const tag = h("span", { class: "tag tag-good", hidden: true }, t("Full size"));
    const words = h("span", { class: "shot-words small" });
    return h("li", {}, h("label", { class: "shot" }, frame, h("span", { class: "shot-row" }, box, words, tag)));
  }
  tile.shots = new Map();

  function update(element, shot) {
    const [newest] = drafts(shot);
    const [picture, box, words, tag] = ["img", "input", ".shot-words", ".tag"].map((name) => element.querySelector(name));
    if (newest && !sameFile(picture.src, newest.thumb_url)) picture.src = newest.thumb_url;
    picture.hidden = !newest;
    picture.alt = newest?.description ?? "";
    box.hidden = !newest;
    box.checked = Boolean(shot.picked);
    tag.hidden = !shot.images.some((image) => image.tier === "final");
    words.textContent = says(shot);
    element.classList.toggle("is-picked", Boolean(shot.picked));
    element.classList.toggle("is-waiting", !newest);
  }

  const reveal = h("button", { type: "button", class: "button button-quiet button-small", hidden: true, on: { click: () => ((shown = !shown), bench.show()) } });
  let shown = false;
  part.shots.after(reveal);

  return (brief) => {
    const isSpare = (shot) => Boolean(shot.duplicate_of) && !shot.picked;
    const spare = brief.shots.filter(isSpare).length;
    reveal.hidden = spare === 0;
    reveal.setAttribute("aria-expanded", shown);
    reveal.textContent = shown ? t("Hide {count} that look alike", { count: spare }) : t("Show {count} that look alike", { count: spare });
    tile.shots = new Map(brief.shots.map((shot) => [shot.position, shot]));
    keep(
      part.shots,
      brief.shots.filter((shot) => shown || !isSpare(shot)).map((shot) => ({ key: shot.position, make: () => tile(shot), update: (element) => update(element, shot) })),
    );
    part["no-shots"].hidden = brief.shots.length > 0;
  };
}

export const drafts = (shot) => shot.images.filter((image) => image.tier !== "final");

/** A link gets a new signature every few minutes: that is no reason to load the picture anew. */
const sameFile = (shown, wanted) => shown !== "" && shown.endsWith(wanted);

function says(shot) {
  const named = Object.values(shot.options)
    .filter((code) => !code.endsWith("-any"))
    .map((code) => code.split("-").slice(1).join(" "));
  return [...named, shot.take > 1 ? t("take {take}", { take: shot.take }) : ""].filter(Boolean).join(", ");
}
