"""Portrait: the subject large and close, leaves and flowers about it, a plain ground above for words."""

import math

from designs.providers.sketch.bonds import ASIDE, CROWNS, HATS, are_peers
from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.botanical import bloom_tint, flora, green
from designs.providers.sketch.composers.floating import confetti
from designs.providers.sketch.composers.landscape import SNOW, flock, flyer_size, weather
from designs.providers.sketch.composers.space import cosmos, in_space
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.scene import Subject
from designs.providers.sketch.stage import Stage, spots


@composer("portrait")
def portrait(stage: Stage) -> None:
    dice = stage.dice.sub("portrait")
    stage.quiet = stage.spec.quiet or "top"
    color = _ground(stage, dice)
    heroes = [subject for subject in stage.heroes if subject.motif != "party-hat"]
    heroes.sort(key=lambda subject: subject.motif == "music")  # a note comes with an instrument, not before it
    if not in_space(stage):
        _air(stage, dice, bool(heroes))
    _foliage(stage, dice, back=True)
    if heroes:
        _sitting(stage, heroes)
    elif in_space(stage):
        cosmos(stage, dice, (stage.width * 0.5, stage.height * 0.62), stage.unit * 46)
    else:
        _centerpiece(stage, dice, color)
    _foliage(stage, dice, back=False)
    if stage.spec.occasion in ("birthday", "graduation", "newyear"):
        confetti(stage, dice)
    weather(stage, flakes=120, leaves=7)


def _sitting(stage: Stage, heroes: list[Subject]) -> None:
    """The first of the cast large, up to two others beside it, or before it where several of it fill the page."""
    size = stage.unit * (68 if len(heroes) < 2 else 58) * (0.9 if stage.is_calendar else 1.0)
    foot, main = stage.level(0.965), heroes[0]
    if main.count > 1:
        _several(stage, main.motif, min(3, main.count), foot, size)
        for x, subject in zip((0.5, 0.13), heroes[1:3], strict=False):
            stage.stand(subject.motif, stage.width * x, foot + stage.unit, size * 0.42, snow=stage.snowy)
        return
    paired = len(heroes) > 1 and motifs()[heroes[1].motif].kind == "animal"
    peers = paired and are_peers(main.motif, heroes[1].motif)
    size *= 0.86 if peers else 1.0
    for number, subject in enumerate(heroes[1:3]):
        x, share = ((0.70 if peers else 0.80, 1.0 if peers else 0.78 if paired else 0.55), (0.15, 0.55))[number]
        stage.stand(subject.motif, stage.width * x, foot, size * share, flip=True, snow=stage.snowy)
    x = stage.width * (0.5 if len(heroes) == 1 else 0.34 if paired else 0.41)
    stage.stand(main.motif, x, foot, size, snow=stage.snowy)
    _party_hat(stage, main, x, foot, size * stage.spec.scales.get(main.motif, 1.0))


def _party_hat(stage: Stage, main: Subject, x: float, foot: float, size: float) -> None:
    """On a birthday, and where one was asked for, on a head that has no other hat."""
    hat = any(subject.motif == "party-hat" for subject in stage.heroes) or stage.spec.occasion == "birthday"
    bare = not any(who == main.motif and what in HATS for who, _, what in stage.spec.bonds)
    if hat and bare and main.motif in CROWNS:
        crown = foot - size * 0.5 - size * CROWNS[main.motif] / 100
        x += size * ASIDE.get(main.motif, 0.0)
        stage.add("party-hat", x, crown - size * 0.10, size * 0.27, turn=6)


def _several(stage: Stage, name: str, count: int, foot: float, size: float) -> None:
    for number in range(count):
        share = (number + 0.5) / count
        stage.stand(
            name,
            stage.width * (0.14 + 0.72 * share),
            foot,
            size * (0.86 if count == 2 else 0.64),
            flip=number % 2 == 1,
            snow=stage.snowy,
        )


def _ground(stage: Stage, dice: Dice) -> str:
    if stage.night:
        stage.ground("sky", low=1.0)
        stage.ground("stars", count=stage.many("stars", 130), low=0.8)
        stage.behind_words = stage.palette.sky[0]
    elif stage.snowy:
        _snowfield(stage)
    else:
        _wallpaper(stage, dice)
    return stage.behind_words


def _snowfield(stage: Stage) -> None:
    stage.behind_words = mix(stage.palette.sky[0], "#dfeaf5", 0.45)
    stage.ground("backdrop", color=stage.behind_words)
    shares = ((-20 / stage.width, 0.76), (0.4, 0.725), (1 + 20 / stage.width, 0.75))
    line = [[stage.width * x, stage.height * y] for x, y in shares]
    stage.ground("ridge", line=line, color=SNOW, shade=0.4)


def _wallpaper(stage: Stage, dice: Dice) -> None:
    """One quiet color; rays, a disc or a small pattern on it."""
    palette = stage.palette
    color = dice.pick(
        [
            mix(palette.sky[0], palette.paper, 0.25),
            mix(dice.pick(palette.accents), palette.paper, 0.55),
            mix(palette.sky[1], palette.accents[1], 0.25),
        ]
    )
    if stage.dark_page:
        color = mix(palette.sky[0], palette.sky[1], 0.4)
    stage.behind_words = color
    stage.ground("backdrop", color=color)
    kind = dice.pick(["rays", "dots", "disc", "sprigs", "disc"])
    x, y = stage.width * 0.5, stage.height * (0.66 if kind == "rays" else 0.68)
    if kind == "rays":
        stage.ground("rays", x=x, y=y, color=shift(color, 0.04), count=18, strength=0.55)
    elif kind == "disc":
        light = mix(color, palette.glow, 0.4)
        stage.ground("panel", oval=[x, y, stage.unit * 43, stage.unit * 43], color=light, lift=0)
    else:
        stage.ground("pattern", kind=kind, color=shift(color, 0.035), step=stage.unit * 7.5)


