import { h, icon } from "../dom.js";
import { photoPanel } from "../photos/panel.js";
import { t } from "../text.js";
import { MAX_PHOTOS, MIN_PHOTOS } from "./months.js";

/** Step 1: who is in the calendar. */
export function photosStep({ store, actions, root }) {
  const panel = photoPanel({ desk: actions.desk, root, limits: { min: MIN_PHOTOS, max: MAX_PHOTOS }, title: t("Photos of the people in your calendar"), lead: t("Five to ten photos of the same faces") });
  const count = h("p", { class: "photo-count", role: "status" });
  const tips = h("ul", { class: "tips" },
    [t("The face is large and sharp"), t("Daylight, no sunglasses"), t("From the front and from the side"), t("One person in most of them")].map((tip) => h("li", {}, icon("check"), tip)));
  const aside = h("aside", { class: "sheet photo-aside", "aria-label": t("What makes a good photo") },
    h("h2", {}, t("What makes a good photo")), tips,
    h("p", { class: "hint plain" }, t("Your photos are private. We take out where and when they were taken, and delete them with the calendar.")));
  const element = h("section", { class: "cal-photos", "aria-label": t("Photos") },
    h("div", { class: "cal-head" }, h("h2", { class: "cal-title" }, t("Who is in your calendar?")), h("p", { class: "cal-lead" }, t("Add photos and we draw these people into every month. Or go on without, for landscapes, animals and dreams."))),
    h("div", { class: "sheet photo-main" }, panel.element, count), aside);
  const update = (state) => {
    panel.update(state);
    const words = countText(state.photos);
    if (count.textContent !== words) count.textContent = words;
  };
  return { element, update };
}

function countText(photos) {
  const ready = photos.filter((photo) => photo.state === "ready").length;
  const under = photos.filter((photo) => ["waiting", "sending", "checking", "broken"].includes(photo.state)).length;
  if (!photos.length) return "";
  return under ? t("{ready} ready, {under} on their way", { ready, under }) : t("{ready} of up to {max} photos ready", { ready, max: MAX_PHOTOS });
}
