"""Symmetric ornament: rings of petals, leaves and motifs about a plain middle, with answering corners."""

import math
from dataclasses import dataclass

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import BLOOMS, Stage

FEATURES = {
    "christmas": ("poinsettia", "snowflake", "bauble", "holly"), "hanukkah": ("star", "dreidel"), "diwali": ("diya",
    "cosmos"), "eid": ("star", "twinkle"), "lunar": ("cherry-blossom", "lantern"), "valentine": ("heart", "rose"),
    "love": ("heart", "peony"), "patrick": ("clover",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """What every ring of one ornament shares."""

    stage: Stage
    middle: tuple[float, float]
    colors: list[str]
    names: list[str]
    ground: str

    def spot(self, reach: float, number: float, count: int) -> tuple[float, float, float]:
        """x, y and the turn of the n-th of `count` places on a ring."""
        angle = math.tau * number / count
        x, y = self.middle[0] + reach * math.sin(angle), self.middle[1] - reach * math.cos(angle)
        return x, y, math.degrees(angle)

    def beads(self, reach: float, count: int, size: float, color: str, start: float = 0.0) -> None:
        for number in range(count):
            x, y, _ = self.spot(reach, number + start, count)
            points = [[x - size, y], [x, y - size], [x + size, y], [x, y + size]]
            self.stage.ground("shape", points=points, color=color, shade=0, smooth=True)

    def ring(self, reach: float, color: str, width: float) -> None:
        x, y = self.middle
        self.stage.ground("hoop", x=x, y=y, rx=reach, ry=reach, color=color, width=width)

    def petals(self, count: int, inner: float, outer: float, width: float, color: str, start: float = 0.0) -> None:
        """Pointed petals from the inner to the outer radius."""
        for number in range(count):
            angle = math.tau * (number + start) / count
            sin, cos = math.sin(angle), math.cos(angle)
            belly = inner + (outer - inner) * 0.45
            outline = [(0.0, inner, 1), (width / 2, belly), (0.0, outer, 1), (-width / 2, belly)]
            points = [
                [round(self.middle[0] + x * cos + y * sin, 1), round(self.middle[1] + x * sin - y * cos, 1), *sharp]
                for x, y, *sharp in outline
            ]
            self.stage.ground("shape", points=points, color=color, smooth=True, shade=0.8)

    def motif(self, number: int, reach: float, count: int, size: float, color: str, start: float = 0.0) -> None:
        name = self.names[number % len(self.names)]
        x, y, turn = self.spot(reach, number + start, count)
        self.stage.add(name, x, y, size, turn=turn, tint=self.stage.tint_of(name) or _tint(name, color))


@composer("ornament")
def ornament(stage: Stage) -> None:
    dice = stage.dice.sub("ornament")
    stage.quiet = stage.spec.quiet or "center"
    dark = stage.dark_page or dice.chance(0.5)
    ground = mix(stage.palette.paper, stage.palette.sky[1], 0.4)
    if dark:
        ground = mix(stage.palette.deep, stage.palette.accents[2], 0.12)
    stage.behind_words = ground
    stage.ground("backdrop", color=ground)
    stage.ground("pattern", kind="dots", color=shift(ground, 0.05 if dark else -0.04), step=stage.unit * 5)
    colors = [*stage.palette.bright, stage.palette.land[1]]
    if dark:
        colors = [shift(color, 0.04) for color in colors]
    names = _features(stage, dice)
    for x, y in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)):
        corner = Round(stage, (stage.width * x, stage.height * y), colors, names, ground)
        _rosette(corner, stage.unit * 31)
    for x, y in ((0.0, 0.5), (1.0, 0.5)) if not stage.wide else ((0.5, 0.0), (0.5, 1.0)):
        _fan(Round(stage, (stage.width * x, stage.height * y), colors, names, ground), stage.unit * 10)
    _star(Round(stage, (stage.width * 0.5, stage.height * 0.5), colors, names, ground), dice.pick([12, 16]))


