import { sheetOf } from "./sheet.js";

export const proofSheet = sheetOf(`
.proof-head { display: grid; gap: 0.4rem; padding-bottom: 1.5rem; }
.proof-head h2 { margin: 0; font-size: clamp(1.6rem, 1.1rem + 2.4cqi, 2.3rem); }
.proof-head p { max-width: 44rem; color: var(--ink-soft); }
.proof .sheet { min-width: 0; padding: clamp(1.1rem, 4cqi, 2rem); background: var(--sheet); border-radius: var(--radius); box-shadow: var(--cm-shadow-sheet, 0 1px 3px rgb(28 39 66 / 18%)); }
.proof .sheet > * + * { margin-top: 0.9rem; }
.proof .notice-warn { border-color: var(--warn); background: var(--warn-pale); }
.proof .field { display: grid; gap: 0.35rem; }
.proof .small { font-size: 0.95rem; }
.proof .quiet-text { color: var(--ink-soft); }
.proof .hint { display: block; margin: 0; }
.buy > .hint { margin-top: 0.75rem; }
.proof .check { display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: start; gap: 0.7rem; min-height: 44px; padding-block: 0.5rem; font-weight: 450; cursor: pointer; }
.proof .check input { width: 22px; height: 22px; margin: 2px 0 0; accent-color: var(--wax); }
.proof-waiting { max-width: 40rem; }
.meter-endless > span { width: 35%; animation: slide 1.6s ease-in-out infinite alternate; }
@keyframes slide { from { margin-inline-start: 0; } to { margin-inline-start: 65%; } }

.proof-board { display: grid; grid-template-columns: minmax(0, 1fr); gap: clamp(1.5rem, 3cqi, 3rem); align-items: start; }
.proof-pages, .mockup-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: clamp(1.25rem, 2.5cqi, 2.25rem); }
.proof figure { margin: 0; }
.proof-page { position: relative; display: block; width: 100%; padding: 0; border: 0; background: var(--sheet); box-shadow: var(--shadow); cursor: zoom-in; }
.proof-page img { width: 100%; height: auto; }
/* Beside the name below it: on the page it would hide what is to be checked. */
.proof-look { position: absolute; inset-block-start: calc(100% + 0.55rem); inset-inline-end: 0; color: var(--wax-deep); font-size: 0.95rem; font-weight: 700; line-height: 1.4; text-decoration: underline; text-underline-offset: 3px; }
.proof-page:hover .proof-look { text-decoration-thickness: 2px; }
.proof figcaption strong { padding-inline-end: 6rem; }
.mockup-list li { padding-bottom: 2rem; }
.proof figcaption { display: flex; flex-direction: column; padding-top: 0.6rem; font-size: 0.95rem; line-height: 1.4; }
.proof figcaption span { color: var(--ink-soft); font-variant-numeric: tabular-nums; }
.proof-label { display: inline-block; padding: 0.25rem 0.9rem; margin: 0 0 1rem; border-radius: 99px; background: var(--ink); color: var(--on-ink); font: 700 0.95rem/1.5 var(--text); }
.proof-mockups { padding-top: clamp(1.5rem, 3cqi, 2.5rem); margin-top: clamp(1.5rem, 3cqi, 2.5rem); border-top: 1px solid var(--line); }
.mockup-list { margin-top: 1rem; }
.dates { padding: 0.9rem 1rem; border: 2px solid var(--ink); border-radius: var(--radius); }
.dates-text { font-size: clamp(1.5rem, 6cqi, 1.9rem); font-weight: 800; line-height: 1.2; text-wrap: balance; font-variant-numeric: tabular-nums; }

.proof-side { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
.proof-side h3 { margin: 0; font: 560 1.25rem/1.25 var(--display); }
.proof .seal-card { position: relative; overflow: hidden; border-top: 4px solid var(--wax); border-radius: 0 0 var(--radius) var(--radius); }
.proof .seal-card h3 { max-width: 12em; margin-top: 0; }
.seal-mark { position: absolute; inset-block-start: -1.6rem; inset-inline-end: -1.6rem; margin: 0 !important; color: var(--wax); opacity: 0.2; }
.seal-mark svg { display: block; width: min(8.5rem, 30cqi); fill: currentcolor; }
.fingerprint { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem; font-weight: 700; }
.proof code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
.fingerprint code { padding: 0.2rem 0.6rem; background: var(--table); border-radius: 4px; letter-spacing: 0.02em; direction: ltr; unicode-bidi: isolate; }
.fingerprint-whole { display: block; overflow-wrap: anywhere; direction: ltr; unicode-bidi: isolate; }
.fingerprint-files { padding-top: 0.75rem; font-size: 0.95rem; }
.warnings { display: grid; gap: 0.5rem; }
.warnings:empty { display: none; }
.warnings .notice { font-size: 0.95rem; }
.buy .input { max-width: 9rem; }
.sum { display: grid; grid-template-columns: 1fr auto; gap: 0.35rem 1rem; padding-block: 0.9rem; margin-bottom: 0; border-block: 1px solid var(--line); }
.sum dt { font-weight: 650; }
.sum dd { margin: 0; text-align: end; font-variant-numeric: tabular-nums; }
.sum dd:first-of-type { font-weight: 800; }
.services { padding: 0; margin: 0; border: 0; }
.proof .service { grid-template-columns: auto 1fr auto; align-items: center; }
.service-price { font-variant-numeric: tabular-nums; }
.sum .sum-total { padding-top: 0.35rem; font-weight: 800; }
.buy-button { min-height: 54px; font-size: 1.1rem; }
.link { min-height: 44px; padding: 0.3rem 0; border: 0; background: none; color: var(--wax-deep); font-weight: 650; text-decoration: underline; text-underline-offset: 3px; cursor: pointer; text-align: start; }

.page-zoom { width: 100vw; height: 100dvh; max-width: none; max-height: none; padding: 0; border: 0; background: var(--table); color: var(--ink); }
.page-zoom::backdrop { background: rgb(28 39 66 / 70%); }
.page-zoom[open] { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; }
.page-zoom-bar { display: flex; align-items: center; gap: 0.6rem; padding: 0.6rem clamp(0.75rem, 2vw, 2rem); background: var(--sheet); }
.page-zoom-bar p { min-width: 0; margin-inline-end: auto; overflow: hidden; font-weight: 750; text-overflow: ellipsis; white-space: nowrap; }
.page-zoom-bar .button { flex: none; }
.page-zoom-view { overflow: auto; display: grid; place-items: safe center; padding: 1rem; overscroll-behavior: contain; }
.page-zoom-view:focus-visible { outline-offset: -3px; }
.page-zoom-sheet { position: relative; box-shadow: var(--shadow); cursor: zoom-in; }
.page-zoom-sheet img { display: block; user-select: none; }
.page-zoom-sheet > img { max-width: 100%; max-height: calc(100dvh - 10rem); }
.page-zoom-tiles { position: absolute; inset: 0; direction: ltr; pointer-events: none; }
.page-zoom-tiles img { position: absolute; left: var(--left); top: var(--top); width: var(--across); height: var(--down); max-width: none; opacity: 0; }
.page-zoom-tiles .is-here { opacity: 1; }
.page-zoom-note { min-height: 2.6rem; padding: 0.6rem clamp(0.75rem, 2vw, 2rem); background: var(--sheet); color: var(--ink-soft); font-size: 0.95rem; line-height: 1.4; text-align: center; }
.page-zoom-note:empty { min-height: 0; padding-block: 0; }
.is-close .page-zoom-sheet { cursor: zoom-out; }
.is-close .page-zoom-sheet > img { width: max(44rem, min(100%, 62rem)); max-width: none; max-height: none; }
.is-close.has-dots .page-zoom-view { padding: 0; cursor: grab; }
.is-close.has-dots .page-zoom-view:active, .is-close.has-dots .page-zoom-sheet:active { cursor: grabbing; }
.is-close.has-dots .page-zoom-sheet, .is-close.has-dots .page-zoom-sheet > img { width: var(--width); height: var(--height); }

@container (min-width: 60rem) {
  .proof-board { grid-template-columns: minmax(0, 1fr) 25rem; }
}
`);
