import { sheetOf } from "./sheet.js";

export const cartSheet = sheetOf(`
.cart { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.1rem; max-width: 46rem; margin-inline: auto; }
.cart h2 { margin: 0; font-size: clamp(1.6rem, 1.1rem + 2.4cqi, 2.1rem); }
.cart-empty { color: var(--ink-soft); }
.cart-list { display: grid; gap: 0.9rem; }
.cart-line { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr) auto; align-items: center; gap: 0.6rem 1.1rem; padding: 0.9rem; border-radius: var(--radius); background: var(--sheet); box-shadow: var(--cm-shadow-sheet, 0 1px 3px rgb(28 39 66 / 18%)); }
.cart-look { grid-row: span 2; align-self: start; padding: 0; border: 0; background: var(--table-deep); min-height: 5.5rem; cursor: zoom-in; }
.cart-picture { width: 100%; height: auto; box-shadow: 0 3px 10px -5px rgb(28 39 66 / 50%); }
.cart-what { display: grid; gap: 0.2rem; }
.cart-price { color: var(--ink-soft); font-variant-numeric: tabular-nums; min-height: 1.5em; }
.cart-was { color: var(--wax-deep); font-size: 0.95rem; font-weight: 650; }
.cart-count { display: grid; gap: 0.2rem; font-size: 0.95rem; }
.cart-count .input { width: 6rem; padding-block: 0.4rem; }
.cart-drop { grid-column: 2 / -1; justify-self: start; min-height: 44px; padding: 0; border: 0; background: none; color: var(--wax-deep); font-weight: 650; text-decoration: underline; text-underline-offset: 3px; cursor: pointer; }
.cart-pay { display: grid; gap: 0.7rem; padding-top: 1rem; border-top: 1.5px solid var(--line); }
.cart-sum { display: flex; justify-content: space-between; gap: 1rem; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.added { display: grid; justify-items: center; gap: 1rem; max-width: 30rem; padding-block: clamp(2rem, 8cqi, 4.5rem); margin-inline: auto; text-align: center; }
.added h2 { margin: 0; font-size: clamp(1.6rem, 1.1rem + 2.4cqi, 2.1rem); }
.added .button { min-width: min(100%, 18rem); text-decoration: none; color: inherit; }
.added .button.primary { color: var(--on-accent); }
.added-mark { display: grid; place-items: center; width: 4.5rem; height: 4.5rem; border-radius: 50%; background: var(--bottle-pale); color: var(--bottle); }
.added-mark .icon { width: 2.4rem; height: 2.4rem; }
@container (max-width: 30rem) {
  .cart-line { grid-template-columns: 4.5rem minmax(0, 1fr); }
  .cart-count { grid-column: 2; }
  .cart-look { grid-row: span 3; }
}
`);
