// What this browser keeps for us. Where storage is blocked (private windows, strict settings) it lasts as long as the page.
const memory = new Map();

/** The kept value, or null. */
export function recall(key) {
  try {
    const text = memory.get(key) ?? localStorage.getItem(key);
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export function keep(key, value) {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(key, text);
    memory.delete(key);
  } catch {
    memory.set(key, text);
  }
}

export function forget(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept there either.
  }
}
