import { pressKey } from "../api.js";
import { sleep } from "../dom.js";
import { follow } from "../poll.js";
import { t } from "../text.js";
import * as shelf from "./shelf.js";
import { send } from "./tus.js";

const AT_ONCE = 2;
const MAX_BYTES = 10_000_000;
const KINDS = /^image\/(jpeg|png|webp|heic|heif)$/;
const ENDINGS = /\.(jpe?g|png|webp|heic|heif)$/i;

/**
 * The photos of a design: taken from the person, brought to the server, kept in order. `state.photos` lists
 * {key, id, name, state: waiting|sending|broken|checking|ready|refused, share, message, thumb_url, faces, advice}.
 */
export class PhotoDesk {
  #files = new Map();
  #busy = 0;
  #chain = Promise.resolve();
  #isOwed = false; // the server has not yet answered the last order

  constructor({ store, api, announce, ensureDesign }) {
    Object.assign(this, { store, api, announce, ensureDesign });
    store.set({ photos: [] });
    addEventListener("pagehide", () => this.#leave());
  }

  /** What the server has, then what a closed tab left on its way. */
  async resume(design) {
    const held = (design.photos ?? []).map(shown);
    this.store.set({ photos: [...held, ...this.store.state.photos.filter((photo) => !photo.id && photo.state !== "ready")] });
    for (const { key, name, file, url } of await shelf.waitingFor(design.id)) {
      if (!this.#files.has(key)) this.#take(key, name, file, url);
    }
    this.#pump();
  }

  /** Refresh links and advice without touching the order or what is on its way. */
  refresh(design) {
    const known = new Map((design.photos ?? []).map((photo) => [photo.id, photo]));
    this.store.set({ photos: this.store.state.photos.map((photo) => (known.has(photo.id) ? { ...photo, ...shown(known.get(photo.id)), key: photo.key } : photo)) });
  }

  add(files, max) {
    const room = max - this.store.state.photos.filter((photo) => photo.state !== "refused").length;
    const taken = [...files].filter(Boolean);
    for (const file of taken.slice(0, room)) {
      const key = pressKey();
      const problem = problemOf(file);
      if (problem) this.#list({ key, name: file.name, state: "refused", message: problem, share: 0 });
      else this.#take(key, file.name, file, null);
    }
    const left = taken.length - Math.max(room, 0);
    this.store.set({ photoNote: left > 0 ? t("{max} photos are the most: {left} more were left out.", { max, left }) : "" });
    if (taken.length) this.announce(t("{count} photos added.", { count: Math.min(taken.length, Math.max(room, 0)) }));
    this.#pump();
  }

  #take(key, name, file, url) {
    this.#files.set(key, { file, url, stop: new AbortController() });
    this.#list({ key, name, state: "waiting", share: 0, message: "", local: URL.createObjectURL(file) });
  }

  #list(photo) {
    this.store.set({ photos: [...this.store.state.photos, photo] });
  }

