const REM = /(-?\d*\.?\d+)rem\b/g;

/** A constructed style sheet, made once and shared by every element that asks: works under a CSP without inline styles. */
export function sheetOf(css) {
  let sheet;
  return () => {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(scaled(css));
    }
    return sheet;
  };
}

/** Give a shadow root one more sheet, once. */
export function adopt(root, sheet) {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Many shop themes set the page's root to 10 px, so a rem is whatever the element says it is; conditions know no variables. */
function scaled(css) {
  const conditions = css.replace(/@(container|media)[^{]*/g, (rule) => rule.replace(REM, (_, count) => `${count * 16}px`));
  return conditions.replace(REM, "calc(var(--rem, 1rem) * $1)");
}
