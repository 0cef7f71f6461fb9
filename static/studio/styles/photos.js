import { sheetOf } from "./sheet.js";

export const photoSheet = sheetOf(`
.photos { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.drop { display: grid; justify-items: center; gap: 0.9rem; padding: clamp(1.5rem, 5cqi, 3.25rem) 1rem; border: 2px dashed var(--line-strong); border-radius: var(--radius); text-align: center; transition: background 0.2s, border-color 0.2s; }
.drop.is-over { background: var(--bottle-pale); border-color: var(--bottle); }
.drop.is-small { grid-template-columns: minmax(0, 1fr); padding-block: 1.1rem; }
.drop.is-small .drop-prints, .drop.is-small .drop-title { display: none; }
.drop-title { font: 560 1.3rem/1.25 var(--display); }
.drop-row { justify-content: center; }
.drop-hint { display: block; max-width: 34rem; text-wrap: balance; }
.camera { display: none; }
@media (pointer: coarse) { .camera { display: inline-flex; } }
.drop-prints { display: flex; justify-content: center; height: 92px; }
.drop-prints i { width: 72px; height: 88px; margin-inline: -7px; border: 6px solid #fff; border-block-end-width: 18px; border-radius: 2px; box-shadow: 0 0 0 1px var(--line), 0 8px 14px -8px rgb(28 39 66 / 55%); background: radial-gradient(circle at 50% 42%, var(--face, #f3c9a5) 0 24%, transparent 25%), radial-gradient(ellipse at 50% 118%, var(--coat, #b92e24) 0 46%, transparent 47%), var(--back, #d5e2ee); rotate: -8deg; transition: rotate 0.4s var(--ease), translate 0.4s var(--ease); }
.drop-prints i:nth-child(2) { --face: #a9744f; --coat: #1d5b4b; --back: #f4dfae; rotate: 2deg; translate: 0 -6px; z-index: 1; }
.drop-prints i:nth-child(3) { --face: #e9b58b; --coat: #1c2742; --back: #e2efe8; rotate: 9deg; }
.drop:hover .drop-prints i:first-child { rotate: -14deg; translate: -6px 0; }
.drop:hover .drop-prints i:last-of-type { rotate: 14deg; translate: 6px 0; }

.prints { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(9.5rem, 44%), 1fr)); gap: 1.1rem; }
.prints:empty { display: none; }
.print { position: relative; display: flex; flex-direction: column; padding: 7px; border-radius: 3px; background: var(--field); box-shadow: 0 0 0 1px rgb(28 39 66 / 9%), 0 8px 16px -10px rgb(28 39 66 / 45%); animation: arrive 0.5s var(--ease); }
.print.is-dragged { opacity: 0.45; }
.print[draggable="true"] { cursor: grab; }
.print-face { position: relative; aspect-ratio: 1; overflow: hidden; background: var(--table-deep); }
.print-face img { position: relative; width: 100%; height: 100%; object-fit: cover; transition: opacity 0.3s; }
.print[data-state="sending"] img, .print[data-state="waiting"] img, .print[data-state="broken"] img, .print[data-state="checking"] img { opacity: 0.55; }
.print[data-state="refused"] img { opacity: 0.35; filter: grayscale(1); }
.print-none { position: absolute; inset: 0; display: grid; place-items: center; color: var(--ink-soft); }
.print-none .icon { width: 34px; height: 34px; }
.print[data-state="refused"] .print-none { color: var(--wax-deep); }
.print-name { font-weight: 650; overflow-wrap: anywhere; }
.print-number { position: absolute; inset: 6px auto auto 6px; display: grid; place-items: center; min-width: 26px; height: 26px; border-radius: 99px; background: var(--sheet); font-weight: 800; font-size: 0.85rem; }
.print-share { position: absolute; inset: auto 0 0; height: 6px; background: rgb(255 255 255 / 75%); opacity: 0; }
.print-share::after { content: ""; display: block; height: 100%; background: var(--bottle); transform-origin: left; transform: scaleX(var(--share, 0)); transition: transform 0.3s; }
.print[data-state="sending"] .print-share, .print[data-state="checking"] .print-share { opacity: 1; }
.print[data-state="broken"] .print-share { opacity: 1; }
.print[data-state="broken"] .print-share::after { background: var(--wax); }
.print[data-state="checking"] .print-share::after { animation: pulse 1.2s ease-in-out infinite alternate; }
@keyframes pulse { to { opacity: 0.35; } }
.print-body { flex: 1; min-height: 3.4em; padding: 0.5rem 0.2rem 0.2rem; font-size: 0.9rem; line-height: 1.35; }
.print-words { font-weight: 650; font-variant-numeric: tabular-nums; }
.print[data-state="broken"] .print-words, .print[data-state="refused"] .print-words { color: var(--wax-deep); }
.print-acts { display: flex; justify-content: space-between; }
.print-act { display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 99px; background: none; color: var(--ink-soft); cursor: pointer; }
.print-act:hover { background: var(--table); color: var(--ink); }
.print-act[disabled] { opacity: 0.3; cursor: default; }
.print-act:last-child { margin-inline-start: auto; }
.print-advice { display: grid; gap: 0.3rem; }
@container (max-width: 30rem) {
  .prints { grid-template-columns: minmax(0, 1fr); gap: 0.8rem; }
  .print { display: grid; grid-template-columns: 104px minmax(0, 1fr); grid-template-rows: 1fr auto; gap: 0 0.6rem; }
  .print-face { grid-row: span 2; align-self: start; }
  .print-body { min-height: 0; }
}
.advice { display: flex; gap: 0.4rem; align-items: flex-start; font-size: 0.9rem; line-height: 1.35; }
.advice .icon { width: 17px; height: 17px; margin-top: 1px; }
.advice-good { color: var(--bottle); font-weight: 700; }
.advice-warn, .advice-block { color: var(--cm-amber, #8a5a00); font-weight: 650; }
.advice-block { color: var(--wax-deep); }
.advice-info { color: var(--ink-soft); }
`);
