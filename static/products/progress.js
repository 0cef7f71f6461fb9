import { h } from "../studio/dom.js";
import { follow } from "../studio/poll.js";
import { duration, t } from "../studio/text.js";

const OVER = ["done", "failed", "cancelled"];

/** The run that draws: how far, how long still, pause and resume. Pictures appear while it goes on. */
export function progressBoard(bench) {
  const { api, part } = bench;
  const words = h("p", { class: "small" });
  const bar = h("span");
  const meter = h("div", { class: "meter", role: "progressbar", "aria-label": t("Drawing"), "aria-valuemin": 0, "aria-valuemax": 100 }, bar);
  const pause = h("button", { type: "button", class: "button button-quiet button-small", on: { click: () => steer() } });
  part.progress.replaceChildren(h("div", { class: "row row-between" }, words, pause), meter);
  let followed = null;
  let run = null;

  async function watch(id) {
    followed = id;
    part.progress.hidden = false;
    try {
      await follow(api, `runs/${id}/`, { isDone: (state) => OVER.includes(state.state), onChange: changed, onTrouble: bench.fail });
      bench.announce(t("The pictures are there."));
    } catch (error) {
      bench.fail(error);
    }
    followed = null;
    part.progress.hidden = true;
    const problem = run?.error;
    await bench.reload();
    if (problem) bench.fail(problem);
  }

  function changed(state) {
    const fresh = state.images.length !== (run?.images.length ?? 0);
    run = state;
    meter.setAttribute("aria-valuenow", state.progress);
    bar.style.setProperty("--value", `${state.progress}%`);
    const done = state.pages.filter((page) => page.state === "ready").length;
    const told = state.state === "paused" ? t("Paused") : duration(state.eta_s);
    words.textContent = t("{done} of {all} drawn. {told}", { done, all: state.pages.length, told });
    pause.textContent = state.state === "paused" ? t("Go on") : t("Pause");
    if (fresh) bench.reload();
  }

  async function steer() {
    pause.disabled = true;
    try {
      await api.post(`runs/${followed}/${run?.state === "paused" ? "resume" : "pause"}/`);
    } catch (error) {
      bench.fail(error);
    } finally {
      pause.disabled = false;
    }
  }

  return (brief) => {
    if (brief.run && brief.run !== followed) watch(brief.run);
  };
}
