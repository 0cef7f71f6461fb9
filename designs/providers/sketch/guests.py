"""Guests: whoever was asked for and has found no place in a composition gets one at its edge."""

from collections.abc import Iterable

from designs.providers.sketch.color import mix
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.scene import Item
from designs.providers.sketch.stage import Stage, spots

ROW = (
    (0.04, 0.955, 20),
    (0.97, 0.95, 21),
    (0.17, 0.985, 15),
    (0.84, 0.985, 16),
    (0.30, 1.0, 11),
    (0.70, 1.0, 11),
    (0.5, 1.005, 10),
)
SEATS, HALF = (0.81, 0.19, 0.56, 0.40), 0.5  # across, for those who stand
HOOKS = ((0.12, 0.215, 19), (0.88, 0.255, 20), (0.29, 0.105, 14), (0.71, 0.085, 13))


def welcome(stage: Stage) -> None:
    """Put down every named subject that is in no item yet; riders last, as what carries them may bring them along."""
    seated = 0
    riders = {who for who, how, _ in stage.spec.bonds if how in ("on", "in")}
    for subject in sorted(stage.spec.subjects[: stage.spec.asked], key=lambda one: one.motif in riders):
        name, shown = subject.motif, set(_names(stage.items))
        if {name, f"{name}-stem", f"worn-{name}"} & shown or stage.is_gone(name):
            continue
        kind = motifs()[name].kind
        if kind in ("bloom", "leaf", "sprig", "stem"):
            _grow(stage, name)
        elif kind == "hanging":
            _hang(stage, name)
        elif kind in ("flyer", "bit"):
            _fly(stage, name, subject.count)
        elif kind in ("sky", "hero-sky"):
            stage.add(name, stage.width * 0.80, stage.height * 0.37, stage.unit * 27)
        else:
            x = SEATS[seated % len(SEATS)]
            stage.stand(name, stage.width * x, stage.height * 0.955, stage.unit * 27, flip=x < HALF)
            seated += 1


def _names(items: Iterable[Item]) -> Iterable[str]:
    for item in items:
        yield item.motif
        yield from item.args.get("blooms", ())
        yield from _names(item.children)


def _grow(stage: Stage, name: str) -> None:
    dice = stage.dice.sub("grow", name)
    for number, (x, y, size) in enumerate(ROW):
        tint = mix(stage.palette.land[2], stage.palette.land[1], 0.3)
        for lean in (-34, 30):
            stage.add(
                "sprig",
                stage.width * x,
                stage.height * y - stage.unit * size * 0.3,
                stage.unit * size,
                turn=lean,
                tint=tint,
            )
        stage.add(
            name, stage.width * x, stage.height * y, stage.unit * size, turn=dice.spread(0, 20), flip=number % 2 == 1
        )


def _hang(stage: Stage, name: str) -> None:
    if name == "bunting":  # over the whole upper edge, above the words
        for x in (0.25, 0.75):
            stage.add(name, stage.width * x, -stage.height * 0.012, stage.width * 0.52, grow=False)
        return
    string = mix(stage.palette.deep, stage.palette.sky[1], 0.3)
    for x, low, size in HOOKS:
        middle = stage.height * low
        stage.ground(
            "string",
            line=[[stage.width * x, -10], [stage.width * x, middle - stage.unit * size * 0.4]],
            color=string,
            width=2.0,
        )
        stage.add(name, stage.width * x, middle, stage.unit * size)


def _fly(stage: Stage, name: str, count: int) -> None:
    dice = stage.dice.sub("fly", name)
    area = (stage.width * 0.08, stage.height * 0.32, stage.width * 0.92, stage.height * 0.58)
    for x, y in spots(dice, stage.many(name, count or 7), area, stage.unit * 14):
        stage.add(name, x, y, stage.unit * dice.between(6, 12), turn=dice.spread(0, 20))
