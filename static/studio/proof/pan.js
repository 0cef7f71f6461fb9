const PRESS_PX = 6; // a finger never lies quite still

/** Drags the view about with a mouse; fingers and arrow keys scroll it as they do everywhere. A press without a drag is told. */
export function pannable(view, { isOn, onPress }) {
  let from = null;
  view.addEventListener("pointerdown", (event) => {
    if (event.button || onScrollbar(view, event)) return;
    from = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, isMoved: false };
  });
  view.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.isMoved && Math.hypot(dx, dy) < PRESS_PX) return;
    from.isMoved = true;
    if (event.pointerType !== "mouse" || !isOn()) return;
    view.setPointerCapture(event.pointerId);
    view.scrollTo(from.left - dx, from.top - dy);
  });
  view.addEventListener("pointercancel", () => (from = null)); // a finger began to scroll
  view.addEventListener("pointerup", (event) => {
    const isPress = from && !from.isMoved;
    from = null;
    if (isPress) onPress(event);
  });
}

function onScrollbar(view, { clientX, clientY }) {
  const box = view.getBoundingClientRect();
  return clientX - box.left > view.clientWidth || clientY - box.top > view.clientHeight;
}
