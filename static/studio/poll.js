import { sleep } from "./dom.js";

const FIRST_MS = 700;
const SLOWEST_MS = 4_000;
const HIDDEN_MS = 8_000;

/**
 * Ask for `path` until `isDone(data)`, handing each changed answer to `onChange`. Costs little: 304 while nothing changed,
 * slower the longer nothing happens, slow in a hidden tab. Bad networks are waited out; `onTrouble(error)` hears of them.
 */
export async function follow(api, path, { isDone, onChange, onTrouble = () => {}, signal }) {
  let etag;
  let wait = FIRST_MS;
  while (!signal?.aborted) {
    try {
      const answer = await api.get(path, { etag });
      if (signal?.aborted) return null;
      onTrouble(null);
      if (!answer.notModified) {
        etag = answer.etag ?? undefined;
        wait = FIRST_MS;
        onChange(answer.data);
        if (isDone(answer.data)) return answer.data;
      }
    } catch (error) {
      if (!error.temporary) throw error;
      onTrouble(error);
      wait = Math.max(wait, (error.retryAfter ?? 2) * 1000);
    }
    await sleep(document.hidden ? Math.max(wait, HIDDEN_MS) : wait);
    wait = Math.min(wait * 1.3, SLOWEST_MS);
  }
  return null;
}

/** Send with the same key until an answer comes; `action` must be safe to repeat. At most `tries` times. */
export async function insist(action, { tries = 4, onTrouble = () => {} } = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (!error.temporary || attempt >= tries) throw error;
      onTrouble(error);
      await sleep((error.retryAfter ?? attempt ** 2) * 1000);
    }
  }
}
