import { say } from "../site/parts.js";

/** The error's words beside the fields they belong to; the rest at the top. What was typed stays. */
export function beside(form, part, error, fields) {
  let placed = false;
  for (const field of fields) {
    const words = error.beside?.(field) ?? "";
    say(part[`error-${field}`], words);
    const input = form.elements[field];
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (words) input.setAttribute("aria-describedby", `${field}-error`);
    if (words && !placed) input.focus();
    placed ||= Boolean(words);
  }
  say(part.trouble, placed ? "" : error.message);
}

export function busy(form, value) {
  const button = form.querySelector("[type=submit]");
  button.disabled = value;
  return button;
}

const NOTICES = "cardmaker:notices";

/** What the next page is to say: kept for this tab alone, and said once. */
export function tellNext(notices) {
  if (notices.length) sessionStorage.setItem(NOTICES, notices.join(" "));
}

export function toldBefore() {
  const words = sessionStorage.getItem(NOTICES);
  sessionStorage.removeItem(NOTICES);
  return words ?? "";
}

const DOLLARS = new Intl.NumberFormat(document.documentElement.lang || "en", { style: "currency", currency: "USD", maximumFractionDigits: 4 });
export const dollars = (micros) => DOLLARS.format(micros / 1_000_000);
