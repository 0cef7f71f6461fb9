"""Which part of a photo is shown. Boxes are (left, top, width, height) as fractions of the photo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]

AIR = (0.42, 0.62, 0.42, 0.46)  # about a face, in its own width and height: left, above (hair), right, below (chin)
FACE_SHARE = 0.36  # of the height of an opening, for one face: head and shoulders
GROUP_SHARE = 0.88  # of the width and the height, for all faces with their air
ROUND_SHARE = 0.70  # the same in an oval, whose corners are cut off
EYE_LINE = 0.44  # where the middle of the faces comes to lie in an opening
LOOSE = 0.06  # a face may come so near (in its own sizes) to the edge of the photo and still be called whole


@dataclass(frozen=True, slots=True)
class Shot:
    """One reference photo as a recipe keeps it: its place among the references, its shape (width by height), the
    faces on it, and whether its people can be cut out (`body` is the box about them, `stands` when feet are seen)."""

    number: int
    ratio: float
    faces: tuple[Box, ...] = ()
    body: Box | None = None
    stands: bool = False

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Shot":
        faces = tuple(_box(face) for face in plain["faces"])
        body = _box(plain["body"]) if plain["body"] else None
        return cls(int(plain["number"]), float(plain["ratio"]), faces, body, bool(plain["stands"]))


def _box(sides: Sequence[float]) -> Box:
    left, top, width, height = sides
    return left, top, width, height


def roomy(face: Box) -> Box:
    """A face with its hair, ears and chin, as far as the photo goes."""
    left, top, width, height = face
    right, low = min(1.0, left + width * (1 + AIR[2])), min(1.0, top + height * (1 + AIR[3]))
    left, top = max(0.0, left - width * AIR[0]), max(0.0, top - height * AIR[1])
    return left, top, right - left, low - top


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds them all."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, low = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, low - top


def framed(shot: Shot, aspect: float, *, rounded: bool = False) -> Box:
    """What is seen of a photo in an opening `aspect` wide by high: every face with air about it where that fits,
    else the largest part about the faces."""
    most = min(1.0, shot.ratio / aspect)  # the height of the largest crop, in heights of the photo
    to_width = aspect / shot.ratio
    if not shot.faces:
        width, height = most * to_width, most
        return (1 - width) / 2, (1 - height) * 0.42, width, height
    group = around([roomy(face) for face in shot.faces])
    share = ROUND_SHARE if rounded else GROUP_SHARE
    tallest = max(face[3] for face in shot.faces)
    height = min(most, max(tallest / FACE_SHARE, group[3] / share, group[2] / share / to_width))
    width = height * to_width
    middle = around(shot.faces)
    left = _inside(middle[0] + middle[2] / 2 - width / 2, width)
    top = _inside(middle[1] + middle[3] / 2 - height * EYE_LINE, height)
    return left, top, width, height


def shows_whole(shot: Shot, aspect: float, *, rounded: bool = False) -> bool:
    """Whether every face lies inside such an opening, not only inside the crop."""
    left, top, width, height = framed(shot, aspect, rounded=rounded)
    for face in shot.faces:
        corners = [(face[0] + face[2] * x, face[1] + face[3] * y) for x in (-LOOSE, 1 + LOOSE) for y in (0, 1)]
        across = [((x - left) / width * 2 - 1, (y - top) / height * 2 - 1) for x, y in corners]
        if rounded and any(x * x + y * y > 1.12 for x, y in across):  # a forehead's corner is no forehead
            return False
        if any(abs(x) > 1.0 or abs(y) > 1.0 for x, y in across):
            return False
    return True


def opening_for(shot: Shot, low: float = 0.78, high: float = 1.3) -> float:
    """The shape of a frame that suits a photo: upright for one, wider for a group."""
    if not shot.faces:
        return max(low, min(high, shot.ratio))
    group = around([roomy(face) for face in shot.faces])
    wide = group[2] * shot.ratio / group[3]
    wanted = 0.8 if len(shot.faces) == 1 else wide * 0.9
    return max(low, min(high, wanted, max(low, shot.ratio * 1.4)))


def _inside(start: float, length: float) -> float:
    return max(0.0, min(1.0 - length, start))