def _air(stage: Stage, dice: Dice, has_hero: bool) -> None:
    for subject in stage.flyers:
        if not has_hero and subject == stage.flyers[0] and not stage.cast("hero-sky"):
            continue
        count = stage.how_many(subject, min(6, flock(subject.motif)))
        for side in (0, 1):
            left = (0.07, 0.79)[side]
            area = (stage.width * left, stage.height * 0.32, stage.width * (left + 0.14), stage.height * 0.66)
            for x, y in spots(dice, (count + 1 - side) // 2, area, stage.unit * 14):
                tint = stage.tint_of(subject.motif) or (
                    dice.pick(stage.palette.bright) if "balloon" in subject.motif else ""
                )
                stage.add(
                    subject.motif,
                    x,
                    y,
                    stage.unit * flyer_size(subject.motif),
                    turn=dice.spread(0, 12),
                    tint=tint,
                )


def _centerpiece(stage: Stage, dice: Dice, color: str) -> None:
    """No one stands here: the first flyer, sky thing, swimmer, or bloom of the cast, as large as a portrait."""
    cast = sorted(
        stage.cast("hero-sky", "flyer", "swimmer", "bloom", "stem", "leaf", "sprig"),
        key=lambda subject: motifs()[subject.motif].kind in ("stem", "leaf", "sprig"),
    )
    name = cast[0].motif if cast else (flora(stage)[0] or ["heart"])[0]
    size = stage.unit * (62 if motifs()[name].kind != "stem" else 80)
    for number in range(12 if motifs()[name].kind == "bloom" else 0):
        angle = math.tau * number / 12
        stage.add(
            "sprig",
            stage.width * 0.5 + size * 0.56 * math.sin(angle),
            stage.height * 0.62 - size * 0.56 * math.cos(angle),
            size * 0.55,
            turn=math.degrees(angle),
            tint=green(stage, dice),
        )
    count = min(12, stage.how_many(cast[0], 1)) if cast else 1
    if cast and motifs()[name].kind == "stem" and not cast[0].count and count:
        _growing(stage, name, size)
    elif count > 1:
        _bunch(stage, name, count, size)
    elif count:
        stage.add(name, stage.width * 0.5, stage.height * 0.62, size)


def _growing(stage: Stage, name: str, size: float) -> None:
    """A tuft of one kind: a single stem as large as a page looks like a mistake."""
    foot = stage.level(0.97)
    for across, share, lean in ((-25, 0.66, -13), (26, 0.70, 14), (-13, 0.86, -6), (13, 0.84, 7), (0, 1.0, 0)):
        high = size * share
        x, y = stage.width * 0.5 + stage.unit * across, foot - high * 0.5
        stage.add(name, x, y, high, turn=lean, flip=across < 0)


def _bunch(stage: Stage, name: str, count: int, size: float) -> None:
    """Several of one kind, in rings about the first."""
    each = size * (0.62 if count < 4 else 0.5 if count < 8 else 0.4)
    for number in range(count):
        reach = 0.0 if count > 4 and not number else size * (0.40 if number < 7 else 0.66)
        angle = math.tau * (number + 0.5) / (count if count <= 4 else min(6, count - 1)) + math.pi / 2
        x, y = stage.width * 0.5 + reach * math.cos(angle), stage.height * 0.62 + reach * math.sin(angle)
        stage.add(
            name, x, y, each, tint=stage.tint_of(name) or stage.palette.bright[number % len(stage.palette.bright)]
        )


def _foliage(stage: Stage, dice: Dice, *, back: bool) -> None:
    blooms, sprigs = flora(stage)
    if stage.spec.place in ("space", "underwater"):
        return
    count = stage.many("flower", 14 if back else 11)
    for number in range(count if sprigs else 0):
        x = (number + dice.between(0.2, 0.8)) / count
        side = abs(x - 0.5) * 2
        size = stage.unit * ((20 + 20 * side) if back else (9 + 14 * side**1.6)) * dice.between(0.85, 1.15)
        lean = (x - 0.5) * (70 if back else 40) + dice.spread(0, 10)
        name = sprigs[(number * 3) % len(sprigs)]
        tint = "" if name in ("holly", "mistletoe", "berries") else green(stage, dice)
        stage.add(
            name,
            stage.width * x,
            stage.height * (0.99 if back else 1.02) - size * 0.42,
            size,
            turn=lean,
            tint=tint,
        )
    if back or not blooms:
        return
    for number in range(stage.many("flower", 12)):
        x = (number + dice.between(0.2, 0.8)) / 12
        side = abs(x - 0.5) * 2
        size = stage.unit * (7 + 10 * side**1.3) * dice.between(0.85, 1.2)
        name = blooms[number % len(blooms)]
        y = (
            stage.height * (1.0 - 0.055 * side**1.2)
            + dice.spread(0, stage.unit * 2)
            - (stage.unit * 5 if number % 3 == 0 else 0) * side
        )
        stage.add(name, stage.width * x, y, size, turn=dice.between(0, 360), tint=bloom_tint(stage, name, number))