def _features(stage: Stage, dice: Dice) -> list[str]:
    named = [
        subject.motif
        for subject in stage.cast("bloom", "flyer", "hanging", "leaf", "bit", "sprig")
        if not stage.is_gone(subject.motif)
    ]
    usual = list(FEATURES.get(stage.spec.occasion, ()))
    if stage.snowy and not usual:
        usual = ["snowflake"]
    return (named + [name for name in usual if not stage.is_gone(name)]) or stage.names("bloom", BLOOMS, 2)


def _star(round_: Round, count: int) -> None:
    """The great ring: leaves, petals in petals, flowers on their tips, beads between, a plain middle."""
    stage, base = round_.stage, round_.stage.unit * 26
    first, second, third = (round_.colors * 2)[:3]
    leaf = mix(stage.palette.land[2], first, 0.08)
    round_.petals(count, base * 1.3, base * 2.02, base * 0.20, mix(leaf, round_.ground, 0.25), 0.25)
    round_.petals(count, base * 1.3, base * 2.02, base * 0.20, mix(leaf, round_.ground, 0.25), 0.75)
    round_.petals(count, base * 1.02, base * 1.78, base * 0.42, leaf, 0.5)
    round_.petals(count, base * 1.1, base * 1.6, base * 0.10, mix(leaf, round_.ground, 0.45), 0.5)
    round_.petals(count, base * 1.0, base * 1.56, base * 0.37, second)
    round_.petals(count, base * 1.06, base * 1.42, base * 0.22, mix(second, round_.ground, 0.5))
    round_.petals(count, base * 1.08, base * 1.30, base * 0.10, third)
    round_.beads(base * 1.90, count, 7, third, 0.5)
    round_.beads(base * 2.08, count * 2, 3.6, first)
    for number in range(count):
        round_.motif(number, base * 1.74, count, stage.unit * 11.5, first)
    _middle(round_, base, first, third)


def _middle(round_: Round, base: float, first: str, third: str) -> None:
    stage = round_.stage
    stage.ground("panel", oval=[*round_.middle, base * 1.08, base * 1.08], color=round_.ground, lift=0)
    round_.ring(base * 1.05, first, stage.unit * 0.7)
    round_.ring(base * 0.985, mix(first, round_.ground, 0.4), stage.unit * 0.25)
    round_.beads(base * 0.93, 40, 3.2, mix(third, round_.ground, 0.3))


def _tint(name: str, color: str) -> str:
    return (
        ""
        if name
        in (
            "poinsettia",
            "daisy",
            "sunflower",
            "poppy",
            "holly",
            "diya",
            "lantern",
            "star",
            "twinkle",
            "snowflake",
        )
        else color
    )


def _rosette(round_: Round, base: float) -> None:
    """The answer to the great ring in a corner."""
    first, second = round_.colors[0], round_.colors[1 % len(round_.colors)]
    leaf = mix(round_.stage.palette.land[2], first, 0.1)
    round_.petals(16, base * 0.4, base * 1.22, base * 0.16, mix(leaf, round_.ground, 0.3), 0.5)
    for reach, width, color, start in ((1.0, 0.27, first, 0.0), (0.86, 0.22, leaf, 0.5), (0.60, 0.19, second, 0.0)):
        round_.petals(16, base * 0.16, base * reach, base * width, color, start)
    round_.stage.ground("panel", oval=[*round_.middle, base * 0.36, base * 0.36], color=round_.ground, lift=0)
    name = round_.names[0]
    tint = round_.stage.tint_of(name) or _tint(name, round_.colors[2 % len(round_.colors)])
    round_.stage.add(name, *round_.middle, base * 0.56, tint=tint)
    round_.beads(base * 1.12, 32, 5, second)
    round_.beads(base * 1.27, 32, 3, first, 0.5)


def _fan(round_: Round, base: float) -> None:
    """Half a flower at the middle of a side."""
    first, second = round_.colors[0], round_.colors[1 % len(round_.colors)]
    round_.petals(14, base * 0.3, base * 1.25, base * 0.34, mix(round_.stage.palette.land[2], first, 0.1), 0.5)
    round_.petals(14, base * 0.3, base, base * 0.3, second)
    round_.stage.ground("panel", oval=[*round_.middle, base * 0.4, base * 0.4], color=round_.ground, lift=0)
    round_.beads(base * 0.2, 10, 3.5, first)
