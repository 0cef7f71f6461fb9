const SHAPES = { time: { dateStyle: "medium", timeStyle: "short" }, day: { dateStyle: "medium" } };

/** Tell the times that the server wrote in UTC in the reader's own zone and language. */
export function tellMoments(root = document) {
  for (const element of root.querySelectorAll("time[data-moment]")) {
    const words = new Intl.DateTimeFormat(document.documentElement.lang || "en", SHAPES[element.dataset.moment]);
    element.textContent = words.format(new Date(element.dateTime));
  }
}
