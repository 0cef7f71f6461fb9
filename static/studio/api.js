import { ProofOfWork } from "./proofofwork.js";
import { forget, keep, recall } from "./storage.js";
import { t } from "./text.js";

const TIMEOUT_MS = 30_000;
const RENEW_MS = 7 * 24 * 3600_000; // a token this close to its end is exchanged for a fresh one

/** What went wrong, in the API's one error shape. `code` is "offline" when no answer came at all. */
export class ApiError extends Error {
  constructor({ code, message, details, retry_after: retryAfter }, status) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details ?? {};
    this.retryAfter = retryAfter;
  }

  /** Worth asking again later with the same request? */
  get temporary() {
    return this.code === "offline" || this.status === 429 || this.status >= 500;
  }

  /** The message that belongs beside one field, or "". */
  beside(field) {
    const found = this.details?.[field];
    return Array.isArray(found) ? found.join(" ") : typeof found === "string" ? found : "";
  }
}

const offline = () => new ApiError({ code: "offline", message: t("We cannot reach Cardmaker just now. What you wrote is kept here.") }, 0);

function parsed(text, reviver) {
  try {
    return text ? JSON.parse(text, reviver) : {};
  } catch {
    return {};
  }
}

/**
 * The API for one page: the session cookie on our own pages, a bearer token for a guest elsewhere. `opener` is where a
 * token comes from when that is not the API itself: a theme's app proxy, which vouches for the shop.
 */
export class Api {
  #opening = null;
  #renewing = null;

  constructor({ base = "/api/v1/", auth = "session", shop = "", opener = "session/" } = {}) {
    this.base = new URL(base, document.baseURI);
    this.auth = auth;
    this.shop = shop;
    this.proof = new ProofOfWork("generation", (path) => this.get(path));
    this.opener = opener;
  }

  get(path, options) {
    return this.#send("GET", path, options);
  }

  post(path, body, options) {
    return this.#send("POST", path, { body: body ?? {}, ...options });
  }

  /** A POST that guests prove some work for: computed ahead where there was time, else when we are asked. */
  async postProven(path, body, options) {
    try {
      return await this.post(path, body, { ...options, proof: await this.proof.take() });
    } catch (error) {
      if (error.code !== "proof_of_work_needed") throw error;
      return this.post(path, body, { ...options, proof: await this.proof.answer(error) });
    }
  }

  put(path, body, options) {
    return this.#send("PUT", path, { body, ...options });
  }

  patch(path, body, options) {
    return this.#send("PATCH", path, { body, ...options });
  }

  delete(path) {
    return this.#send("DELETE", path);
  }

  /** One file, as a form sends it. */
  async send(path, file) {
    const body = new FormData();
    body.append("file", file);
    const headers = { Accept: "application/json", ...(await this.identity("POST")) };
    return this.#read(await this.#fetch(path, { method: "POST", headers, body, credentials: this.#credentials }));
  }

  /** A request whose answer is in its headers; `path` may be a whole address. Raises ApiError like the others. */
  async raw(method, path, { headers } = {}) {
    const response = await this.#fetch(path, { method, headers: { ...headers, ...(await this.identity(method)) }, credentials: this.#credentials });
    if (!response.ok) throw this.refusal(await response.text(), response.status, response.headers.get("Retry-After"));
    return response;
  }

  /** A token that died meanwhile is replaced once; what belonged to it is then somebody else's, and the API says so. */
  async #send(method, path, options) {
    try {
      return await this.#sendOnce(method, path, options);
    } catch (error) {
      if (error.status !== 401 || this.auth === "session") throw error;
      return this.#sendOnce(method, path, options);
    }
  }

  async #sendOnce(method, path, { body, etag, key, keepalive, proof } = {}) {
    const headers = { Accept: "application/json", ...(await this.identity(method)) };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (etag) headers["If-None-Match"] = etag;
    if (key) headers["Idempotency-Key"] = key;
    if (proof) headers["Proof-Of-Work"] = proof;
    const response = await this.#fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: this.#credentials,
      keepalive,
    });
    return this.#read(response);
  }

  async #fetch(path, request) {
    try {
      return await fetch(new URL(path, this.base), { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      throw offline();
    }
  }

  async #read(response) {
    if (response.status === 304) return { notModified: true };
    const text = await response.text();
    if (!response.ok) throw this.refusal(text, response.status, response.headers.get("Retry-After"));
    return { data: parsed(text, (name, value) => this.#whole(name, value)), etag: response.headers.get("ETag") };
  }

  /** Links in answers are relative to us, and the page may be somebody else's. */
  #whole(name, value) {
    const ours = typeof value === "string" && value.startsWith("/") && name.endsWith("url");
    return ours && this.base.origin !== location.origin ? new URL(value, this.base).href : value;
  }

  /** The error that an answer stands for; status 0 is no answer at all. */
  refusal(text, status, retryAfter) {
    if (!status) return offline();
    if (status === 401 && this.auth !== "session") forget(this.#tokenKey);
    const error = parsed(text).error ?? { code: "failed", message: t("That did not work. Please try again in a moment.") };
    return new ApiError({ retry_after: Number(retryAfter) || null, ...error }, status);
  }

  get #credentials() {
    return this.auth === "session" ? "same-origin" : "omit";
  }

  /** The headers that say who asks. */
  async identity(method) {
    if (this.auth === "session") return ["GET", "HEAD"].includes(method) ? {} : { "X-CSRFToken": csrfToken() };
    return { Authorization: `Bearer ${await this.#token()}` };
  }

  get #tokenKey() {
    return `cardmaker:token:${this.base.origin}:${this.shop}`;
  }

  async #token() {
    const kept = recall(this.#tokenKey);
    const left = kept ? new Date(kept.expires_at) - Date.now() : 0;
    if (left > 0) {
      if (left < RENEW_MS) this.#renewing ??= this.#open(kept).catch(() => {}); // once a page; the old one still serves
      return kept.token;
    }
    // Several requests begin at once, and each session would be a guest of its own.
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #open(kept) {
    const headers = { "Content-Type": "application/json", ...(kept && { Authorization: `Bearer ${kept.token}` }) };
    const address = kept ? "session/" : this.opener;
    const response = await this.#fetch(address, { method: "POST", headers, body: JSON.stringify(this.shop ? { shop: this.shop } : {}) });
    const { data } = await this.#read(response);
    keep(this.#tokenKey, data);
    return data.token;
  }
}

/** The cookie first: it is fresh even when another tab has logged in since this page was made. */
export function csrfToken() {
  const meta = document.querySelector('meta[name="csrf"]');
  const name = meta?.dataset.cookie;
  const cookie = document.cookie.split("; ").find((entry) => name && entry.startsWith(`${name}=`));
  return cookie ? decodeURIComponent(cookie.slice(name.length + 1)) : (meta?.content ?? "");
}

/** A key for one press of a button: the same press sent twice has one effect. */
export function pressKey() {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
