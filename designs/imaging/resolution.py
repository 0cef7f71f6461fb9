"""Honest resolution: dpi from the pixels that the model made, not from the file they were enlarged to."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Literal

from designs.imaging.crop import Focus

SILENT_DPI = 200  # 300 is the aim; from 200 up nobody sees a difference at reading distance
BLOCK_DPI = 150  # under it edges turn soft on paper


@dataclass(frozen=True, slots=True)
class ResolutionWarning:
    """`warn`: may be printed if the buyer says so. `block`: may not."""

    code: Literal["low_resolution", "too_low_resolution"]
    level: Literal["warn", "block"]
    message: str


def effective_dpi(
    *, model_w_px: int, model_h_px: int, area_w_px: int, area_h_px: int, focus: Focus, print_dpi: float = 300
) -> int:
    """Model pixels per printed inch after crop and zoom, rounded down; `print_dpi` area pixels make one inch."""
    px_per_area_px = min(model_w_px / area_w_px, model_h_px / area_h_px) / focus.zoom
    # A hair is added so that 300.0 computed as 299.9999 stays 300.
    return floor(px_per_area_px * print_dpi + 1e-6)


def resolution_warning(dpi: int) -> ResolutionWarning | None:
    """None from 200 dpi up; `warn` at 150-199; `block` below."""
    if dpi >= SILENT_DPI:
        return None
    if dpi >= BLOCK_DPI:
        return ResolutionWarning("low_resolution", "warn", f"This picture will print at {dpi} dpi and may look soft.")
    return ResolutionWarning(
        "too_low_resolution", "block", f"This picture would print at only {dpi} dpi. Zoom out or make it again."
    )
