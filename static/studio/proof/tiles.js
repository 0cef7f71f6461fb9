import { h } from "../dom.js";
import { t } from "../text.js";

/** The squares of a print file that are in sight, laid over its preview. A link lives a quarter of an hour: a dead one is renewed. */
export function printTiles({ view, room, renew, onTrouble }) {
  const eye = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => load(target)), { root: view, rootMargin: "256px" });
  let page = null;
  let fresh = null;

  function load(tile) {
    eye.unobserve(tile);
    tile.src = `${page.tiles_url}${tile.dataset.place}.jpg`;
  }

  async function again(tile) {
    const asked = page;
    fresh ??= renew(asked).finally(() => (fresh = null)); // one answer for all squares that wait
    try {
      const answer = await fresh;
      if (page !== asked && page !== answer) return;
      if (!answer?.tiles_url || tile.dataset.again) throw new Error();
      page = answer;
      tile.dataset.again = "yes";
      tile.src = `${page.tiles_url}${tile.dataset.place}.jpg`;
    } catch {
      onTrouble(t("Some of it cannot be shown in full just now. Please try again in a moment."));
    }
  }

  function clear() {
    eye.disconnect();
    [page, fresh] = [null, null];
    room.replaceChildren();
  }

  function show(shown) {
    clear();
    page = shown;
    room.replaceChildren(...places(page).map(({ place, ...box }) => {
      const tile = h("img", { alt: "", draggable: "false", "data-place": place, vars: box });
      tile.addEventListener("error", () => again(tile));
      tile.addEventListener("load", () => {
        tile.classList.add("is-here");
        delete tile.dataset.again;
      });
      eye.observe(tile);
      return tile;
    }));
  }
  return { show, clear };
}

function places({ width_px: width, height_px: height, tile_px: side }) {
  const columns = Array.from({ length: Math.ceil(width / side) }, (_, column) => column);
  const rows = Array.from({ length: Math.ceil(height / side) }, (_, row) => row);
  return rows.flatMap((row) => columns.map((column) => ({
    place: `${column}-${row}`,
    "--left": `${column * side}px`,
    "--top": `${row * side}px`,
    "--across": `${Math.min(side, width - column * side)}px`,
    "--down": `${Math.min(side, height - row * side)}px`,
  })));
}
