import { h } from "../dom.js";
import { adopt } from "../styles/sheet.js";
import { t } from "../text.js";

const LIMITS = { min: 0, max: 4 };

/** Photos that a card's pictures start from. What it takes is loaded when somebody opens it, or has photos already. */
export function referencesPanel({ store, api, root, announce, actions }) {
  const summary = h("summary", {}, t("Start from photos"));
  const element = h("details", { class: "references", on: { toggle: () => element.open && load() } }, summary);
  let panel = null;
  let loading = null;

  function load() {
    loading ??= Promise.all([import("../photos/desk.js"), import("../photos/panel.js"), import("../styles/photos.js")]).then(([{ PhotoDesk }, { photoPanel }, { photoSheet }]) => {
      adopt(root, photoSheet());
      const desk = new PhotoDesk({ store, api, announce, ensureDesign: (onTrouble) => actions.ensureDesign(onTrouble) });
      panel = photoPanel({ desk, root, limits: LIMITS, title: t("Photos to start from"), lead: t("Up to four photos of who should be in it") });
      element.append(panel.element);
      if (store.state.design) desk.resume(store.state.design);
      update(store.state);
    });
  }
  const update = (state) => {
    if (panel) return panel.update(state);
    if (state.design?.photos?.length && !loading) {
      element.open = true;
      load();
    }
    return undefined;
  };
  return { element, update };
}
