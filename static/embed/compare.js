// Tells which pictures of a comparison set are seen and clicked on a page, for whoever made the set. In any page:
//   <script src="https://…/embed/v1/compare.js" data-events="https://…/comparison-sets/…/events/?token=…" defer></script>
//   <img src="…" data-picture="the picture's id">
// and after a purchase: cardmakerCompare.bought("the picture's id", "the order's number").
// No cookie, nothing about the visitor: a random mark for this tab, so that a reload counts nothing twice.
(() => {
  const address = document.currentScript?.dataset.events;
  if (!address) return;
  const MARK = "cardmaker:compare";

  function visit() {
    const fresh = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");
    try {
      const known = sessionStorage.getItem(MARK) ?? fresh();
      sessionStorage.setItem(MARK, known);
      return known;
    } catch {
      return fresh(); // a page that keeps nothing counts each view anew
    }
  }

  const mark = visit();
  const told = new Set();

  function tell(kind, image, whose = mark) {
    const id = `${whose}-${kind}-${image}`;
    if (!image || told.has(id)) return;
    told.add(id);
    navigator.sendBeacon(address, JSON.stringify({ events: [{ id: id.slice(0, 100), kind, image }] }));
  }

  const seen = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => tell("shown", entry.target.dataset.picture)),
    { threshold: 0.5 },
  );
  const look = () => document.querySelectorAll("[data-picture]").forEach((picture) => seen.observe(picture));
  look();
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("click", (event) => tell("clicked", event.target.closest?.("[data-picture]")?.dataset.picture), true);
  window.cardmakerCompare = { bought: (image, order) => tell("bought", image, order ? `order-${order}` : mark) };
})();
