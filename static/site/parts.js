export { say } from "../studio/dom.js";

/** The page's named places: <… data-part="name">. The server wrote them, words and all; scripts only fill them in. */
export function parts(root) {
  return Object.fromEntries([...root.querySelectorAll("[data-part]")].map((element) => [element.dataset.part, element]));
}
