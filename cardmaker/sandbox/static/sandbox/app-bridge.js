// A stand-in of Shopify's App Bridge: inside the frame it gets session tokens from the admin page around it.
// As the real one it defines `shopify`, puts a token on same-origin fetches, and follows `shopify-reload`.
(() => {
  const meta = document.querySelector('meta[name="shopify-api-key"]');
  const apiKey = meta ? meta.content : "";
  const admin = new URL(document.currentScript.src).origin;
  const plainFetch = window.fetch.bind(window);

  /** The answer comes by a port of its own: it reaches this page or nobody, wherever the frame has gone meanwhile. */
  function ask(what, given = {}, within = 10000) {
    return new Promise((resolve, reject) => {
      if (window.parent === window) return reject(new Error("Not embedded"));
      const { port1, port2 } = new MessageChannel();
      const late = setTimeout(() => reject(new Error("No answer from the admin")), within);
      port1.onmessage = ({ data }) => {
        clearTimeout(late);
        port1.close();
        data ? resolve(data) : reject(new Error("The admin has no answer"));
      };
      window.parent.postMessage({ appBridge: what, apiKey, ...given }, admin, [port2]);
    });
  }

  const idToken = () => ask("token");

  window.fetch = async (resource, options = {}) => {
    const url = new URL(resource instanceof Request ? resource.url : resource, location.href);
    const headers = new Headers(options.headers || (resource instanceof Request ? resource.headers : {}));
    if (url.origin === location.origin && !headers.has("Authorization")) headers.set("Authorization", `Bearer ${await idToken()}`);
    return plainFetch(resource, { ...options, headers });
  };

  const params = new URLSearchParams(location.search);
  window.shopify = {
    config: { apiKey, shop: params.get("shop"), host: params.get("host"), locale: params.get("locale") || "en" },
    idToken,
    scopes: { request: (scopes) => ask("scopes", { scopes }, 600000) },
    toast: { show: (text) => ask("toast", { text: String(text) }).catch(() => {}) },
  };

  const reload = params.get("shopify-reload");
  if (reload) {
    idToken().then((token) => {
      const there = new URL(reload, location.origin);
      if (there.origin !== location.origin) return;
      there.searchParams.set("id_token", token);
      location.replace(there);
    }, () => {});
  }
})();
