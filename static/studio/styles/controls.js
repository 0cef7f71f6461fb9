import { sheetOf } from "./sheet.js";

export const controlSheet = sheetOf(`
.stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.1rem; }
.row { display: flex; flex-wrap: wrap; gap: 0.6rem; }
.label, legend { display: block; padding: 0; margin-bottom: 0.4rem; font-weight: 750; }
.group { border: 0; margin: 0; padding: 0; min-width: 0; }
.input { width: 100%; min-height: 48px; padding: 0.7rem 0.9rem; border: 1.5px solid var(--line-strong); border-radius: var(--radius); background: var(--field); resize: vertical; line-height: 1.5; }
.input:focus-visible { outline-offset: 0; }
.input[aria-invalid="true"] { border-color: var(--wax); }
.hint { display: flex; justify-content: space-between; gap: 1rem; margin-top: 0.3rem; font-size: 0.9rem; line-height: 1.4; color: var(--ink-soft); }
.stack > .hint { margin-top: -0.5rem; }
.hint:empty { display: none; }
.counter { white-space: nowrap; font-variant-numeric: tabular-nums; }
.counter.is-over { color: var(--wax); font-weight: 800; }
.bad { color: var(--wax-deep); font-weight: 700; font-size: 0.95rem; margin-top: 0.35rem; }
.bad:empty { display: none; }

.button { display: inline-flex; align-items: center; justify-content: center; gap: 0.55rem; min-height: 50px; padding: 0.6rem 1.3rem; border: 1.5px solid var(--ink); border-radius: var(--cardmaker-button-radius, 99px); background: var(--sheet); font-weight: 750; line-height: 1.2; cursor: pointer; transition: background 0.15s; }
.button:hover { background: var(--table); }
.button.primary { background: var(--wax); border-color: var(--wax); color: var(--on-accent); }
.button.primary:hover { background: var(--wax-deep); border-color: var(--wax-deep); }
.button.quiet { border-color: var(--line-strong); }
.button.small { min-height: 44px; padding: 0.3rem 1rem; font-size: 0.95rem; }
.button.wide { width: 100%; }
.button.next { background: var(--ink); color: var(--on-ink); }
.button.next:hover { background: color-mix(in srgb, var(--ink) 85%, var(--on-ink)); }
.button[disabled] { background: var(--table); border-color: var(--line); color: var(--ink-idle); cursor: not-allowed; }
.button.is-busy { cursor: progress; }
.button.is-busy::before { content: ""; width: 1.1em; height: 1.1em; border: 2.5px solid currentcolor; border-inline-end-color: transparent; border-radius: 50%; animation: spin 0.9s linear infinite; }
.button.is-busy .icon { display: none; }
@keyframes spin { to { transform: rotate(1turn); } }

.choices { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.choice { position: relative; display: inline-flex; cursor: pointer; }
.choice input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.choice-face { display: inline-flex; align-items: center; gap: 0.5rem; min-height: 44px; padding: 0.35rem 0.9rem; border: 1.5px solid var(--line-strong); border-radius: 8px; background: var(--field); font-weight: 650; font-size: 0.95rem; }
.choice:hover .choice-face { border-color: var(--ink); }
.choice input:checked + .choice-face { border-color: var(--ink); box-shadow: inset 0 0 0 1.5px var(--ink); background: var(--table); }
.choice input:focus-visible + .choice-face { outline: 3px solid var(--focus); outline-offset: 2px; }
.segments { gap: 0; }
.segments .choice { flex: 1; }
.segments .choice-face { width: 100%; justify-content: center; border-radius: 0; margin-inline-start: -1.5px; padding-inline: 0.5rem; }
.segments .choice:first-child .choice-face { border-start-start-radius: 8px; border-end-start-radius: 8px; margin: 0; }
.segments .choice:last-child .choice-face { border-start-end-radius: 8px; border-end-end-radius: 8px; }
.segments .choice input:checked + .choice-face { z-index: 1; background: var(--ink); color: var(--on-ink); border-color: var(--ink); }

/* Styles are postage stamps: a picture, or its colors, behind perforated paper. */
.styles { display: grid; grid-template-columns: repeat(auto-fill, minmax(5.4rem, 1fr)); gap: 0.35rem; }
.styles .choice-face { flex-direction: column; align-items: stretch; gap: 0.35rem; width: 100%; padding: 0.35rem; text-align: center; font-size: 0.85rem; line-height: 1.15; border-color: transparent; background: none; }
.swatch {
  aspect-ratio: 1; padding: 5px; background: var(--swatch) content-box, #fff;
  --hole: radial-gradient(circle at 4px 4px, transparent 2.6px, #000 3px) -4px -4px / 8px 8px;
  mask: linear-gradient(#000 0 0) content-box, var(--hole); filter: drop-shadow(0 0 1px rgb(28 39 66 / 60%));
}
.swatch img { width: 100%; height: 100%; object-fit: cover; }
/* On a phone nineteen stamps would push the button off the screen: they lie in two rows that move sideways, cut off where more come. */
@container (max-width: 30rem) {
  .styles { grid: repeat(2, auto) / auto-flow 5.6rem; overflow-x: auto; padding: 4px 4px 0.6rem; margin-inline: -4px; }
}
.fonts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
.fonts .choice-face { width: 100%; min-height: 52px; justify-content: center; padding-inline: 0.5rem; }
/* Samples of what is printed: dark on paper, whatever the page looks like. */
.fonts .choice input + .choice-face { background: #fff; color: #1c2742; }
.font-face { height: 30px; width: auto; max-width: 100%; object-fit: contain; }
.inks .choice-face { padding: 4px; border-radius: 50%; min-width: 44px; justify-content: center; }
.ink { width: 30px; height: 30px; border-radius: 50%; background: var(--ink-color); box-shadow: inset 0 0 0 1px rgb(28 39 66 / 30%); }
.ink-auto { background: linear-gradient(135deg, #2b2733 50%, #fffdf8 50%); }

.chips { display: flex; flex-wrap: wrap; gap: 0.45rem; margin-top: 0.5rem; }
.chip { min-height: 44px; padding: 0.3rem 0.9rem; border: 1.5px solid var(--line-strong); border-radius: 99px; background: var(--field); font-size: 0.92rem; font-weight: 650; cursor: pointer; }
.chip:hover { border-color: var(--ink); background: var(--table); }
.change { display: grid; gap: 0.8rem; }
.ask > summary { padding-top: 1rem; border-top: 1.5px solid var(--line); }
.change .chips { margin: 0; }

.slider-row { display: grid; grid-template-columns: 6.2rem 1fr 3.2rem; align-items: center; gap: 0.75rem; min-height: 44px; font-size: 0.95rem; }
.slider { width: 100%; height: 44px; accent-color: var(--wax); }
.slider-value { text-align: end; font-variant-numeric: tabular-nums; color: var(--ink-soft); }
.fold-away { padding-top: 1.1rem; border-top: 1.5px solid var(--line); }
summary { min-height: 44px; font-weight: 750; cursor: pointer; padding-block: 0.5rem; }

.gallery-panel { display: grid; gap: 0.75rem; width: min(100%, 40rem); margin-inline: auto; padding-top: 1.5rem; }
.gallery-panel h2 { margin: 0; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(5rem, 1fr)); gap: 0.75rem; }
.gallery-panel.is-large { padding-top: 0; }
.gallery-panel.is-large .gallery { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; }
.gallery-panel.is-large .gallery-pick { box-shadow: var(--shadow); }
.gallery-pick { position: relative; display: block; width: 100%; padding: 0; border: 0; border-radius: 6px; background: var(--table-deep); overflow: hidden; cursor: pointer; aspect-ratio: 5/7; box-shadow: 0 3px 10px -5px rgb(28 39 66 / 50%); }
.gallery-pick img { width: 100%; height: 100%; object-fit: cover; animation: arrive 0.6s var(--ease); transition: transform 0.4s var(--ease); }
.gallery-pick:hover img { transform: scale(1.03); }
.gallery-pick[aria-pressed="true"] { outline: 3px solid var(--bottle); outline-offset: 3px; }
.gallery-pick[aria-pressed="true"]:focus-visible { outline-color: var(--focus); }
.gallery-mark { position: absolute; inset: auto 0 0; display: none; align-items: center; justify-content: center; gap: 0.35rem; padding: 0.35rem; background: var(--bottle); color: var(--on-good); font-size: 0.8rem; line-height: 1.2; font-weight: 700; }
[aria-pressed="true"] > .gallery-mark { display: flex; }
.gallery-note { position: absolute; inset: 0.4rem auto auto 0.4rem; padding: 0.1rem 0.6rem; border-radius: 99px; background: var(--sheet); font-size: 0.8rem; font-weight: 700; }
.gallery-wait { display: block; aspect-ratio: 5/7; border-radius: 6px; background: linear-gradient(100deg, var(--table-deep) 35%, var(--table) 50%, var(--table-deep) 65%) 0 0 / 300% 100%; animation: shimmer 1.8s linear infinite; }
.gallery-withheld { display: grid; place-content: center; aspect-ratio: 5/7; padding: 0.75rem; border-radius: 6px; background: var(--table); color: var(--ink); font-size: 0.8125rem; line-height: 1.4; cursor: default; }
@keyframes shimmer { from { background-position: 100% 0; } to { background-position: -50% 0; } }
@keyframes arrive { from { opacity: 0; transform: scale(1.06); } }

.run { display: grid; gap: 0.75rem; }
.meter { height: 10px; border-radius: 99px; background: var(--table-deep); overflow: hidden; }
.meter > span { display: block; height: 100%; width: var(--value, 3%); border-radius: inherit; background: var(--bottle); transition: width 0.5s var(--ease); }
.meter-text { margin-top: 0.4rem; font-size: 0.95rem; }

.checklist { display: grid; gap: 0.1rem; }
.checklist li { display: flex; justify-content: space-between; gap: 1rem; padding: 0.7rem 0; border-bottom: 1px solid var(--line); }
.checklist span { text-align: end; color: var(--ink-soft); }
.checklist .is-good span { color: var(--bottle); font-weight: 650; }
.price { font-weight: 700; }

@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; }
}
`);
