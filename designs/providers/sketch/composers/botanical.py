"""Leaves and flowers as a frame: wreath, corner sprays, meadow edge, hanging garland."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.landscape import flyer_size, people
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs.flowers import NATURAL
from designs.providers.sketch.stage import BLOOMS, SPRIGS, STEMS, Stage

CLEAR = 12  # hundredths of the width to either side of somebody's middle
FLOCK = 9  # so many at least when nobody said how many
PLACES: tuple[tuple[float, ...], ...] = ((), (0.5,), (0.33, 0.68))


@composer("botanical")
def botanical(stage: Stage) -> None:
    dice = stage.dice.sub("botanical")
    paper(stage, dice)
    has_hero = bool(stage.heroes)
    shape = dice.pick(["wreath", "meadow"] if has_hero else ["wreath", "corners", "meadow", "garland"])
    if stage.cast("stem"):
        shape = "meadow"
    elif stage.cast("bloom") or (stage.spec.occasion == "christmas" and not has_hero):
        shape = "wreath" if shape == "meadow" else shape
    {"wreath": wreath, "corners": corners, "meadow": meadow, "garland": garland}[shape](stage, dice)


def paper(stage: Stage, dice: Dice) -> None:
    dark = stage.dark_page or (
        dice.chance(0.07) and stage.spec.style not in ("watercolor", "botanical", "ink", "minimal")
    )
    color = (
        mix(
            stage.palette.deep,
            stage.palette.land[2],
            0.18,
        )
        if dark
        else mix(stage.palette.paper, stage.palette.sky[1], 0.35)
    )
    stage.behind_words = color
    stage.ground("backdrop", color=color)
    if stage.snowy:
        stage.ground("snowfall", count=stage.many("snowfall", 60))


def flora(stage: Stage) -> tuple[list[str], list[str]]:
    """Blooms and greens: those asked for and no others, or nobody would know them; else what the season has."""
    blooms: tuple[str, ...] = BLOOMS
    sprigs: tuple[str, ...] = SPRIGS
    if stage.spec.occasion == "christmas" or stage.snowy:
        blooms, sprigs = ("poinsettia", "anemone", "rose"), ("holly", "berries", "fern", "eucalyptus", "mistletoe")
    elif stage.spec.season == "autumn":
        blooms, sprigs = ("sunflower", "anemone", "peony", "cosmos"), ("berries", "fern", "olive-branch", "sprig")
    elif stage.spec.place in ("beach", "desert"):
        blooms, sprigs = ("anemone", "cosmos", "poppy"), ("monstera", "palm-leaf", "fern")
    least = 1 if stage.cast("bloom") else 3
    return stage.names("bloom", blooms, least), stage.names("sprig", sprigs, 3)


def green(stage: Stage, dice: Dice) -> str:
    return mix(
        dice.pick([stage.palette.land[1], stage.palette.land[2], stage.palette.land[2]]),
        stage.palette.accents[2],
        0.10,
    )


def bloom_tint(stage: Stage, name: str, number: int) -> str:
    """Blooms take the palette's accents in turn; those with a color of their own in nature keep it, unless the whole
    picture was asked for in two colors or more."""
    if stage.tint_of(name) or (name in NATURAL and len(stage.spec.accents) < 2):
        return stage.tint_of(name)
    bright = stage.palette.bright
    return shift(bright[number % min(3, len(bright))], 0.02 * (number % 3 - 1))


def cluster(stage: Stage, dice: Dice, x: float, y: float, reach: float, aim: float = 0, spread: float = 360) -> None:
    """A spray about (x, y): greens reach out around `aim` (degrees, 0 up), blooms lie on them."""
    blooms, sprigs = flora(stage)
    count = 9 if spread >= 300 else 8
    for number in range(count if sprigs else 0):
        turn = aim + spread * ((number + 0.5) / count - 0.5) + dice.spread(0, 8)
        size = reach * dice.between(0.95, 1.35) * (1.1 if abs(turn - aim) < spread * 0.22 else 0.85)
        sprig(stage, dice, sprigs[number % len(sprigs)], x, y, size, turn)
    layout = (
        (0, 0, 0.62),
        (0.50, 0.16, 0.44),
        (-0.46, 0.24, 0.42),
        (0.10, -0.50, 0.40),
        (-0.40, -0.34, 0.33),
        (0.46, -0.34, 0.30),
        (0.08, 0.54, 0.34),
    )
    for number, (across, down, size) in reversed(list(enumerate(layout))):
        if number >= stage.many("flower", 7) or not blooms:
            continue
        name = blooms[number % len(blooms)]
        angle = math.radians(aim)
        place = (
            x + reach * 0.85 * (across * math.cos(angle) - down * math.sin(angle)),
            y + reach * 0.85 * (across * math.sin(angle) + down * math.cos(angle)),
        )
        stage.add(name, *place, reach * size, turn=dice.between(0, 360), tint=bloom_tint(stage, name, number))


def sprig(stage: Stage, dice: Dice, name: str, x: float, y: float, size: float, turn: float) -> None:
    """A sprig that grows from (x, y) in the direction of `turn`."""
    angle = math.radians(turn)
    tint = "" if name in ("holly", "mistletoe", "berries") else green(stage, dice)
    stage.add(name, x + math.sin(angle) * size * 0.46, y - math.cos(angle) * size * 0.46, size, turn=turn, tint=tint)


def wreath(stage: Stage, dice: Dice) -> None:
    stage.quiet = stage.spec.quiet or "center"
    rx, ry = stage.width * 0.355, min(stage.height * 0.31, stage.width * 0.46)
    middle = (stage.width * 0.5, stage.height * (0.47 if not stage.wide else 0.5))
    hero = stage.heroes[:1]
    _greens(stage, dice, middle, rx, ry)
    posies = [(212, 1.0), (38, 0.72), (135, 0.45)] if not hero else [(225, 0.8), (135, 0.8), (8, 0.55)]
    for degrees, scale in posies:
        cluster(stage, dice, *_at(middle, rx, ry, math.radians(degrees)), stage.unit * 24 * scale, degrees, 360)
    blooms, _ = flora(stage)
    for number in range(7):
        name = blooms[number % len(blooms)] if blooms else "berries"
        place = _at(middle, rx, ry, math.tau * (number + 0.4) / 7)
        stage.add(name, *place, stage.unit * 6, turn=number * 50, tint=bloom_tint(stage, name, number))
    if hero:
        _inhabitants(stage, dice, (middle[0], middle[1] + ry))
    _visitors(stage, dice, middle, rx, ry)


def _at(middle: tuple[float, float], rx: float, ry: float, angle: float) -> tuple[float, float]:
    """A point of the ring; 0 is up, clockwise."""
    return middle[0] + rx * math.sin(angle), middle[1] - ry * math.cos(angle)


def _greens(stage: Stage, dice: Dice, middle: tuple[float, float], rx: float, ry: float) -> None:
    """The ring itself: sprigs that follow it, leaning out and in by turns."""
    _, sprigs = flora(stage)
    count = 34
    for number in range(count if sprigs else 0):
        angle = math.tau * number / count
        turn = 90 + math.degrees(math.atan2(ry * math.sin(angle), rx * math.cos(angle)))
        turn += (26, -24, 5)[number % 3] + dice.spread(0, 6)
        size = stage.unit * dice.between(17, 23)
        sprig(stage, dice, sprigs[number % len(sprigs)], *_at(middle, rx, ry, angle), size, turn)


def _inhabitants(stage: Stage, dice: Dice, foot: tuple[float, float]) -> None:
    """One or two of the cast, standing on a bed of flowers at the foot of the ring."""
    cluster(stage, dice, foot[0], foot[1] + stage.unit * 7, stage.unit * 15, 180, 300)
    row = people(stage)[:2]
    for number, name in enumerate(row):
        x = foot[0] + stage.unit * (0 if len(row) == 1 else (-13, 13)[number])
        size = stage.unit * (34 if len(row) == 1 else 27)
        stage.stand(name, x, foot[1] + stage.unit * 8, size, flip=number == 1, snow=stage.snowy, bare=True)


def _visitors(stage: Stage, dice: Dice, middle: tuple[float, float], rx: float, ry: float) -> None:
    """Butterflies, bees, hearts and what else flies: on the ring and above it."""
    for subject in stage.flyers[:2]:
        for number in range(max(1, min(5, stage.how_many(subject, 3)))):
            angle = math.radians(((318, 62, 285, 20, 345) if stage.heroes else (318, 62, 190, 100, 250))[number])
            size = stage.unit * min(17.0, flyer_size(subject.motif)) * (1, 0.75, 0.6, 0.6, 0.5)[number]
            stage.add(
                subject.motif,
                middle[0] + rx * 1.05 * math.sin(angle),
                middle[1] - ry * 1.08 * math.cos(angle),
                size,
                turn=dice.spread(0, 18),
            )


def corners(stage: Stage, dice: Dice) -> None:
    stage.quiet = stage.spec.quiet or "center"
    big, small = stage.unit * 40, stage.unit * 30
    left = dice.chance(0.5)
    one, other = (0.12, 0.88) if left else (0.88, 0.12)
    lean = 1 if left else -1
    cluster(stage, dice, stage.width * other, stage.height * 0.10, small, -135 * lean, 150)
    cluster(stage, dice, stage.width * one, stage.height * 0.89, big, 45 * lean, 165)
    cluster(stage, dice, stage.width * other, stage.height * 0.955, small * 0.62, -45 * lean, 170)
    cluster(stage, dice, stage.width * one, stage.height * 0.045, small * 0.5, 135 * lean, 150)
    _visitors(stage, dice, (stage.width * 0.5, stage.height * 0.5), stage.width * 0.30, stage.height * 0.25)


def meadow(stage: Stage, dice: Dice) -> None:
    """Flowers grow from the foot of the page, tall at the sides."""
    stage.quiet = stage.spec.quiet or "top"
    stems = stage.names("stem", () if stage.snowy else STEMS, 4) + [
        f"{name}-stem" for name in stage.names("bloom", (), 0) if name in ("daisy", "poppy", "sunflower")
    ]
    hero = people(stage)[:2]
    places = [stage.width * x for x in PLACES[len(hero)]]
    for row, (base, share) in enumerate(((0.98, 1.0), (1.015, 0.72), (1.05, 0.5))):
        if row == 1:
            _among_flowers(stage, hero, places)
        _row_of(stage, dice, stems, row, (base, share), places)
    if not hero and 0 < sum(subject.count or FLOCK for subject in stage.flyers) < 3:
        for subject, (x, y, size) in zip(stage.flyers, ((0.46, 0.60, 40), (0.74, 0.44, 20)), strict=False):
            stage.add(subject.motif, stage.width * x, stage.height * y, stage.unit * size, turn=dice.spread(0, 6))
        return
    _visitors(stage, dice, (stage.width * 0.5, stage.height * 0.60), stage.width * 0.30, stage.height * 0.17)


def _among_flowers(stage: Stage, names: list[str], places: list[float]) -> None:
    size = stage.unit * (50 if len(names) == 1 else 38)
    for number, (name, x) in enumerate(zip(names, places, strict=True)):
        stage.stand(name, x, stage.level(0.95), size, flip=number == 1, snow=stage.snowy)


def _row_of(stage: Stage, dice: Dice, stems: list[str], row: int, at: tuple[float, float], places: list[float]) -> None:
    """One row of the meadow, its foot and its size as shares of the page and of the back row. Nothing grows where
    somebody stands (`places`): thin stems would be lost in it."""
    sprigs = flora(stage)[1]
    lush = 1.3 if stage.cast("stem") and not places else 1.0  # they are what was asked for
    names, count = [*stems, *sprigs], stage.many("flower", (13 if row else 11) * lush)
    for number in range(count if names else 0):
        x = (number + dice.between(0.2, 0.8)) / count
        side = abs(x - 0.5) * 2
        if any(abs(stage.width * x - place) < stage.unit * CLEAR for place in places):
            continue
        size = stage.unit * (22 * lush**2 + 34 * side**1.4) * at[1] * dice.between(0.8, 1.2)
        size *= 0.7 if row == 2 and places and side < 0.3 else 1.0
        name = names[(number * 5 + row) % len(names)]
        size *= 0.70 if name in stems else 1.0
        tint = green(stage, dice) if name in sprigs and name not in ("holly", "mistletoe", "berries") else ""
        turn, flip = dice.spread(0, 6), dice.chance(0.5)
        stage.add(name, stage.width * x, stage.height * at[0] - size * 0.5, size, turn=turn, flip=flip, tint=tint)


def garland(stage: Stage, dice: Dice) -> None:
    """A garland over the upper edge and its echo below."""
    stage.quiet = stage.spec.quiet or "center"
    _, sprigs = flora(stage)
    for edge, sign in ((0.0, 1), (1.0, -1)):
        for number in range(15 if sprigs else 0):
            x = (number + 0.5) / 15
            drop = stage.unit * (20 - 15 * math.sin(x * math.pi)) * (1 if sign > 0 else 0.9)
            y = stage.height * edge + sign * drop * 0.35
            sprig(
                stage,
                dice,
                sprigs[number % len(sprigs)],
                stage.width * x,
                y - sign * stage.unit * 8,
                stage.unit * dice.between(17, 25) + drop * 0.7,
                (180 if sign > 0 else 0) + dice.spread(0, 22),
            )
        for number in range(5):
            x = (0.02, 0.26, 0.5, 0.74, 0.98)[number]
            size = stage.unit * (22, 14, 11, 14, 22)[number]
            cluster(
                stage,
                dice,
                stage.width * x,
                stage.height * edge + sign * stage.unit * (10, 7, 4, 7, 10)[number],
                size,
                180 if sign > 0 else 0,
                200,
            )
    _visitors(stage, dice, (stage.width * 0.5, stage.height * 0.5), stage.width * 0.34, stage.height * 0.24)
