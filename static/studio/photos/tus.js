// A small client of tus 1.0 (creation, resume): a file travels in chunks, and after a broken line the server says how far it came.
import { sleep } from "../dom.js";

const CHUNK = 1 << 20;
const WAIT_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const VERSION = { "Tus-Resumable": "1.0.0" };
const GONE = [404, 410];

/**
 * Bring `file` to the server, however often the line breaks. Resumes at `url`, or begins anew and tells `onUrl`. `onTrouble`
 * hears ({error, wait_ms}) of each broken try. Answers the upload's address. Throws ApiError when the server refuses the file.
 */
export async function send(api, file, { url, onUrl, onShare, onTrouble, signal }) {
  for (let failures = 0; ; ) {
    try {
      if (!url) onUrl((url = await create(api, file)));
      let offset = await offsetAt(api, url);
      onTrouble(null);
      while (offset < file.size) {
        const start = offset;
        offset = await sendChunk(api, url, file, start, (sent) => onShare(Math.min(1, (start + sent) / file.size)), signal);
        failures = 0;
      }
      return url;
    } catch (error) {
      if (signal.aborted) throw error;
      const stale = url && GONE.includes(error.status);
      if (!stale && !error.temporary && ![409, 423, 460].includes(error.status)) throw error;
      if (stale) onUrl((url = null));
      const wait = (error.retryAfter ?? 0) * 1000 || WAIT_MS[Math.min(failures, WAIT_MS.length - 1)];
      if ((failures += 1) > 40) throw error;
      onTrouble({ error, wait_ms: wait });
      await Promise.race([sleep(wait), new Promise((resume) => addEventListener("online", resume, { once: true }))]);
    }
  }
}

async function create(api, file) {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name.slice(-120))));
  const headers = { ...VERSION, "Upload-Length": String(file.size), "Upload-Metadata": `filename ${name},filetype ${btoa(file.type || "application/octet-stream")}` };
  const response = await api.raw("POST", "uploads/", { headers });
  return new URL(response.headers.get("Location"), response.url).href;
}

async function offsetAt(api, url) {
  const response = await api.raw("HEAD", url, { headers: VERSION });
  return Number(response.headers.get("Upload-Offset"));
}

/** One PATCH by XMLHttpRequest, because fetch does not tell how much of a body is on its way. Answers the new offset. */
async function sendChunk(api, url, file, offset, onSent, signal) {
  const headers = { ...VERSION, ...(await api.identity("PATCH")), "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("PATCH", url);
    request.timeout = 120_000;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onloadend = () => {
      signal.removeEventListener("abort", stop);
      const next = Number(request.getResponseHeader("Upload-Offset"));
      if (request.status < 300 && request.status && next > offset) resolve(next);
      else reject(api.refusal(request.responseText, request.status, request.getResponseHeader("Retry-After")));
    };
    signal.addEventListener("abort", stop, { once: true });
    request.send(file.slice(offset, offset + CHUNK));
  });
}
