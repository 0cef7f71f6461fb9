// Proof of work, by altcha's rules (version 2, PBKDF2 with SHA-256). One file twice: the page imports it, and where the page's
// own origin serves it, it also runs as the worker that computes. The browser's own WebCrypto does the work either way.

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Try after try, until the derived key begins as the challenge wants: the answer as text for the header. */
export async function compute(challenge) {
  const { parameters } = challenge;
  const [nonce, salt, prefix] = [parameters.nonce, parameters.salt, parameters.keyPrefix].map(bytesOf);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const kind = { name: "PBKDF2", hash: "SHA-256", salt, iterations: parameters.cost };
  for (let counter = 0; counter < 2 ** 32; counter += 1) {
    new DataView(password.buffer).setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derived = new Uint8Array(await crypto.subtle.deriveBits(kind, key, parameters.keyLength * 8));
    if (prefix.every((byte, place) => derived[place] === byte)) {
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey: hexOf(derived) } }));
    }
  }
  throw new Error("no answer");
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.onmessage = async ({ data }) => self.postMessage(await compute(data));
}

/** The answer, computed beside the page: in a worker, or where there is none (another origin's page) in the page's pauses. */
export function solve(challenge) {
  return inWorker(challenge).catch(() => compute(challenge));
}

function inWorker(challenge) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.url, { type: "module" });
    const end = (settle) => (event) => {
      worker.terminate();
      settle(event.data);
    };
    worker.onmessage = end(resolve);
    worker.onerror = end(reject);
    worker.postMessage(challenge);
  });
}

const FRESH_MS = 8 * 60_000; // a challenge is good for ten minutes

/**
 * One purpose's proof for one page. `prepare` computes ahead, while somebody reads or types; `take` is the answer for one
 * request, or "" for whom none is asked; `answer` solves the challenge that came with a refusal.
 */
export class ProofOfWork {
  #ready = null;

  /** `ask` reads an address below the API and gives {data}. */
  constructor(purpose, ask) {
    this.purpose = purpose;
    this.ask = ask;
  }

  prepare() {
    this.#ready ??= { since: Date.now(), answer: this.#ahead() };
    return this.#ready.answer;
  }

  async take() {
    const kept = this.#ready;
    this.#ready = null;
    return kept && Date.now() - kept.since < FRESH_MS ? kept.answer : "";
  }

  answer(refusal) {
    return solve(refusal.details.challenge);
  }

  async #ahead() {
    try {
      const { data } = await this.ask(`challenge/?purpose=${this.purpose}`);
      return data.needed ? await solve(data.challenge) : "";
    } catch {
      return ""; // the refusal of the request itself brings another challenge
    }
  }
}
