import { sheetOf } from "./sheet.js";

export const foldSheet = sheetOf(`
:host { display: block; --sheet: var(--cardmaker-surface, var(--cm-sheet, #fffefb)); --ink: var(--cardmaker-ink, var(--cm-ink, #1c2742)); --ease: var(--cm-ease, ease); }
* { box-sizing: border-box; }
.scene {
  perspective: 1800px;
  perspective-origin: 50% 35%;
  display: grid;
  place-items: center;
  padding-block: 8% 9%;
  cursor: pointer;
}
.card {
  position: relative;
  width: 47%;
  aspect-ratio: var(--aspect);
  transform-style: preserve-3d;
  transition: transform 0.9s var(--ease);
}
.scene[data-fold="none"] .card { width: min(62%, 24rem); }
.scene[data-fold="top"] .card { width: 62%; }
.leaf { position: absolute; inset: 0; transform-style: preserve-3d; transition: transform 0.9s var(--ease); }
.face {
  position: absolute;
  inset: 0;
  overflow: hidden;
  backface-visibility: hidden;
  background: var(--sheet);
  border-radius: 3px;
  box-shadow: 0 0 0 1px rgb(28 39 66 / 8%);
}
.face ::slotted(img) { width: 100%; height: 100%; object-fit: cover; display: block; }
.face::after { content: ""; position: absolute; inset: 0; pointer-events: none; transition: opacity 0.9s; }
.front::after { background: linear-gradient(90deg, rgb(28 39 66 / 16%), rgb(255 255 255 / 18%) 3%, transparent 9%); }
.inside-left::after { background: linear-gradient(270deg, rgb(28 39 66 / 20%), transparent 22%); }
.inside-right::after { background: linear-gradient(90deg, rgb(28 39 66 / 24%), transparent 26%); }
.inside-left, .back { transform: rotateY(180deg); }
.cover { transform-origin: left center; transform: translateZ(1px); }
.base .face { box-shadow: 0 0 0 1px rgb(28 39 66 / 8%), 0 30px 45px -25px rgb(28 39 66 / 55%); }
.scene[data-pose="closed"] .card { transform: rotateX(7deg) rotateY(-9deg) scale(1.22); }
.scene[data-pose="closed"] .cover { transform: translateZ(1px) rotateY(-4deg); }
.scene[data-pose="ajar"] .card { transform: translateX(9%) rotateX(5deg) rotateY(-6deg) scale(1.2); }
.scene[data-pose="ajar"] .cover { transform: translateZ(1px) rotateY(-30deg); }
.scene[data-pose="open"] .card { transform: translateX(50%) rotateX(6deg); }
.scene[data-pose="open"] .cover { transform: translateZ(1px) rotateY(-164deg); }
.scene[data-pose="back"] .card { transform: rotateX(7deg) rotateY(171deg) scale(1.22); }
.scene[data-fold="top"] .cover { transform-origin: center top; }
.scene[data-fold="top"] .inside-left { transform: rotateX(180deg); }
.scene[data-fold="top"][data-pose="closed"] .cover { transform: translateZ(1px) rotateX(4deg); }
.scene[data-fold="top"][data-pose="open"] .card { transform: translateY(25%) scale(0.72); }
.scene[data-fold="top"][data-pose="open"] .cover { transform: translateZ(1px) rotateX(164deg); }
.scene[data-fold="none"] .card { transform: rotateX(7deg) rotateY(-9deg); }
.scene[data-fold="none"][data-pose="back"] .card { transform: rotateX(7deg) rotateY(171deg); }
.scene[data-fold="none"] .inside-left, .scene[data-fold="none"] .inside-right { display: none; }
.scene[data-fold="none"] .cover { transform: none; }
.controls { display: flex; flex-wrap: wrap; justify-content: center; gap: 0.6rem; padding-top: 0.6rem; position: relative; z-index: 1; }
.control {
  display: inline-flex; align-items: center; gap: 0.5rem; min-height: 46px; padding: 0.5rem 1.1rem;
  border: 1.5px solid var(--cardmaker-line-strong, var(--cm-line-strong, #868a93)); border-radius: 99px; background: var(--sheet); color: var(--ink);
  font: 700 1rem/1.2 var(--cardmaker-font, var(--cm-text, system-ui, sans-serif)); cursor: pointer;
}
.control:hover { border-color: var(--ink); }
.control[hidden] { display: none; }
.control:focus-visible { outline: 3px solid var(--cardmaker-focus, var(--cm-focus, #2459c9)); outline-offset: 3px; }
.icon { width: 20px; height: 20px; fill: none; stroke: currentcolor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.said { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); }
@media (prefers-reduced-motion: reduce) { .card, .leaf, .face::after { transition: none; } }
`);
