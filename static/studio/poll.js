import { pressKey } from "./api.js";
import { sleep } from "./dom.js";
import { t } from "./text.js";

const FIRST_MS = 700;
const SLOWEST_MS = 4_000;
const HIDDEN_MS = 8_000;
const SLOW_MS = 8_000; // nobody is left without a word for longer

/**
 * Ask for `path` until `isDone(data)`, handing each changed answer to `onChange`. Costs little: 304 while nothing changed,
 * slower the longer nothing happens, slow in a hidden tab. Bad networks are waited out; `onTrouble({message})` hears of them, and
 * null once it is over.
 */
export async function follow(api, path, { isDone, onChange, onTrouble = () => {}, signal }) {
  let etag;
  let wait = FIRST_MS;
  while (!signal?.aborted) {
    try {
      const answer = await answered(api.get(path, { etag }), onTrouble);
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
      onTrouble(tried(error));
      wait = Math.max(wait, (error.retryAfter ?? 2) * 1000);
    }
    await sleep(document.hidden ? Math.max(wait, HIDDEN_MS) : wait);
    wait = Math.min(wait * 1.3, SLOWEST_MS);
  }
  return null;
}

/**
 * Send until an answer comes; `action` must be safe to repeat. At most `tries` times. `onTrouble({message})` hears how it goes, and
 * null once it is over.
 */
export async function insist(action, { tries = 4, onTrouble = () => {} } = {}) {
  let troubled = false;
  const tell = (trouble) => {
    troubled = true;
    onTrouble(trouble);
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await answered(action(), tell);
      if (troubled) onTrouble(null);
      return answer;
    } catch (error) {
      if (!error.temporary || attempt >= tries) throw error;
      tell(tried(error));
      await sleep((error.retryAfter ?? attempt ** 2) * 1000);
    }
  }
}

const unanswered = new Map(); // what was pressed -> the key it was sent with

/**
 * POST what starts work: one press has one effect. A press that got no answer keeps its key, so that the next press of the same button
 * finds what was begun and does not begin it twice. `about` tells presses apart whose body is the same. Answers the data.
 */
export async function press(api, path, body, { proven = false, about = "", ...options } = {}) {
  const what = `${path} ${JSON.stringify(body)} ${about}`;
  const key = unanswered.get(what) ?? pressKey();
  unanswered.set(what, key);
  try {
    const { data } = await insist(() => (proven ? api.postProven(path, body, { key }) : api.post(path, body, { key })), options);
    unanswered.delete(what);
    return data;
  } catch (error) {
    if (!error.temporary) unanswered.delete(what);
    throw error;
  }
}

/** The answer, with a word to whoever waits when it takes long. */
async function answered(asking, onTrouble) {
  const slow = setTimeout(() => onTrouble({ message: t("The connection is slow. We are still waiting for an answer…") }), SLOW_MS);
  try {
    return await asking;
  } finally {
    clearTimeout(slow);
  }
}

/** What people are told while we try again by ourselves. */
function tried(error) {
  return { message: error.code === "offline" ? t("The connection is broken. What you made is kept, and we keep trying…") : `${error.message} ${t("We keep trying…")}` };
}
