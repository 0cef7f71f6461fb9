"""Pure functions on pixels: no Django, no database, no network.

Lengths end in `_um` (micrometres), `_px` (pixels) or `_pt` (points, 1/72 inch). Pictures in memory are numpy arrays of
shape (height, width, 3), dtype uint8, sRGB. The same input gives the same bytes.

libvips starts as many threads as there are cores for each picture; a worker that renders several pages at once should
set `VIPS_CONCURRENCY=1` in its environment before this package is imported. libvips then streams strips through one
thread.
"""
