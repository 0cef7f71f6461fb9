import { h, icon, keep, uid } from "../dom.js";
import { button, meter, until } from "../panels/controls.js";
import { pageOf } from "../store.js";
import { duration, t } from "../text.js";
import { calendarOf, isDrawing, missing, pictured, positions, promptProblem, standingOf, titleOf } from "./months.js";

/** Step 3: the pictures come, one sheet after the other. */
export function drawStep({ actions, guest }) {
  const lead = h("p", { class: "cal-lead" });
  const press = button({ text: "", iconName: "brush", className: "primary", onPress: () => actions.draw() });
  const allowance = h("p", { class: "hint plain" });
  const mail = mailField(actions, guest);
  const bar = meter(t("Progress of your calendar"));
  const pause = button({ text: "", className: "small quiet", onPress: () => actions.steer(pause.verb) });
  const stop = button({ text: t("Stop"), className: "small quiet", onPress: () => actions.steer("cancel") });
  const running = h("div", { class: "draw-run" }, bar.element, h("div", { class: "row" }, pause.element, stop.element), h("p", { class: "hint plain" }, t("You may close this page. We go on drawing, and everything is here when you come back.")));
  const look = button({ text: t("Look at the calendar"), iconName: "open", className: "primary", onPress: () => actions.goTo("preview") });
  const done = h("div", { class: "draw-begin" }, h("p", { class: "done-line" }, icon("check"), t("All thirteen pictures are here.")), look.element);
  const begin = h("div", { class: "draw-begin" }, mail.element, press.element, allowance);
  const list = h("ol", { class: "contact" });
  const element = h("section", { class: "cal-draw", "aria-label": t("Pictures") },
    h("div", { class: "cal-head" }, h("h2", { class: "cal-title" }, t("Thirteen pictures, one press")), lead),
    h("div", { class: "sheet draw-desk" }, begin, running, done), list);

  const update = (state) => {
    const calendar = calendarOf(state);
    const drawing = isDrawing(state);
    begin.hidden = drawing || missing(state).length === 0;
    running.hidden = !drawing;
    done.hidden = !begin.hidden || drawing;
    lead.textContent = leadText(state);
    showPress(state, press, allowance);
    mail.update(state);
    if (drawing) {
      pause.verb = state.run.state === "paused" ? "resume" : "pause";
      pause.update({ text: state.run.state === "paused" ? t("Go on") : t("Pause"), disabled: !state.run.id });
      stop.update({ disabled: !state.run.id });
      bar.update(state.run.progress ?? 0, runText(state.run, calendar));
    }
    keep(list, positions(state).map((position) => ({ key: position, make: () => frame(actions, position), update: (item) => item.show(state, titleOf(position, calendar)) })));
  };
  return { element, update };
}

function leadText(state) {
  if (isDrawing(state)) return t("Finished months appear here while the others are drawn.");
  const done = pictured(state).length;
  if (done === positions(state).length) return t("Look at them as a calendar, and change any of them there.");
  return done ? t("Only what is missing is drawn again; the others stay as they are.") : t("Every month is drawn once, in the best quality we can give you. You change single months afterwards.");
}

function showPress(state, press, allowance) {
  const open = missing(state);
  const ready = open.filter((position) => !promptProblem(pageOf(state, position).prompt));
  const unwritten = open.length - ready.length;
  const granted = state.usage.page;
  const refused = granted && !granted.allowed;
  const all = open.length === positions(state).length;
  press.update({ text: all ? t("Draw my calendar") : ready.length === 1 ? t("Draw the missing picture") : t("Draw the {count} missing pictures", { count: ready.length || open.length }), disabled: refused || !ready.length || unwritten > 0 });
  if (refused) allowance.textContent = `${granted.reason} ${until(granted.resets_at)}`;
  else if (unwritten) allowance.textContent = t("{count} pages have no words yet. Write them in the step before.", { count: unwritten });
  else allowance.textContent = [granted?.reason, t("Free to try. You pay only for what you have printed.")].filter(Boolean).join(" ");
}

/** A guest may leave an address: the news is optional, the calendar is here in any case. */
function mailField(actions, guest) {
  const id = uid("mail");
  const field = h("input", { id, type: "email", class: "input", autocomplete: "email", placeholder: "you@example.com", "aria-describedby": `${id}-bad`, on: { input: () => actions.setEmail(field.value.trim()) } });
  const bad = h("p", { class: "bad", role: "alert", id: `${id}-bad` });
  const element = h("div", { class: "field", hidden: !guest }, h("label", { for: id, class: "label" }, t("Tell me when it is ready")), field, h("p", { class: "hint plain" }, t("Optional. One email when we begin, one when it is done.")), bad);
  const update = (state) => {
    if (!field.value && state.email) field.value = state.email;
    if (bad.textContent !== (state.emailProblem ?? "")) bad.textContent = state.emailProblem ?? "";
    field.setAttribute("aria-invalid", String(Boolean(state.emailProblem)));
  };
  return { element, update };
}

export function runText(run, calendar) {
  if (run.state === "paused") return t("Paused. What is under way comes home, nothing new begins.");
  if (run.state === "queued" && !run.now) return t("Waiting for a free easel…");
  const what = run.now ? t("Drawing {month}…", { month: titleOf(run.now, calendar) }) : t("Drawing…");
  return [what, duration(run.eta_s)].filter(Boolean).join(" · ");
}

/** One page on the contact sheet: waiting, being drawn, there, or failed with its reason. */
function frame(actions, position) {
  const image = h("img", { alt: "", loading: "lazy" });
  const paper = h("span", { class: "contact-paper", "aria-hidden": "true" }, icon("brush"));
  const face = h("button", { type: "button", class: "contact-face", on: { click: () => (actions.store.set({ position }), actions.goTo("preview")) } }, image, paper);
  const name = h("strong", {});
  const words = h("span", { class: "contact-words" });
  const again = button({ text: t("Try again"), className: "small", onPress: () => actions.draw([position]) });
  const item = h("li", { class: "contact-item" }, face, h("div", { class: "contact-line" }, name, words), again.element);
  item.show = (state, title) => {
    const standing = standingOf(state, position);
    item.dataset.state = standing.state;
    name.textContent = title;
    const told = { ready: "", drawing: t("Drawing…"), waiting: t("Waiting"), failed: standing.message || t("This picture did not work out."), empty: promptProblem(pageOf(state, position).prompt) ? t("No words yet") : t("Not drawn yet") }[standing.state];
    if (words.textContent !== told) words.textContent = told;
    again.element.hidden = standing.state !== "failed" || isDrawing(state);
    face.disabled = standing.state !== "ready";
    face.setAttribute("aria-label", standing.state === "ready" ? t("Look at {title}", { title }) : `${title}: ${told}`);
    image.hidden = !standing.image?.thumb_url;
    paper.hidden = !image.hidden;
    if (standing.image?.thumb_url && image.dataset.of !== standing.image.id) {
      image.dataset.of = standing.image.id;
      image.src = standing.image.thumb_url;
    }
  };
  return item;
}
