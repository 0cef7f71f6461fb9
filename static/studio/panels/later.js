import { h } from "../dom.js";

/** A panel that is fetched when `when(state)` first holds; `load` answers the function that makes it. */
export function later(load, studio, when) {
  const element = h("div", { hidden: true });
  let part = null;
  let loading = null;
  const update = (state) => {
    element.hidden = !when(state);
    if (part || element.hidden) return part?.update(state);
    loading ??= load().then(
      (make) => {
        part = make(studio);
        element.replaceChildren(part.element);
        part.update(studio.store.state);
      },
      () => (loading = null),
    );
    return undefined;
  };
  return { element, update };
}
