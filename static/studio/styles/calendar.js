import { photoSheet } from "./photos.js";
import { sheetOf } from "./sheet.js";

const stepsSheet = sheetOf(`
.steps ol { grid-template-columns: repeat(5, minmax(0, 1fr)); }
.cal { padding-top: clamp(1.25rem, 3cqi, 2.25rem); }
.cal > .notice { margin-bottom: 1.25rem; }
.cal-head { max-width: 46rem; grid-column: 1 / -1; }
.cal-title { margin: 0; font: 540 clamp(1.7rem, 1.2rem + 2.2cqi, 2.5rem)/1.08 var(--display); letter-spacing: -0.02em; font-variation-settings: "SOFT" 80; text-wrap: balance; }
.cal-lead { margin-top: 0.6rem; font-size: 1.1rem; color: var(--ink-soft); text-wrap: pretty; }
.sheet { min-width: 0; padding: clamp(1rem, 3cqi, 1.6rem); background: var(--sheet); border-radius: var(--radius); box-shadow: var(--cm-shadow-sheet, none); }
.plain { display: block; }
.small-input { min-height: 44px; padding: 0.3rem 0.7rem; font-size: 0.95rem; }
.cal-foot { display: flex; flex-direction: column; gap: 0.75rem; padding-block: 1.5rem 0.5rem; }
.cal-foot-note { color: var(--ink-soft); text-align: center; }
.next.quiet { background: var(--sheet); color: var(--ink); border-color: var(--line-strong); }
.format-sign.fold-none { width: calc(16px * min(1, var(--format-aspect, 0.71))); height: auto; aspect-ratio: var(--format-aspect, 0.71); min-width: 11px; }
.bar { min-height: 66px; }

.cal-photos, .cal-draw, .cal-finish { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; }
.photo-aside h2 { margin-bottom: 0.8rem; }
.tips { display: grid; gap: 0.55rem; margin-bottom: 1rem; }
.tips li { display: flex; gap: 0.6rem; align-items: flex-start; font-weight: 650; }
.tips .icon { color: var(--bottle); margin-top: 3px; }
.photo-count { margin-top: 1rem; color: var(--ink-soft); }
.photo-count:empty { display: none; }

.cal-story { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; align-items: start; }
.cal-story .styles { grid-template-columns: repeat(auto-fill, minmax(4.9rem, 1fr)); gap: 0.3rem; }
.cal-story .styles .choice-face { padding: 0.4rem 0.25rem; font-size: 0.8rem; }
.month textarea { field-sizing: content; min-height: 6.4em; }
.year-fields > :nth-child(n + 4) { grid-column: 1 / -1; }
.year-fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.9rem; margin-top: 1.2rem; }
.year-fields .label { font-size: 0.95rem; margin-bottom: 0.25rem; }
.year-fields select { padding: 0.5rem 0.6rem; }
.leaf-mini { padding: 0.9rem 1rem 1rem; border-radius: 4px; background: var(--field); box-shadow: 0 0 0 1px var(--line), 0 10px 18px -14px rgb(28 39 66 / 60%); }
.leaf-name { margin-bottom: 0.5rem; font: 560 1.15rem/1.2 var(--display); text-align: center; }
.leaf-grid { display: grid; grid-template-columns: repeat(7, 1fr); gap: 1px; text-align: center; font-size: 0.84rem; line-height: 1.75; font-variant-numeric: tabular-nums; min-height: 11.2em; align-content: start; }
.leaf-grid b { color: var(--ink-soft); font-weight: 700; }
.leaf-grid .is-marked { border-radius: 99px; background: var(--wax); color: var(--on-accent); font-weight: 800; }
.check { display: flex; align-items: center; gap: 0.7rem; min-height: 44px; font-weight: 650; cursor: pointer; }
.check input { width: 22px; height: 22px; accent-color: var(--wax); }
.dates-fold { margin-top: 1.2rem; }
.dates { display: grid; }
.date { display: grid; grid-template-columns: 4rem minmax(0, 1fr) auto; align-items: center; gap: 0.5rem; min-height: 48px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.date-form { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.75rem; padding-top: 0.75rem; }
.date-form .label { font-size: 0.95rem; margin-bottom: 0.25rem; }
.date-label, .date-form .bad, .date-form .button { grid-column: 1 / -1; }

.sentence .chips { margin: 0.75rem 0 0; }
.sentence > .row { margin-top: 1rem; }
.story-answer { display: grid; gap: 0.75rem; margin-top: 1.2rem; padding: 1rem; border-radius: 8px; background: var(--bottle-pale); animation: settle 0.5s var(--ease); }
.months { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
.month { position: relative; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-content: start; padding-top: 1.2rem; }
.month-number { position: absolute; inset: 0.9rem clamp(1rem, 3cqi, 1.6rem) auto auto; font: 560 1.5rem/1 var(--display); color: var(--line-strong); }
.month-number .icon { color: var(--line-strong); }
.month.is-done .month-number, .month.is-done .month-number .icon { color: var(--bottle); }
.month .label { font: 560 1.2rem/1.25 var(--display); padding-inline-end: 2.5rem; }
.month-row { display: flex; flex-wrap: wrap; gap: 0.6rem; margin-top: 0.6rem; }
.style-pick { flex: 1 1 9rem; }
.month-row .button { flex: 0 1 auto; }
.proposal { display: grid; gap: 0.6rem; align-content: start; padding: 0.9rem 1rem; border-radius: 8px; background: var(--bottle-pale); animation: settle 0.5s var(--ease); }
.proposal-mark { font-size: 0.85rem; font-weight: 800; color: var(--bottle); }
.proposal-words { line-height: 1.5; }
.proposal .button { justify-self: start; }
@keyframes settle { from { opacity: 0; transform: translateY(6px); } }

.draw-desk { display: grid; gap: 1rem; align-content: start; }
.draw-begin, .draw-run { display: grid; gap: 1rem; }
.draw-begin .button { justify-self: start; }
.contact { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.4rem clamp(0.8rem, 2cqi, 1.4rem); }
.contact-item:first-child { grid-column: span 2; grid-row: span 2; }
.done-line { display: flex; align-items: center; gap: 0.6rem; font-weight: 700; color: var(--bottle); }
.contact-item { display: grid; align-content: start; gap: 0.5rem; }
.contact-face { position: relative; display: block; width: 100%; aspect-ratio: 1; padding: 7px; border: 0; border-radius: 3px; background: #fff; box-shadow: 0 0 0 1px rgb(28 39 66 / 8%), 0 8px 18px -10px rgb(28 39 66 / 45%); cursor: pointer; transition: transform 0.35s var(--ease); }
.contact-face:not([disabled]):hover { transform: translateY(-4px) rotate(-0.5deg); }
.contact-face[disabled] { cursor: default; }
.contact-face img { width: 100%; height: 100%; object-fit: cover; animation: arrive 0.7s var(--ease); }
.contact-paper { position: absolute; inset: 7px; display: grid; place-items: center; background: var(--table); color: var(--line-strong); }
.contact-item[data-state="drawing"] .contact-paper { background: linear-gradient(100deg, var(--table-deep) 35%, var(--sheet) 50%, var(--table-deep) 65%) 0 0 / 300% 100%; animation: shimmer 1.8s linear infinite; color: var(--wax); }
.contact-item[data-state="failed"] .contact-paper { background: var(--wax-pale); color: var(--wax-deep); }
.contact-line { display: grid; line-height: 1.3; min-height: 2.7em; align-content: start; }
.contact-words { font-size: 0.9rem; color: var(--ink-soft); }
.contact-item[data-state="failed"] .contact-words { color: var(--wax-deep); font-weight: 650; }
.contact-item[data-state="drawing"] .contact-words { color: var(--wax-deep); font-weight: 700; }

.shapes { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-items: stretch; }
.shape { position: relative; display: grid; cursor: pointer; }
.shape input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.shape-face { display: grid; grid-template-rows: 1fr auto auto auto; justify-items: center; gap: 0.15rem; padding: 1.4rem 1rem 1.1rem; border: 2px solid transparent; border-radius: var(--radius); text-align: center; background: var(--table-deep); }
.shape:hover .shape-face { background: var(--sheet); }
.shape input:checked + .shape-face { border-color: var(--ink); background: var(--sheet); box-shadow: var(--shadow); }
.shape input:focus-visible + .shape-face { outline: 3px solid var(--focus); outline-offset: 3px; }
.shape strong { margin-top: 0.9rem; font: 560 1.2rem/1.25 var(--display); }
.shape-size { flex-wrap: wrap; justify-content: inherit; gap: 0 0.9rem; white-space: nowrap; }
.shape-price { font-weight: 750; }
.shape-wall { position: relative; align-self: center; padding-top: 30px; width: calc(min(11rem, 11rem * var(--aspect))); }
.shape-wall .wall-wire { inset-block-start: 21px; }
.shape-page { aspect-ratio: var(--aspect); background: #fff; box-shadow: var(--shadow); }
.shape-page img { width: 100%; height: 100%; object-fit: cover; }
.finish-desk { display: grid; gap: 1.25rem; align-content: start; }
.finish-desk h2 { margin: 0; }
.bill { display: grid; gap: 0.35rem; margin: 0; }
.bill div { display: flex; justify-content: space-between; gap: 1rem; }
.bill dd { margin: 0; text-align: end; font-variant-numeric: tabular-nums; }
.bill .is-total { padding-top: 0.5rem; border-top: 1.5px solid var(--ink); font-weight: 800; font-size: 1.15rem; }

@container (min-width: 40rem) {
  .cal-foot { flex-direction: row; align-items: center; justify-content: flex-end; gap: 1.5rem; }
  .cal-foot .next { width: auto; min-width: 15rem; }
  .month.has-proposal { grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); }
  .month.has-proposal .month-number { inset-inline-end: calc(46% + 1.2rem); }
  .shapes { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .contact { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
@container (min-width: 40rem) and (max-width: 56rem) {
  .year { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 0 1.5rem; align-items: start; }
  .year > h2, .year > .bad, .dates-fold { grid-column: 1 / -1; }
  .year-fields { margin: 0; }
  .date-form { grid-template-columns: 9rem 6rem minmax(0, 1fr) auto; align-items: end; }
  .date-label, .date-form .button { grid-column: auto; }
}
@container (min-width: 56rem) {
  .cal-photos { grid-template-columns: minmax(0, 1fr) 20rem; align-items: start; }
  .cal-story { grid-template-columns: 20rem minmax(0, 1fr); grid-template-rows: auto auto auto 1fr; gap: 1.5rem 2rem; }
  .year { grid-column: 1; grid-row: 2 / span 3; }
  .cal-story > :not(.year, .cal-head) { grid-column: 2; }
  .cal-draw { grid-template-columns: 20rem minmax(0, 1fr); gap: 1.75rem 2.5rem; align-items: start; }
  .draw-desk { position: sticky; top: 1rem; }
  .draw-begin .button { justify-self: stretch; }
  .months:not(:has(.has-proposal)) { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .months:not(:has(.has-proposal)) .month:first-child { grid-column: 1 / -1; }
  .cal-finish { grid-template-columns: minmax(0, 1fr) 25rem; align-items: start; gap: 1.5rem 2.5rem; }
}
@container (min-width: 72rem) {
  .cal-story { grid-template-columns: 22rem minmax(0, 1fr); column-gap: 2.5rem; }
  .cal-draw { grid-template-columns: 23rem minmax(0, 1fr); }
}
@container (max-width: 40rem) {
  .shape-face { grid-template-columns: 7.5rem minmax(0, 1fr); grid-template-rows: 1fr auto auto 1fr; justify-items: start; column-gap: 1rem; padding: 0.8rem; text-align: start; }
  .shape-wall { grid-row: 1 / -1; justify-self: center; width: calc(min(7.5rem, 7.5rem * var(--aspect))); }
  .shape strong { align-self: end; }
}
@container (max-width: 30rem) {
  .format-sign { display: none; }
  .cal-story .styles { grid-template-columns: none; }
  .step { font-size: 0.78rem; padding-inline: 0; }
  .draw-begin .button { justify-self: stretch; }
}
`);

export const calendarSheets = () => [stepsSheet(), photoSheet()];
