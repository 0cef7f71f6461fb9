"""Prints: one or two in the midst of the scene, in a wreath, or many on a string."""

import math

from designs.providers.sketch.color import mix
from designs.providers.sketch.composers import keepsake
from designs.providers.sketch.composers.backdrops import backdrop, front
from designs.providers.sketch.composers.botanical import cluster, flora, paper, sprig
from designs.providers.sketch.composers.floating import confetti
from designs.providers.sketch.composers.framing import (
    company,
    extras,
    fly_beside,
    frame_for,
    guests,
    hang,
    middle_of,
    opening,
)
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.photos.shots import Shot, opening_for
from designs.providers.sketch.stage import Stage


@keepsake("album")
def album(stage: Stage) -> None:
    """One or two photos, framed, in the midst of the scene; who was asked for stands before it."""
    dice = stage.dice.sub("album")
    stage.quiet = stage.spec.quiet or "top"
    line = backdrop(stage, dice)
    shots = stage.spec.photos[:2]
    kind = frame_for(stage, dice, shots[0])
    high = min(stage.unit * (58 if len(shots) == 1 else 44), stage.height * 0.46)
    if len(shots) == 1:
        place, size = (stage.width / 2, stage.height * middle_of(stage)), opening(stage, kind, shots[0], high)
        turn = dice.spread(0, 2.5) if kind not in ("casement", "porthole") else 0.0
        hang(stage, kind, shots[0], place, size, turn=turn, **extras(stage, dice, kind))
    else:
        for number, (x, y, turn) in enumerate(((0.30, -0.045, -5.0), (0.69, 0.045, 4.5))):
            own = kind if kind in ("polaroid", "torn", "stamp", "gilt") else "polaroid"
            place = (stage.width * x, stage.height * (middle_of(stage) + y))
            size = opening(stage, own, shots[number], high * (0.92 if stage.wide else 0.86))
            hang(stage, own, shots[number], place, size, turn=turn + dice.spread(0, 1.5), **extras(stage, dice, own))
    company(stage, dice, line)
    front(stage)


@keepsake("garlanded")
def garlanded(stage: Stage) -> None:
    """An oval in a wreath of leaves and flowers; two ovals side by side for two photos."""
    dice = stage.dice.sub("garlanded")
    stage.quiet = stage.spec.quiet or "top"
    paper(stage, dice)
    shots = stage.spec.photos[:2]
    middle = stage.height * middle_of(stage)
    reach = min(stage.unit * (31 if len(shots) == 1 else 20), stage.height * 0.27)
    for number, shot in enumerate(shots):
        x = stage.width * (0.5 if len(shots) == 1 else (0.275, 0.725)[number])
        _leaves_about(stage, dice.sub(number), x, middle, reach)
        hang(stage, "locket", shot, (x, middle), (reach * 1.72, reach * 2.06))
        _posies(stage, dice.sub("posies", number), x, middle, reach)
    row = guests(stage)[:2]
    for number, name in enumerate(row):
        x = stage.width * (0.5 if len(row) == 1 else (0.2, 0.8)[number])
        stage.stand(name, x, stage.level(0.96), stage.unit * 25, flip=number == 1, snow=stage.snowy, bare=True)
    fly_beside(stage, dice)
    if stage.spec.occasion in ("birthday", "wedding"):
        confetti(stage, dice)


def _leaves_about(stage: Stage, dice: Dice, x: float, y: float, reach: float) -> None:
    _, sprigs = flora(stage)
    for number in range(30 if sprigs else 0):
        angle = math.tau * number / 30
        rx, ry = reach * 1.0, reach * 1.2
        turn = 90 + math.degrees(math.atan2(ry * math.sin(angle), rx * math.cos(angle))) + (28, -26, 6)[number % 3]
        at = (x + rx * math.sin(angle), y - ry * math.cos(angle))
        sprig(stage, dice, sprigs[number % len(sprigs)], *at, reach * dice.between(0.5, 0.68), turn + dice.spread(0, 6))


def _posies(stage: Stage, dice: Dice, x: float, y: float, reach: float) -> None:
    for degrees, scale in ((214, 0.62), (150, 0.46), (32, 0.40)):
        angle = math.radians(degrees)
        at = (x + reach * 1.06 * math.sin(angle), y - reach * 1.28 * math.cos(angle))
        cluster(stage, dice.sub(degrees), *at, reach * scale, degrees, 300)


@keepsake("clothesline")
def clothesline(stage: Stage) -> None:
    """Prints pegged to strings across the scene, as many as there are."""
    dice = stage.dice.sub("clothesline")
    stage.quiet = stage.spec.quiet or "top"
    line = backdrop(stage, dice)
    shots = stage.spec.photos
    rows = 1 if len(shots) <= (4 if stage.wide else 2) else 2 if len(shots) <= 6 else 3
    top, low = (0.14, 0.86) if stage.is_calendar else (0.26, 0.90)
    step = (low - top) / rows
    per_row = -(-len(shots) // rows)
    size = min(stage.width / (per_row + 0.2) * 0.72, stage.height * step * (0.56 if rows > 1 else 0.62))
    for row in range(rows):
        _string_of(stage, dice.sub(row), shots[row * per_row : (row + 1) * per_row], top + row * step, size)
    company(stage, dice, line)
    front(stage)


def _string_of(stage: Stage, dice: Dice, shots: tuple[Shot, ...], top: float, size: float) -> None:
    sag = stage.height * 0.028
    high = stage.height * top
    points = [[stage.width * step / 12, high + sag * math.sin(math.pi * step / 12)] for step in range(-1, 14)]
    string = mix(stage.palette.deep, stage.palette.sky[1], 0.25)
    stage.ground("string", line=points, color=string, width=stage.unit * 0.32)
    for number, shot in enumerate(shots):
        x = (number + 0.5) / len(shots)
        aspect = opening_for(shot, 0.85, 1.15)
        tall = size / max(0.9, aspect)
        place = (stage.width * x, high + sag * math.sin(math.pi * x) + tall * 0.62)
        hang(stage, "polaroid", shot, place, (tall * aspect, tall), turn=dice.spread(0, 3.0), peg=True)
