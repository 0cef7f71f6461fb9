// A client of tus 1.0: a file travels in chunks, and after a broken line the server says how far it came.
import { sleep } from "../dom.js";

const CHUNK = 1 << 20;
const WAIT_S = [1, 2, 4, 8, 15, 30];
const TRIES = 40;
const VERSION = { "Tus-Resumable": "1.0.0" };

/**
 * Bring `file` to the server, however often the line breaks; resumes at `url` or begins anew and tells `onUrl`. `onTrouble` hears
 * {error, wait_s} of each broken try. Answers the upload's address. Throws ApiError when the server refuses the file.
 */
export async function send(api, file, { url, onUrl, onShare, onTrouble, signal }) {
  for (let failures = 0; ; ) {
    try {
      if (!url) onUrl((url = await create(api, file)));
      const known = await api.raw("HEAD", url, { headers: VERSION });
      onTrouble(null);
      for (let offset = Number(known.headers.get("Upload-Offset")); offset < file.size; failures = 0) {
        const start = offset;
        offset = await sendChunk(api, url, file, start, (sent) => onShare(Math.min(1, (start + sent) / file.size)), signal);
      }
      return url;
    } catch (error) {
      const gone = url && [404, 410].includes(error.status);
      if (signal.aborted || !(gone || error.temporary || [409, 423].includes(error.status)) || (failures += 1) > TRIES) throw error;
      if (gone) onUrl((url = null));
      const wait_s = error.retryAfter ?? WAIT_S[Math.min(failures, WAIT_S.length) - 1];
      onTrouble({ error, wait_s });
      await Promise.race([sleep(wait_s * 1000), new Promise((go) => addEventListener("online", go, { once: true }))]);
    }
  }
}

async function create(api, file) {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name.slice(-120))));
  const response = await api.raw("POST", "uploads/", { headers: { ...VERSION, "Upload-Length": file.size, "Upload-Metadata": `filename ${name}` } });
  return new URL(response.headers.get("Location"), response.url).href;
}

/** One PATCH by XMLHttpRequest, because fetch does not tell how much of a body is on its way. Answers the new offset. */
async function sendChunk(api, url, file, offset, onSent, signal) {
  const headers = { ...VERSION, ...(await api.identity("PATCH")), "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset };
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", url);
    request.timeout = 120_000;
    for (const name in headers) request.setRequestHeader(name, headers[name]);
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onloadend = () => {
      const next = Number(request.getResponseHeader("Upload-Offset"));
      if (request.status === 204 && next > offset) resolve(next);
      else reject(api.refusal(request.responseText, request.status, request.getResponseHeader("Retry-After")));
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(file.slice(offset, offset + CHUNK));
  });
}
