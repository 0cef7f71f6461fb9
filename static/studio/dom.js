// A small way to write elements: h("button", {class: "x", on: {click}}, "text"). No markup strings, so nothing to escape.
const SVG = "http://www.w3.org/2000/svg";

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(element, name, value);
  element.append(...children.flat(3).filter((child) => child != null && child !== false));
  return element;
}

function setProp(element, name, value) {
  if (value == null || value === false) return;
  if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
  else if (name === "class") element.className = value;
  else if (name === "vars") for (const [key, entry] of Object.entries(value)) element.style.setProperty(key, entry);
  else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

/** Replace an element's children only where the key changed, so that pictures do not flicker on every poll. */
export function keep(parent, entries) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = entries.map(({ key, make, update }) => {
    const element = known.get(key) ?? make();
    element.dataset.key = key;
    update?.(element);
    return element;
  });
  const same = wanted.length === parent.children.length && wanted.every((element, index) => parent.children[index] === element);
  if (!same) parent.replaceChildren(...wanted);
}

const ICONS = {
  check: "M4 10.5 8.2 15 16 5.5",
  undo: "M7 4 3.5 7.5 7 11 M4 7.5h8a4.5 4.5 0 0 1 0 9H8",
  turn: "M4 8a6.5 6.5 0 0 1 11.5-2.5L17 7 M17 3v4h-4 M16 12a6.5 6.5 0 0 1-11.5 2.5L3 13 M3 17v-4h4",
  open: "M3 5.5 9.5 3.5v13L3 14.5z M9.5 5h7.5v10H9.5",
  spark: "M10 2.5 11.8 8.2 17.5 10l-5.7 1.8L10 17.5l-1.8-5.7L2.5 10l5.7-1.8z",
  brush: "M16.5 3.5 8.6 11.4 M8 12c-2 0-3 1.5-3 3 0 1-1 1.5-2 1.5 1.2 1 5 1.4 6.3-.6.9-1.4.3-3.3-1.3-3.9z",
  words: "M4 15.5 8.5 4h1L14 15.5 M5.7 11.5h6.6 M15.5 9v6.5",
  star: "M10 3l2 4.6 5 .5-3.8 3.3 1.2 4.9L10 13.7l-4.4 2.6 1.2-4.9L3 8.1l5-.5z",
  left: "M3 5h14 M3 10h8 M3 15h11",
  center: "M3 5h14 M6 10h8 M4.5 15h11",
  right: "M3 5h14 M9 10h8 M6 15h11",
  plus: "M10 4v12 M4 10h12",
  camera: "M3 6.5h3.2l1.3-2h5l1.3 2H17v9.5H3z M10 8.2a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  cross: "M5 5l10 10 M15 5 5 15",
  before: "M12.5 4.5 7 10l5.5 5.5",
  after: "M7.5 4.5 13 10l-5.5 5.5",
  alert: "M10 3 18 16.5H2z M10 8v4 M10 14.2v.1",
  dot: "M10 9v5 M10 6v.1 M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
  photos: "M3 6h11v11H3z M6 6V3h11v11h-3 M3 14l3.5-3.5 2.5 2.5 2-2 3 3",
  month: "M3.5 5h13v12h-13z M3.5 8.5h13 M7 3v3.5 M13 3v3.5 M7 12h.1 M10 12h.1 M13 12h.1 M7 14.6h.1 M10 14.6h.1",
  frame: "M3 6V3h3 M14 3h3v3 M17 14v3h-3 M6 17H3v-3 M10 7v6 M7 10h6",
  look: "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z M13 13l4 4",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

let counter = 0;
export function uid(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Run `action` once the calls have stopped for `ms`. */
export function debounce(action, ms) {
  let timer;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), ms);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Put words into a message's place, or take the empty place away. */
export function say(element, words) {
  element.textContent = words ?? "";
  element.hidden = !words;
}
