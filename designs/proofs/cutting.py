"""What people are told about the parts of a picture that its page does not show."""

from collections.abc import Iterator

from designs.imaging.crop import Lost
from designs.imaging.faces import Face
from designs.imaging.sights import Sights
from designs.models import Image

LOST_MUCH = 0.15  # of a side: from here on people should be told that part of their picture is cut away
SUBJECT_LOST = 0.5  # of all that draws the eye
HAIR = 0.003  # of a side: what rounding to pixels of a preview costs

Told = tuple[str, str, str]


def cut_warnings(image: Image, lost: Lost, *, shaped: bool) -> Iterator[Told]:
    """`shaped`: we placed a square master on a page of another shape, so that losing what the shape takes is normal."""
    if not shaped:
        if (share := max(lost.top, lost.right, lost.bottom, lost.left)) > LOST_MUCH:
            yield "much_cut_away", "warn", f"Up to {share:.0%} of the picture is cut away at one side."
        return
    sights = Sights.parse(image.sights) if image.sights else None
    if sights and any(_is_cut(face, lost) for face in sights.faces):
        yield "face_cut", "warn", "A face in this picture is cut off."
    if (share := _beyond_the_shape(lost)) > LOST_MUCH:
        yield "much_cut_away", "warn", f"{share:.0%} more of the picture is cut away than the page's shape takes."
    elif sights and _unseen(sights, lost) > SUBJECT_LOST:
        yield "subject_cut", "warn", "Most of what stands out in this picture is cut away."


def _beyond_the_shape(lost: Lost) -> float:
    """A page as large as fits loses along one side only: what is lost along both was gone in for."""
    return min(lost.left + lost.right, lost.top + lost.bottom)


def _is_cut(face: Face, lost: Lost) -> bool:
    """Whole faces alone count as seen; one at the picture's own edge ends there and is not cut by the page."""
    left, top = max(face.left, 0.0), max(face.top, 0.0)
    right, bottom = min(face.left + face.width, 1.0), min(face.top + face.height, 1.0)
    over = (lost.left - left, lost.top - top, right - (1 - lost.right), bottom - (1 - lost.bottom))
    return max(over) > HAIR


def _unseen(sights: Sights, lost: Lost) -> float:
    """The share of all that draws the eye that the page does not show."""
    grid = sights.grid
    rows, columns = grid.shape
    seen = grid[
        round(lost.top * rows) : round((1 - lost.bottom) * rows),
        round(lost.left * columns) : round((1 - lost.right) * columns),
    ]
    whole = float(grid.sum())
    return 1 - float(seen.sum()) / whole if whole else 0.0
