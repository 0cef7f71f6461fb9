import { Api } from "./api.js";
import { ThemeCart } from "./cart/theme.js";
import { Studio } from "./studio.js";
import { setCatalog } from "./text.js";

/**
 * Begin in the loader's element on somebody else's page; `home` is where we live, ending with a slash. `words` are the messages of
 * another language by ours.
 */
export function start(host, home, words = {}) {
  setCatalog(words);
  fit(host);
  const shop = host.getAttribute("shop") ?? "";
  const proxy = host.getAttribute("proxy");
  const root = host.getAttribute("cart-root");
  const opener = proxy ? new URL(`${proxy}/session/`, document.baseURI).href : undefined;
  const studio = new Studio(host, {
    api: new Api({ base: new URL("api/v1/", home).href, auth: "bearer", shop, opener }),
    shop,
    assets: `${home}faces/{name}.webp`,
    guest: true,
    remembers: true,
    themeCart: root === null ? null : new ThemeCart(root),
  });
  studio.begin(true);
  return studio;
}

/** The page's own letters, in the size that the reader's browser calls medium: themes make a rem whatever they like. */
function fit(host) {
  const { fontFamily } = getComputedStyle(host);
  host.style.fontSize = "medium";
  const medium = getComputedStyle(host).fontSize;
  host.style.fontSize = "";
  host.style.setProperty("--rem", medium);
  host.style.setProperty("--cm-text", fontFamily);
  host.style.setProperty("--cm-display", fontFamily);
}
