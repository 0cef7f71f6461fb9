import { sheetOf } from "./sheet.js";

export const layoutSheet = sheetOf(`
:host {
  --ink: var(--cardmaker-ink, var(--cm-ink, #1c2742));
  --ink-soft: var(--cardmaker-ink-soft, var(--cm-ink-soft, #4a546d));
  --table: var(--cardmaker-background, var(--cm-table, #f1efe8));
  --table-deep: var(--cardmaker-background-deep, var(--cm-table-deep, #e5e2d6));
  --sheet: var(--cardmaker-surface, var(--cm-sheet, #fffefb));
  --line: var(--cardmaker-line, var(--cm-line, #d9d5c7));
  --line-strong: var(--cardmaker-line-strong, var(--cm-line-strong, #868a93));
  --wax: var(--cardmaker-accent, var(--cm-wax, #b92e24));
  --wax-deep: var(--cardmaker-accent-deep, var(--cm-wax-deep, #952017));
  --wax-pale: var(--cardmaker-accent-pale, var(--cm-wax-pale, #fbe9e4));
  --bottle: var(--cardmaker-good, var(--cm-bottle, #1d5b4b));
  --bottle-pale: var(--cardmaker-good-pale, var(--cm-bottle-pale, #e2efe8));
  --focus: var(--cardmaker-focus, var(--cm-focus, #2459c9));
  --radius: var(--cardmaker-radius, var(--cm-radius, 10px));
  --display: var(--cardmaker-heading-font, var(--cm-display, Georgia, serif));
  --text: var(--cardmaker-font, var(--cm-text, system-ui, sans-serif));
  --on-accent: var(--cardmaker-on-accent, #fff);
  --on-ink: var(--cardmaker-on-ink, #fff);
  --on-good: var(--cardmaker-on-good, #fff);
  --field: var(--cardmaker-field, #fff);
  --warn: var(--cardmaker-warning, #8a5a00);
  --warn-pale: var(--cardmaker-warning-pale, #fdf1d5);
  --ink-idle: var(--cardmaker-ink-soft, #646b7c);
  --ease: var(--cm-ease, ease);
  --shadow: var(--cm-shadow-card, 0 18px 40px -18px rgb(28 39 66 / 42%));
  display: block;
  color: var(--ink);
  font: 450 1.0625rem/1.55 var(--text);
  container-type: inline-size;
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
img { display: block; max-width: 100%; }
ul, ol { list-style: none; margin: 0; padding: 0; }
p { margin: 0; }
h2 { margin: 0 0 0.6rem; font: 560 1.2rem/1.25 var(--display); }
button, input, select, textarea { font: inherit; color: inherit; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 6px; }
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { flex: none; width: 20px; height: 20px; fill: none; stroke: currentcolor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
/* Where the page reads from the right, what points on and back points the other way. */
:host(:dir(rtl)) :is(.icon-before, .icon-after, .icon-undo, .icon-open) { scale: -1 1; }
.tools { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.5rem; padding-bottom: 0.75rem; }
.loading:focus { outline: none; }
.loading { padding: 6rem 1rem; text-align: center; color: var(--ink-soft); }
.notice { padding: 0.8rem 1rem; border-inline-start: 4px solid var(--line-strong); border-radius: 6px; background: var(--table); }
.bad-notice { border-color: var(--wax); background: var(--wax-pale); }
.notice + .button { margin-top: 0.9rem; }

.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1.5rem; padding-bottom: 1rem; }
.bar-title { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 1rem; flex: 1 1 16rem; min-width: 0; }
.title {
  flex: 0 1 auto; field-sizing: content; min-width: 11rem; max-width: 100%; min-height: 48px; padding: 0.2rem 0.6rem; margin-inline-start: -0.6rem; border: 1.5px solid transparent; border-radius: 6px;
  background: transparent; font: 560 clamp(1.4rem, 1rem + 2cqi, 1.9rem)/1.2 var(--display); letter-spacing: -0.01em;
}
.title:hover { border-color: var(--line-strong); }
.title::placeholder { color: var(--ink-soft); opacity: 1; }
.saving { font-size: 0.9rem; color: var(--ink-soft); }
.saving[data-saving="saved"] { color: var(--bottle); }
.saving[data-saving="refused"], .saving[data-saving="offline"], .saving[data-saving="failed"] { color: var(--wax-deep); font-weight: 700; }
.formats { display: flex; border: 1.5px solid var(--line-strong); border-radius: 99px; background: var(--sheet); padding: 3px; }
.format { display: inline-flex; align-items: center; gap: 0.55rem; min-height: 44px; padding: 0.3rem 1rem; border: 0; border-radius: 99px; background: none; font-weight: 700; font-size: 0.95rem; cursor: pointer; }
.format[aria-pressed="true"] { background: var(--ink); color: var(--on-ink); }
.format-sign { width: 13px; height: 18px; border: 1.8px solid currentcolor; border-radius: 2px; }
.fold-side { width: 22px; background: linear-gradient(90deg, transparent 46%, currentcolor 46% 54%, transparent 54%); }
.fold-top { height: 22px; background: linear-gradient(transparent 46%, currentcolor 46% 54%, transparent 54%); }

.steps ol { display: grid; grid-template-columns: repeat(4, 1fr); gap: 2px; border-bottom: 1.5px solid var(--line); }
.step {
  position: relative; display: flex; align-items: center; justify-content: center; gap: 0.5rem; width: 100%; min-height: 52px; padding: 0.4rem;
  border: 0; background: none; color: var(--ink-soft); font-weight: 700; cursor: pointer;
}
.step-number { display: none; }
.step:hover { color: var(--ink); }
.step::after { content: ""; position: absolute; inset: auto 0 -2px; height: 3px; background: transparent; border-radius: 3px; }
.step[aria-current] { color: var(--ink); }
.step[aria-current]::after { background: var(--wax); }

.board { display: grid; gap: 1.25rem; padding-top: 1.25rem; grid-template-columns: minmax(0, 1fr); }
.middle { min-width: 0; }
.side { display: grid; gap: 1.25rem; align-content: start; min-width: 0; padding: clamp(1rem, 4cqi, 1.75rem); background: var(--sheet); border-radius: var(--radius); box-shadow: var(--cm-shadow-sheet, none); }
.panel { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.4rem; }

.pages { display: flex; gap: 0.5rem; overflow-x: auto; padding: 4px; margin: -4px; }
.pages > li { flex: 1 0 auto; }
.pages-tab { display: flex; align-items: center; gap: 0.7rem; width: 100%; min-height: 64px; padding: 0.4rem 0.8rem 0.4rem 0.4rem; border: 1.5px solid transparent; border-radius: var(--radius); background: none; text-align: start; cursor: pointer; }
.pages-tab:hover { background: var(--table-deep); }
.pages-tab[aria-current="true"] { background: var(--sheet); border-color: var(--ink); }
.pages-thumb { flex: none; width: 38px; aspect-ratio: 5/7; overflow: hidden; border-radius: 2px; background: var(--sheet); box-shadow: 0 0 0 1px var(--line), 0 3px 6px -3px rgb(28 39 66 / 45%); }
.pages-thumb img { width: 100%; height: 100%; object-fit: cover; }
.pages-title { display: grid; font-weight: 750; font-size: 0.95rem; line-height: 1.25; white-space: nowrap; }
.pages-note { font-weight: 500; font-size: 0.85rem; color: var(--ink-soft); }

.stage { display: grid; gap: 0.75rem; justify-items: center; }
.stage-frame { position: relative; overflow: hidden; width: min(100%, calc(70vh * var(--aspect, 0.714)), 27rem); aspect-ratio: var(--aspect, 0.714); border-radius: 3px; background: var(--sheet); box-shadow: var(--shadow); }
.stage-frame:focus-visible { outline-offset: 5px; }
.stage-frame.is-movable { cursor: grab; }
.stage-frame.is-movable:active { cursor: grabbing; }
.stage-frame[data-pan="both"].is-movable { touch-action: none; }
.stage-frame[data-pan="across"].is-movable { touch-action: pan-y; }
.stage-frame[data-pan="along"].is-movable { touch-action: pan-x; }
.stage-picture { position: absolute; max-width: none; width: var(--w); height: var(--h); left: var(--x); top: var(--y); user-select: none; }
.stage-page { width: 100%; height: 100%; object-fit: cover; transition: opacity 0.2s; }
.stage-frame.is-busy .stage-page { opacity: 0.75; }
.stage-empty { position: absolute; inset: 7%; display: grid; align-content: center; gap: 0.5rem; padding: 1rem; border: 1.5px dashed var(--line-strong); border-radius: 3px; text-align: center; color: var(--ink-soft); }
.stage-empty-side { font: 560 1.5rem/1.2 var(--display); color: var(--ink); }
.stage-caption { min-height: 1.5em; max-width: 27rem; font-size: 0.9rem; color: var(--ink-soft); text-align: center; }
.inside { width: min(100%, 44rem, 88vh); margin-inline: auto; }
.board[data-step="inside"] .pages-panel, .board[data-step="finish"] .pages-panel { display: none; }
.board[data-step="inside"] .side { background: none; box-shadow: none; justify-items: center; padding-top: 0; }

@container (min-width: 46rem) {
  .board { grid-template-columns: minmax(0, 1fr) minmax(19rem, 24rem); gap: 1.5rem 2rem; padding-top: 1.75rem; }
  .pages-panel { grid-column: 1 / -1; }
  .middle { align-self: start; position: sticky; top: 1rem; }
  .step-number { display: grid; place-items: center; width: 24px; height: 24px; border-radius: 50%; border: 1.5px solid currentcolor; font-size: 0.85rem; }
  .step .icon { display: none; }
  .step[aria-current] .step-number { background: var(--wax); border-color: var(--wax); color: var(--on-accent); }
  .board[data-step="finish"] { grid-template-columns: minmax(0, 1fr) minmax(19rem, 28rem); }
  .board[data-step="inside"] { grid-template-columns: minmax(0, 1fr); }
  .board[data-step="inside"] .middle { position: static; }
  .board[data-step="inside"] .next { width: auto; min-width: 16rem; }
}
@container (min-width: 66rem) {
  .board { grid-template-columns: 11.5rem minmax(0, 1fr) 25rem; gap: 2.5rem; }
  .pages-panel { grid-column: auto; }
  .pages { flex-direction: column; }
  .pages > li { flex: none; }
  .board[data-step="inside"] { grid-template-columns: minmax(0, 1fr); }
  .board[data-step="finish"] { grid-template-columns: minmax(0, 1fr) 30rem; }
}
@container (max-width: 30rem) {
  .step { flex-direction: column; gap: 0.15rem; font-size: 0.85rem; min-height: 60px; }
  .formats { width: 100%; }
  .format { flex: 1; justify-content: center; padding-inline: 0.4rem; }
  .stage-frame { width: min(100%, calc(58vh * var(--aspect, 0.714))); }
}
/* In one column an empty page would stand before the question that fills it. */
@container (max-width: 45.99rem) {
  .board[data-step="picture"] .stage.is-bare { display: none; }
}
`);
