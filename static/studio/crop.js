// The arithmetic of fitting a picture to a page: never stretched, only cropped. All values are fractions unless named _px.

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** The part of an image (width_px, height_px) that a page of `aspect` shows under `crop` {x, y, zoom}; x, y is the focus. */
export function cropWindow(image, aspect, crop) {
  const imageAspect = image.width_px / image.height_px;
  const zoom = Math.max(1, crop?.zoom ?? 1);
  const width = Math.min(1, aspect / imageAspect) / zoom;
  const height = Math.min(1, imageAspect / aspect) / zoom;
  return {
    left: clamp((crop?.x ?? 0.5) - width / 2, 0, 1 - width),
    top: clamp((crop?.y ?? 0.5) - height / 2, 0, 1 - height),
    width,
    height,
  };
}

/** The crop whose window is moved by (dx, dy) of the page's own size, kept inside the picture. */
export function moveCrop(image, aspect, crop, dx, dy) {
  const shown = cropWindow(image, aspect, crop);
  const left = clamp(shown.left + dx * shown.width, 0, 1 - shown.width);
  const top = clamp(shown.top + dy * shown.height, 0, 1 - shown.height);
  return { zoom: Math.max(1, crop?.zoom ?? 1), x: round(left + shown.width / 2), y: round(top + shown.height / 2) };
}

/** How much of the picture is not on the page, 0–1. */
export function lostShare(image, aspect, crop) {
  const shown = cropWindow(image, aspect, crop);
  return 1 - shown.width * shown.height;
}

const round = (value) => Math.round(value * 10_000) / 10_000;
