import { h, icon, keep, uid } from "../dom.js";
import { button } from "../panels/controls.js";
import { t } from "../text.js";

/** Where photos are dropped, chosen, taken or pasted, and what has become of each. `limits` is {min, max}. */
export function photoPanel({ desk, root, limits, title, lead }) {
  const input = h("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/heic,image/heif", multiple: true, class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", on: { change: () => take(input) } });
  const camera = h("input", { type: "file", accept: "image/*", capture: "user", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", on: { change: () => take(camera) } });
  const choose = button({ text: t("Choose photos"), iconName: "plus", className: "primary", onPress: () => input.click() });
  const shoot = button({ text: t("Take one now"), iconName: "camera", className: "quiet camera", onPress: () => camera.click() });
  const hintId = uid("drop");
  const drop = h("div", { class: "drop", role: "group", "aria-label": title, "aria-describedby": hintId },
    h("div", { class: "drop-prints", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
    h("p", { class: "drop-title" }, lead), h("div", { class: "row drop-row" }, choose.element, shoot.element),
    h("p", { class: "hint drop-hint", id: hintId }, t("Or drop them here, or paste. JPEG, PNG, WebP or HEIC, up to 10 MB each.")), input, camera);
  const list = h("ol", { class: "prints", "aria-label": t("Your photos") });
  const note = h("p", { class: "bad", role: "alert" });
  const element = h("div", { class: "photos" }, drop, note, list);
  const take = (field) => {
    desk.add(field.files, limits.max);
    field.value = "";
  };
  const open = () => element.getClientRects().length > 0;
  dropping(drop, root, open, (files) => desk.add(files, limits.max));

  const update = (state) => {
    const full = state.photos.filter((photo) => photo.state !== "refused").length >= limits.max;
    drop.classList.toggle("is-small", state.photos.length > 0);
    choose.update({ disabled: full, text: state.photos.length ? t("Add more") : t("Choose photos") });
    choose.element.classList.toggle("primary", state.photos.length < limits.min);
    shoot.update({ disabled: full });
    const words = [state.photoNote, state.photoTrouble].filter(Boolean).join(" ");
    if (note.textContent !== words) note.textContent = words;
    keep(list, state.photos.map((photo, index) => ({ key: photo.key, make: () => print(desk, photo.key, list), update: (item) => item.show(photo, index, state.photos.length) })));
  };
  return { element, update };
}

/** Files that are dropped on the place, or pasted while it can be seen. */
function dropping(drop, root, open, onFiles) {
  let depth = 0;
  const over = (value) => drop.classList.toggle("is-over", value);
  drop.addEventListener("dragenter", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(Boolean((depth += 1)));
  });
  drop.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  drop.addEventListener("dragleave", () => over((depth = Math.max(0, depth - 1)) > 0));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    over(Boolean((depth = 0)));
    onFiles(event.dataTransfer.files);
  });
  root.host.ownerDocument.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || !open()) return;
    event.preventDefault();
    onFiles(files);
  });
}

/** One photo as a print on the table: picture, how far it is, what we see in it, and what can be done with it. */
function print(desk, key, list) {
  const picture = h("img", { alt: "", draggable: "false", hidden: true, on: { error: () => seen(false) } });
  const none = h("span", { class: "print-none", "aria-hidden": "true" });
  const name = h("p", { class: "print-name" });
  const share = h("span", { class: "print-share" });
  const number = h("span", { class: "print-number", "aria-hidden": "true" });
  const words = h("p", { class: "print-words" });
  const advice = h("ul", { class: "print-advice" });
  const act = (name, sign, press) => h("button", { type: "button", class: "print-act", "aria-label": name, title: name, on: { click: press } }, icon(sign));
  let at = 0;
  const move = (by) => {
    desk.move(key, at + by);
    // Right after the store has redrawn the list, which took the focus away: a quick second press comes before the next frame.
    queueMicrotask(() => (by < 0 ? earlier : later).focus());
  };
  const earlier = act(t("Move earlier"), "before", () => move(-1));
  const later = act(t("Move later"), "after", () => move(1));
  const remove = act(t("Remove"), "cross", () => {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    desk.remove(key);
    requestAnimationFrame(() => (next?.querySelector(".print-act:last-of-type") ?? list.parentElement.querySelector("button"))?.focus());
  });
  const item = h("li", { class: "print", draggable: "true" }, h("div", { class: "print-face" }, none, picture, number, share), h("div", { class: "print-body" }, name, words, advice), h("div", { class: "print-acts" }, earlier, later, remove));
  reordering(item, key, list, desk);
  // What the browser cannot show (a HEIC on most desks, a file that is no picture) goes by its name instead.
  const seen = (value) => {
    picture.hidden = !value;
    name.hidden = value || !name.textContent;
  };
  item.show = (photo, index, count) => {
    at = index;
    const source = photo.thumb_url ?? photo.local;
    name.textContent = photo.name ?? "";
    if (!source) seen(false);
    else if (picture.dataset.of !== source) {
      Object.assign(picture, { src: source }).dataset.of = source;
      seen(true);
    }
    const sign = photo.state === "refused" ? "alert" : "photos";
    if (none.dataset.sign !== sign) none.replaceChildren(icon((none.dataset.sign = sign)));
    picture.alt = photo.name || t("Photo {number}", { number: index + 1 });
    item.dataset.state = photo.state;
    number.textContent = String(index + 1);
    share.style.setProperty("--share", String(photo.share ?? 0));
    if (words.textContent !== wordsOf(photo)) words.textContent = wordsOf(photo);
    words.hidden = !words.textContent;
    adviceInto(advice, photo);
    [earlier.disabled, later.disabled] = [index === 0, index === count - 1];
    for (const [element, name] of [[earlier, t("Move earlier")], [later, t("Move later")], [remove, t("Remove")]]) element.setAttribute("aria-label", `${name}: ${t("photo {number}", { number: index + 1 })}`);
  };
  return item;
}

function wordsOf(photo) {
  const percent = Math.round((photo.share ?? 0) * 100);
  return {
    waiting: t("Waiting its turn"),
    sending: t("Sending… {percent}%", { percent }),
    checking: t("Looking at it…"),
    broken: photo.message,
    refused: photo.message,
    ready: "",
  }[photo.state];
}

function adviceInto(list, photo) {
  const told = photo.state !== "ready" ? [] : photo.advice.length ? photo.advice : [{ level: "good", message: t("Looks good") }];
  const signature = JSON.stringify(told);
  if (list.dataset.told === signature) return;
  list.dataset.told = signature;
  list.replaceChildren(...told.map(({ level, message }) => h("li", { class: `advice advice-${level}` }, icon(level === "good" ? "check" : level === "warn" ? "alert" : "dot"), h("span", {}, message))));
}

/** A mouse may drag a print to its place; the buttons do the same for everybody else. */
function reordering(item, key, list, desk) {
  item.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", key);
    event.dataTransfer.effectAllowed = "move";
    list.dragged = key;
    item.classList.add("is-dragged");
  });
  item.addEventListener("dragend", () => {
    list.dragged = null;
    item.classList.remove("is-dragged");
  });
  item.addEventListener("dragover", (event) => list.dragged && event.preventDefault());
  item.addEventListener("drop", (event) => {
    if (!list.dragged) return;
    event.preventDefault();
    desk.move(list.dragged, [...list.children].indexOf(item));
  });
}
