"""How a writer asked for words to be set, and why they may not be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, Self, get_args

from designs import fonts
from designs.imaging import colors

Align = Literal["left", "center", "right"]
Layout = Literal["top", "center", "bottom"]
Plate = Literal["auto", "none", "soft", "panel"]
Form = Literal["plain", "centered", "arched", "banner", "corner", "handwritten", "letter", "verse", "signature"]
# Scale of the largest size that fits; every one of them shrinks further to fit the page.
SIZES = {"small": 0.7, "auto": 1.0, "medium": 1.0, "large": 1.3}
MIN_PT = 9.0  # of a plain text face; smaller is hard to read on paper
MAX_PT = 200.0


class BadLettering(ValueError):
    """`field` of the lettering holds something that cannot be set."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TooLong(ValueError):
    """The words do not fit the page at a readable size (or at the size asked for)."""


class Undrawable(ValueError):
    """No font can draw these characters."""

    def __init__(self, characters: list[str]) -> None:
        super().__init__(f"no font can draw {' '.join(characters)}")
        self.characters = characters


@dataclass(frozen=True, slots=True)
class Lettering:
    """`size` is a word of SIZES (largest that fits) or points; `color` "auto", a name of the palette, "#rrggbb".

    `layout` says where on the page, `form` in which shape; see `imaging.forms`.
    """

    font: str = fonts.DEFAULT_FONT
    size: str | float = "auto"
    align: Align = "center"
    layout: Layout = "center"
    color: str = "auto"
    plate: Plate = "auto"
    form: Form = "plain"

    @classmethod
    def parse(cls, asked: Mapping[str, Any]) -> Self:
        """Read a JSON object; what is missing takes its default. Raises BadLettering naming the field."""
        chosen = {field.name: asked[field.name] for field in fields(cls) if asked.get(field.name) not in (None, "")}
        for name, kind in (("align", Align), ("layout", Layout), ("plate", Plate), ("form", Form)):
            if name in chosen and chosen[name] not in get_args(kind):
                raise BadLettering(name, f"must be one of {', '.join(get_args(kind))}")
        if "font" in chosen and str(chosen["font"]) not in fonts.FONTS:
            raise BadLettering("font", f"there is no font “{chosen['font']}”")
        if "color" in chosen and not colors.is_known(chosen["color"]):
            raise BadLettering("color", "must be auto, a color of the palette, or #rrggbb")
        return cls(**{**chosen, "size": _parsed_size(chosen.get("size", "auto"))})


def _parsed_size(size: Any) -> str | float:
    if isinstance(size, str) and size in SIZES:
        return size
    try:
        points = float(size)
    except (TypeError, ValueError) as exc:
        raise BadLettering("size", f"must be {', '.join(SIZES)} or a number of points") from exc
    if not MIN_PT <= points <= MAX_PT:
        raise BadLettering("size", f"must lie between {MIN_PT:g} and {MAX_PT:g} points")
    return points
