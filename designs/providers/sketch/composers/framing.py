"""What compositions about photos share: frames, who stands by, what flies past."""

from typing import Any

from designs.providers.sketch.composers.backdrops import INDOORS
from designs.providers.sketch.composers.floating import confetti
from designs.providers.sketch.composers.landscape import people, undergrowth
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.photos.print import piece
from designs.providers.sketch.photos.shots import Shot, opening_for, shows_whole
from designs.providers.sketch.stage import Stage, spots
from designs.providers.sketch.taste import AT_SEA

ROUND = frozenset({"locket", "porthole"})
PLACE_FRAMES = {
    "sea": ("porthole", "stamp"), "underwater": ("porthole",), "beach": ("stamp", "polaroid", "porthole"),
    "room": ("gilt", "locket"), "kitchen": ("polaroid", "gilt"), "village": ("casement",),
    "city": ("stamp", "casement"),
    "camp": ("polaroid", "torn"), "mountains": ("stamp", "torn"), "garden": ("casement", "locket"),
    "lapland": ("casement", "torn"), "farm": ("casement", "torn"),
}  # fmt: skip
OCCASION_FRAMES = {
    "birthday": ("polaroid", "gilt"), "wedding": ("locket", "gilt"), "anniversary": ("locket", "gilt"),
    "valentine": ("locket", "torn"), "mother": ("locket", "casement"), "christmas": ("casement", "polaroid"),
    "farewell": ("stamp", "polaroid"), "baby": ("locket", "polaroid"), "sympathy": ("locket",),
    "friend": ("polaroid", "torn"), "graduation": ("gilt", "polaroid"),
}  # fmt: skip
USUAL_FRAMES = ("polaroid", "torn", "gilt", "stamp", "casement")


def hang(
    stage: Stage,
    motif: str,
    shot: Shot,
    place: tuple[float, float],
    size: tuple[float, float],
    *,
    turn: float = 0.0,
    **args: Any,
) -> None:
    """A photo in its frame, the opening `size` about `place`."""
    rounded = motif in ROUND or motif in ("photo-bauble", "photo-balloon")
    held = piece(shot, size[0] / size[1], rounded=rounded)
    stage.put(motif, place, {"w": round(size[0], 1), "h": round(size[1], 1), **held, **args}, turn)


def middle_of(stage: Stage) -> float:
    """Half way down the part of the page that words leave free."""
    return 0.5 if stage.is_calendar else 0.54 if stage.wide else 0.57


def frame_for(stage: Stage, dice: Dice, shot: Shot) -> str:
    kinds = OCCASION_FRAMES.get(stage.spec.occasion) or PLACE_FRAMES.get(stage.spec.place) or USUAL_FRAMES
    fitting = [kind for kind in kinds if kind not in ROUND or shows_whole(shot, 0.82, rounded=True)]
    return dice.pick(fitting or ["gilt", "polaroid"])


def opening(stage: Stage, kind: str, shot: Shot, high: float) -> tuple[float, float]:
    if kind == "porthole":
        return high, high
    aspect = 0.82 if kind == "locket" else opening_for(shot)
    width = min(high * aspect, stage.unit * (66 if len(stage.spec.photos) == 1 else 42))
    return width, width / aspect


def extras(stage: Stage, dice: Dice, kind: str) -> dict[str, Any]:
    if kind == "polaroid":
        return {"tape": dice.spread(0, 5) or 1.0}
    return {"snow": stage.snowy} if kind == "casement" else {}


def company(stage: Stage, dice: Dice, line: list[list[float]]) -> None:
    """The asked-for cast at both sides of the frame's foot, flowers before it, flyers above."""
    fly_beside(stage, dice)
    lively = stage.spec.place not in AT_SEA | INDOORS | {"underwater", "city", "space"}
    if lively:
        undergrowth(stage, line, front=False)
    row = guests(stage)[: 4 if len(stage.spec.photos) < 3 else 2]
    for number, name in enumerate(row):
        x, size = ((0.17, 30), (0.83, 30), (0.34, 22), (0.67, 22))[number]
        stage.stand(name, stage.width * x, stage.level(0.945), stage.unit * size, flip=x > 0.5, snow=stage.snowy)
    if lively and stage.spec.style != "minimal":
        undergrowth(stage, line, front=True)
    if stage.spec.occasion in ("birthday", "graduation", "newyear"):
        confetti(stage, dice)


def guests(stage: Stage) -> list[str]:
    """Who stands by: those asked for; our own choice only where there is room."""
    asked = {subject.motif for subject in stage.spec.subjects[: stage.spec.asked]}
    return [name for name in people(stage) if name in asked or len(stage.spec.photos) < 2]


def fly_beside(stage: Stage, dice: Dice) -> None:
    """What flies keeps to the edges, where no face is."""
    asked = stage.spec.subjects[: stage.spec.asked]
    for subject in stage.flyers if len(stage.spec.photos) < 2 else [one for one in stage.flyers if one in asked]:
        count = stage.how_many(subject, 6)
        for side, share in ((0.02, (count + 1) // 2), (0.84, count // 2)):
            area = (stage.width * side, stage.height * 0.26, stage.width * (side + 0.14), stage.height * 0.78)
            for x, y in spots(dice.sub(subject.motif, side), share, area, stage.unit * 13):
                tint = stage.tint_of(subject.motif) or (
                    dice.pick(stage.palette.bright) if "balloon" in subject.motif else ""
                )
                stage.add(subject.motif, x, y, stage.unit * dice.between(10, 17), turn=dice.spread(0, 10), tint=tint)
