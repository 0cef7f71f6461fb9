import { sheetOf } from "./sheet.js";

export const wallSheet = sheetOf(`
.cal-preview { overflow-x: clip; overflow-clip-margin: 1rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.75rem; align-items: start; }
.wall-room { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; min-width: 0; }
.wall-bar { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 0.6rem; }
.wall-title { margin: 0; text-align: center; font: 540 clamp(1.5rem, 1.1rem + 1.8cqi, 2.1rem)/1.15 var(--display); letter-spacing: -0.02em; }
.wall-title:focus { outline: none; }
.wall-bar .small { grid-column: 1 / -1; justify-self: center; }
.round { width: 50px; padding: 0; border-radius: 50%; }
.round[disabled] { opacity: 0.5; }
.wall { position: relative; width: min(100%, calc(60vh * var(--aspect, 1.28)), 50rem); margin-inline: auto; padding: 40px 0 10px; perspective: 2200px; perspective-origin: 50% 0; touch-action: pan-y; cursor: pointer; }
.wall:focus-visible { outline-offset: 6px; }
.wall-nail { position: absolute; z-index: 4; left: 50%; top: 2px; width: 12px; height: 12px; translate: -50% 0; border-radius: 50%; background: radial-gradient(circle at 35% 30%, #fff 0 12%, #9aa0ad 35%, #5c6373 75%); box-shadow: 0 3px 4px rgb(28 39 66 / 40%); }
.wall-nail::after { content: ""; position: absolute; left: 50%; top: 9px; width: 74px; height: 26px; translate: -50% 0; border: solid #8b8f98; border-width: 2px 2px 0; border-radius: 50% 50% 0 0 / 100% 100% 0 0; clip-path: inset(0 0 10% 0); }
.wall-wire { position: absolute; z-index: 3; inset: 31px 4% auto; height: 17px; background: radial-gradient(circle at 5.5px 12.5px, #3a4152 0 2.6px, transparent 3px) 0 0 / 15px 17px round no-repeat, linear-gradient(90deg, transparent 3px, #6d7381 3px 5px, #d9dbe0 5px 6.4px, #6d7381 6.4px 8px, transparent 8px) 0 0 / 15px 13px round no-repeat; }
.wall-pages { position: relative; aspect-ratio: var(--aspect, 1.28); transform-style: preserve-3d; }
.wall-stack { position: absolute; inset: 0 1px -7px; border-radius: 3px; background: linear-gradient(#fff, #fff) 0 100% / 100% calc(100% - 5px) no-repeat; box-shadow: 0 0 0 1px rgb(28 39 66 / 12%), 0 4px 0 -1px #fff, 0 5px 0 -1px rgb(28 39 66 / 14%), var(--shadow), 0 40px 50px -36px rgb(28 39 66 / 55%); }
.wall-sheet { position: absolute; inset: 0; overflow: hidden; border-radius: 3px; background: var(--field); box-shadow: 0 0 0 1px rgb(28 39 66 / 10%); transform-origin: 50% 0; backface-visibility: hidden; }
.wall-sheet img { width: 100%; height: 100%; object-fit: cover; }
.wall-sheet::after { content: ""; position: absolute; inset: 0; background: linear-gradient(rgb(28 39 66 / 12%), transparent 5%); pointer-events: none; }
.wall-blank { position: absolute; inset: 6%; display: grid; place-items: center; border: 1.5px dashed var(--line-strong); font: 560 1.4rem/1.2 var(--display); color: var(--ink-soft); }
.page-notes { display: grid; gap: 0.3rem; justify-self: center; max-width: 36rem; }
.page-notes:empty { display: none; }
.strip { position: relative; display: flex; gap: 0.15rem; overflow-x: auto; padding: 6px; margin: -2px -6px 0; scrollbar-width: thin; }
.strip > li { flex: 1 0 56px; max-width: 76px; }
.strip-page { display: grid; gap: 0.25rem; width: 100%; padding: 4px; border: 0; border-radius: 6px; background: none; font-size: 0.82rem; font-weight: 650; color: var(--ink-soft); text-align: center; cursor: pointer; }
.strip-face { display: block; aspect-ratio: 1; border-radius: 2px; overflow: hidden; background: #fff; box-shadow: 0 0 0 1px var(--line), 0 3px 7px -4px rgb(28 39 66 / 45%); }
.strip-face img { width: 100%; height: 100%; object-fit: cover; }
.strip-page:hover .strip-face { box-shadow: 0 0 0 1.5px var(--ink); }
.strip-page[aria-current="true"] { color: var(--ink); }
.strip-page[aria-current="true"] .strip-face { box-shadow: 0 0 0 3px var(--wax); }
.strip-page[data-state="failed"] { color: var(--wax-deep); }

.editor { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-content: start; }
.editor .fold-away { padding-top: 0.4rem; }
.editor .fold-away > .stack { padding: 0.6rem 0 0.8rem; }
.variants { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.7rem; }
.variant { display: block; width: 100%; aspect-ratio: 1; padding: 0; border: 0; border-radius: 4px; overflow: hidden; cursor: pointer; box-shadow: 0 3px 8px -4px rgb(28 39 66 / 50%); }
.variant img { width: 100%; height: 100%; object-fit: cover; }
.variant[aria-pressed="true"] { outline: 3px solid var(--bottle); outline-offset: 2px; }
.fit-room { position: relative; overflow: hidden; width: min(100%, 20rem); margin-inline: auto; aspect-ratio: var(--image-aspect, 1); border-radius: 4px; background: var(--table-deep); }
.fit-room img { width: 100%; height: 100%; object-fit: cover; }
.fit-window { position: absolute; left: var(--left); top: var(--top); width: var(--width); height: var(--height); box-shadow: 0 0 0 100vmax rgb(28 39 66 / 58%), inset 0 0 0 2px #fff; cursor: grab; touch-action: none; }
.fit-window:active { cursor: grabbing; }
.fit-window:focus-visible { outline: 3px solid var(--cm-marigold, #eab04a); outline-offset: -5px; border-radius: 0; }
.fit-window i { position: absolute; width: 16px; height: 16px; border: solid #fff; border-width: 4px 0 0 4px; inset: 0 auto auto 0; }
.fit-window i:nth-child(2) { inset: 0 0 auto auto; rotate: 90deg; }
.fit-window i:nth-child(3) { inset: auto 0 0 auto; rotate: 180deg; }
.fit-window i:nth-child(4) { inset: auto auto 0 0; rotate: 270deg; }

.zoom { width: 100vw; max-width: 100vw; height: 100dvh; max-height: 100dvh; margin: 0; padding: 0; border: 0; background: var(--table); color: var(--ink); }
.zoom[open] { display: grid; grid-template-rows: auto minmax(0, 1fr); }
.zoom::backdrop { background: rgb(28 39 66 / 70%); }
.zoom-bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.6rem; padding: 0.7rem 1rem; border-bottom: 1.5px solid var(--line); }
.zoom-bar h2 { flex: 1; margin: 0; }
.zoom-room { overflow: auto; display: grid; padding: 1rem; }
.zoom-room img { margin: auto; max-width: 100%; max-height: calc(100dvh - 6.5rem); width: auto; height: auto; background: #fff; box-shadow: var(--shadow); cursor: zoom-in; }
.zoom.is-large img { max-width: none; max-height: none; width: 200%; cursor: zoom-out; }

@container (min-width: 40rem) {
  .wall-bar { grid-template-columns: auto minmax(0, 1fr) auto auto; }
  .wall-bar .small { grid-column: auto; }
}
@container (min-width: 60rem) {
  .cal-preview { grid-template-columns: minmax(0, 1fr) 24rem; gap: 2.5rem; }
  .wall-room { position: sticky; top: 1rem; }
}
`);