  #change(key, patch) {
    this.store.set({ photos: this.store.state.photos.map((photo) => (photo.key === key ? { ...photo, ...patch } : photo)) });
  }

  #pump() {
    for (const photo of this.store.state.photos) {
      if (this.#busy >= AT_ONCE) return;
      if (photo.state !== "waiting") continue;
      this.#busy += 1;
      this.#change(photo.key, { state: "sending" });
      this.#bring(photo.key).finally(() => {
        this.#busy -= 1;
        this.#pump();
      });
    }
  }

  async #bring(key) {
    const entry = this.#files.get(key);
    try {
      const design = await this.ensureDesign((trouble) => this.#change(key, trouble ? { state: "broken", message: trouble.message } : { state: "sending", message: "" }));
      const keep = (url) => shelf.put({ key, design: design.id, name: entry.file.name, file: entry.file, url: (entry.url = url) });
      await keep(entry.url);
      const url = await send(this.api, entry.file, {
        url: entry.url,
        onUrl: keep,
        onShare: (share) => this.#change(key, { state: share < 1 ? "sending" : "checking", share, message: "" }),
        onTrouble: (trouble) => this.#change(key, trouble ? { state: "broken", message: troubleText(trouble) } : { state: "sending", message: "" }),
        signal: entry.stop.signal,
      });
      await this.#arrived(key, url, entry.stop.signal);
    } catch (error) {
      if (!entry.stop.signal.aborted) this.#refuse(key, error);
    }
  }

  async #arrived(key, url, signal) {
    this.#change(key, { state: "checking", share: 1, message: "" });
    const onTrouble = (trouble) => this.#change(key, trouble ? { state: "broken", message: trouble.message } : { state: "checking", message: "" });
    const upload = await follow(this.api, url, { isDone: (answer) => answer.photo || answer.error, onChange: () => {}, onTrouble, signal });
    if (!upload) return;
    if (upload.error) throw new Error(upload.error.message);
    const { photo } = upload;
    this.#forget(key);
    if (this.store.state.photos.some((entry) => entry.id === photo.id)) return this.#twice(key);
    this.#change(key, { ...shown(photo), key });
    this.announce([t("Photo ready."), ...(photo.advice ?? []).map(({ message }) => message)].join(" "));
    await this.#writeOrder();
  }

  #twice(key) {
    this.store.set({ photos: this.store.state.photos.filter((photo) => photo.key !== key), photoNote: t("That photo is here already.") });
  }

  #refuse(key, error) {
    this.#forget(key);
    this.#change(key, { state: "refused", message: error.beside?.("file") || error.message });
    this.announce(error.message);
  }

  #forget(key) {
    this.#files.delete(key);
    shelf.drop(key);
  }

  /** Try a refused file no more, take an uploaded one off the design and delete it: it belongs to the person. */
  async remove(key) {
    const photo = this.store.state.photos.find((entry) => entry.key === key);
    this.#files.get(key)?.stop.abort();
    this.#forget(key);
    if (photo?.local) URL.revokeObjectURL(photo.local);
    this.store.set({ photos: this.store.state.photos.filter((entry) => entry.key !== key), photoNote: "" });
    this.announce(t("Photo removed."));
    if (!photo?.id) return;
    await this.#writeOrder();
    await this.api.delete(`photos/${photo.id}/`).catch(() => {}); // another design may still need it
  }

  move(key, to) {
    const photos = [...this.store.state.photos];
    const from = photos.findIndex((photo) => photo.key === key);
    const target = Math.min(Math.max(to, 0), photos.length - 1);
    if (from < 0 || from === target) return;
    photos.splice(target, 0, ...photos.splice(from, 1));
    this.store.set({ photos });
    this.announce(t("Now number {number} of {count}.", { number: target + 1, count: photos.length }));
    this.#writeOrder();
  }

  /** The design's photos as they now stand, written one list after the other until the server has the last. */
  #writeOrder() {
    this.#isOwed = true;
    this.#chain = this.#chain.then(() => this.#write());
    return this.#chain;
  }

  async #write() {
    for (let tries = 0; ; tries += 1) {
      const ids = this.#ids();
      try {
        await this.#put(ids);
        this.#isOwed = ids.join() !== this.#ids().join();
        return this.store.set({ photoTrouble: "" });
      } catch (error) {
        this.store.set({ photoTrouble: error.message });
        if (!error.temporary) {
          this.#isOwed = false;
          return;
        }
        await sleep(Math.min(2 ** tries, 30) * 1000);
      }
    }
  }

  /** The page goes, and a write that is on its way or waits its turn goes with it: this one outlives the page. */
  #leave() {
    if (this.#isOwed) this.#put(this.#ids(), { keepalive: true }).catch(() => {});
  }

  #ids() {
    return this.store.state.photos.filter((photo) => photo.id).map((photo) => photo.id);
  }

  #put(ids, options) {
    return this.api.put(`designs/${this.store.state.design.id}/photos/`, { photos: ids }, options);
  }
}

const shown = ({ id, thumb_url, url, faces, advice }) => ({ key: id, id, state: "ready", share: 1, message: "", thumb_url, url, faces: faces ?? [], advice: advice ?? [] });

function problemOf(file) {
  if (!KINDS.test(file.type) && !ENDINGS.test(file.name)) return t("Not a photo we can read. JPEG, PNG, WebP or HEIC, please.");
  if (file.size > MAX_BYTES) return t("Larger than 10 MB. A smaller copy is good enough.");
  return file.size ? "" : t("This file is empty.");
}

function troubleText({ error, wait_s: wait }) {
  const seconds = Math.round(wait);
  return error.code === "offline" ? t("Connection lost. We go on where it stopped, next try in {seconds} s.", { seconds }) : t("The server is busy. Next try in {seconds} s.", { seconds });
}
