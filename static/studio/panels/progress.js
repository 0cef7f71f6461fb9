import { h } from "../dom.js";
import { isRunning } from "../store.js";
import { duration, t } from "../text.js";
import { button, meter } from "./controls.js";

/** How far the running pictures are, with pause and stop. */
export function runProgress(actions) {
  const bar = meter(t("Progress of your pictures"));
  const stop = button({ text: t("Stop"), className: "small quiet", onPress: () => actions.steer("cancel") });
  const pause = button({ text: t("Pause"), className: "small quiet", onPress: () => actions.steer(pause.verb) });
  const element = h("div", { class: "run" }, bar.element, h("div", { class: "row" }, pause.element, stop.element));
  const update = (state) => {
    const { run } = state;
    element.hidden = !isRunning(run) || run.stage === "final" || !run.positions.includes(state.position);
    if (element.hidden) return;
    pause.verb = run.state === "paused" ? "resume" : "pause";
    pause.update({ text: run.state === "paused" ? t("Go on") : t("Pause"), disabled: !run.id });
    stop.update({ disabled: !run.id });
    bar.update(run.progress ?? 0, runText(run));
  };
  return { element, update };
}

export function runText(run) {
  if (run.state === "paused") return t("Paused");
  if (run.state === "queued") return t("Waiting for a free easel…");
  return duration(run.eta_s) || t("Drawing…");
}
