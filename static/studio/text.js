// Every word the studio says goes through t(), so that a page can hand in another language before the element starts. The
// table of all messages is read from the sources (designs/studio/studio_words.py), so messages stand here in double quotes, whole.
let catalog = {};

export function setCatalog(messages) {
  catalog = messages;
}

/** Marks a message that is said later, by t(). */
export const noted = (message) => message;

/** The message in the page's language, with {names} replaced by values. */
export function t(message, values = {}) {
  const found = catalog[message] ?? message;
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Seconds as people say them: rough on purpose, because an estimate that counts every second looks wrong. */
export function duration(seconds) {
  if (seconds == null) return "";
  if (seconds < 3) return t("Almost there");
  if (seconds < 60) return t("About {count} seconds left", { count: seconds < 10 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5 });
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? t("About a minute left") : t("About {count} minutes left", { count: minutes });
}

/** The same before it begins. */
export function span(seconds) {
  if (seconds < 60) return t("about {count} seconds", { count: seconds < 10 ? Math.max(2, Math.ceil(seconds)) : Math.ceil(seconds / 5) * 5 });
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? t("about a minute") : t("about {count} minutes", { count: minutes });
}

export function moment(iso) {
  if (!iso) return "";
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}
