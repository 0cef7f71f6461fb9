// What a theme does with its cart: the number in the head, and quantities on the cart page.
const root = document.body.dataset.root;

async function ask(path, body) {
  const response = await fetch(root + path, body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return response.json();
}

async function count() {
  const cart = await ask("cart.js");
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = cart.item_count;
}

document.addEventListener("cardmaker:added", count);

for (const input of document.querySelectorAll("[data-key]")) {
  input.addEventListener("change", () => ask("cart/change.js", { id: input.dataset.key, quantity: Number(input.value) }).then(() => location.reload()));
}
for (const button of document.querySelectorAll("[data-remove]")) {
  button.addEventListener("click", () => ask("cart/change.js", { id: button.dataset.remove, quantity: 0 }).then(() => location.reload()));
}
