// Photos on their way lie in the browser's own database, so that a reload in mid-upload loses none of them.
const NAME = "cardmaker-photos";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Run one request on the store. A browser that forbids the database only loses the safety net: answers null then. */
async function ask(mode, make) {
  try {
    const database = await open();
    return await new Promise((resolve, reject) => {
      const request = make(database.transaction("files", mode).objectStore("files"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }).finally(() => database.close());
  } catch {
    return null;
  }
}

/** `entry` is {key, design, name, file, url}. */
export const put = (entry) => ask("readwrite", (files) => files.put(entry));
export const drop = (key) => ask("readwrite", (files) => files.delete(key));
export const waitingFor = async (design) => ((await ask("readonly", (files) => files.getAll())) ?? []).filter((entry) => entry.design === design);
