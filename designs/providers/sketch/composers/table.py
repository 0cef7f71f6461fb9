"""A table set for somebody: cloth, wall, bunting or window, and the good things on it."""

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.floating import confetti
from designs.providers.sketch.composers.landscape import flock, flyer_size
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import Stage, spots

# What keeps the main thing company, by occasion.
COMPANY = {
    "birthday": ("gift", "cupcake", "gift", "party-hat", "candle"),
    "christmas": ("gift", "candle", "bread", "cup", "gift"),
    "wedding": ("glasses", "rings", "candle", "bouquet"),
    "anniversary": ("glasses", "candle", "wine"),
    "valentine": ("glasses", "candle", "envelope", "cupcake"),
    "getwell": ("book", "cup", "orange", "apple"),
    "mother": ("cup", "cupcake", "envelope", "teapot"),
    "thanks": ("cup", "cupcake", "envelope", "lemon"),
    "thanksgiving": ("apple", "candle", "pumpkin", "wine"),
    "halloween": ("candle", "cupcake", "apple"),
    "hanukkah": ("dreidel", "gift", "candle"),
    "diwali": ("diya", "diya", "candle"),
    "easter": ("egg", "egg", "plant-pot"),
    "baby": ("bottle", "gift", "cupcake"),
    "graduation": ("scroll", "book", "cupcake"),
}
QUIET_COMPANY = ("plant-pot",)  # beside what the words named
SCALLOPS = 9
FRUIT = frozenset({"lemon", "orange", "apple", "strawberry", "cherries", "egg"})
# Fruit in a bowl: how far across and how far above its rim, in sizes of the bowl, the back row first.
IN_BOWL = ((-0.20, 0.13), (0.20, 0.13), (0.0, 0.24), (-0.30, 0.0), (0.31, 0.0), (0.0, 0.05))
USUAL = ("cup", "lemon", "plant-pot", "book", "apple")


@composer("table")
def table(stage: Stage) -> None:
    dice = stage.dice.sub("table")
    stage.quiet = stage.spec.quiet or "top"
    _wall(stage, dice)
    edge = stage.height * 0.765
    _bunting(stage, dice)
    _air(stage, dice)
    _cloth(stage, dice, edge)
    _set(stage, dice, edge)
    if stage.spec.occasion in ("birthday", "graduation"):
        confetti(stage, dice)


def _wall(stage: Stage, dice: Dice) -> None:
    tone = dice.pick(stage.palette.accents)
    color = (
        mix(stage.palette.deep, stage.palette.sky[0], 0.5)
        if stage.night
        else mix(
            mix(tone, stage.palette.paper, 0.62),
            stage.palette.sky[1],
            0.35,
        )
    )
    stage.behind_words = color
    stage.ground("backdrop", color=color)
    stage.ground(
        "pattern",
        kind=dice.pick(["stripes", "dots", "sprigs", "stripes"]),
        color=shift(color, 0.03),
        step=stage.unit * dice.between(6, 9),
    )
    if stage.night:
        stage.ground("bokeh", count=18, top=0.3, low=0.8)


def _bunting(stage: Stage, dice: Dice) -> None:
    """Flags at the top edge for a feast; a garland of leaves otherwise."""
    if stage.spec.occasion in ("birthday", "baby", "graduation", "wedding", "farewell") or stage.cast("hanging"):
        for x, y in ((0.25, -0.012), (0.75, -0.012)):
            stage.add("bunting", stage.width * x, stage.height * y, stage.width * 0.52, grow=False)
        return
    for number in range(13):
        x = stage.width * (number + 0.5) / 13
        name = dice.pick(["sprig", "eucalyptus"] if not stage.snowy else ["holly", "fern"])
        stage.add(
            name,
            x,
            stage.height * 0.015,
            stage.unit * dice.between(15, 21),
            turn=180 + dice.spread(0, 30),
            tint="" if name == "holly" else mix(stage.palette.land[2], stage.palette.land[1], dice.between(0, 1)),
        )


def _air(stage: Stage, dice: Dice) -> None:
    """What floats, at both sides above the table."""
    for subject in stage.flyers[:2]:
        count = stage.how_many(subject, min(6, flock(subject.motif)))
        for side, low, share in ((0.14, 0.62, (count + 1) // 2), (0.86, 0.62, count // 2)):
            area = (stage.width * (side - 0.07), stage.height * 0.33, stage.width * (side + 0.07), stage.height * low)
            for x, y in spots(dice, share, area, stage.unit * 13):
                tint = stage.tint_of(subject.motif) or (
                    dice.pick(stage.palette.bright) if "balloon" in subject.motif else ""
                )
                stage.add(
                    subject.motif,
                    x,
                    y,
                    stage.unit * flyer_size(subject.motif) * 0.95,
                    turn=dice.spread(0, 8),
                    tint=tint,
                )


def _cloth(stage: Stage, dice: Dice, edge: float) -> None:
    wood = mix(stage.palette.paper, stage.palette.accents[dice.whole(0, 3)], 0.25)
    if stage.night:
        wood = mix(stage.palette.accents[1], stage.palette.deep, 0.45)
    low, right = stage.height + 20, stage.width + 20
    stage.ground("shape", points=[[-20, edge], [right, edge], [right, low], [-20, low]], color=wood, shade=0.5)
    front = stage.height * 0.885
    color = mix(stage.palette.bright[0], stage.palette.paper, 0.1)
    top, low, right = front - stage.unit * 3, stage.height + 30, stage.width + 30
    hem = [[right, top, 1], [right, low, 1], [-30, low, 1], [-30, top, 1]]
    stage.ground("shape", points=hem, color=shift(color, -0.03), smooth=True, shade=0.7)
    for number in range(SCALLOPS):
        _scallop(stage, stage.width * (number + 0.5) / SCALLOPS, front, color)


def _scallop(stage: Stage, x: float, front: float, color: str) -> None:
    """One bow of lace on the edge of the cloth, with a hole in it."""
    half, unit = stage.width / SCALLOPS * 0.52, stage.unit
    bow = [
        [x - half, front - unit * 3.2, 1],
        [x + half, front - unit * 3.2, 1],
        [x + half * 0.8, front + unit * 1.5],
        [x, front + unit * 4.2],
        [x - half * 0.8, front + unit * 1.5],
    ]
    stage.ground("shape", points=bow, color=mix(stage.palette.paper, color, 0.08), smooth=True, shade=0.5)
    hole = [[x - 5, front - 2], [x, front - 8], [x + 5, front - 2], [x, front + 4]]
    stage.ground("shape", points=hole, color=color, shade=0)


def _bowl(stage: Stage, name: str, foot: float) -> None:
    """A bowl full of them, and one beside it: a single lemon as large as a cake is no lemon."""
    size, x = stage.unit * 44, stage.width * 0.5
    rim = foot - size * 0.56
    for number, (across, up) in enumerate(IN_BOWL):
        stage.add(name, x + size * across, rim - size * up, size * 0.42, turn=(-14, 20, 6, -30, 34, -6)[number])
    stage.stand("bowl", x, foot, size)
    stage.stand(name, x + size * 0.62, foot + stage.height * 0.02, size * 0.38, turn=12)


def _set(stage: Stage, dice: Dice, edge: float) -> None:
    """The main thing in the middle, its company before and beside it."""
    asked = [subject.motif for subject in stage.heroes] or ["vase"]
    main, rest = asked[0], asked[1:]
    usual = QUIET_COMPANY if stage.spec.asked else USUAL
    pool = [name for name in COMPANY.get(stage.spec.occasion, usual) if name != main and not stage.is_gone(name)]
    company = (rest + dice.shuffled(pool))[: max(len(rest), 4)]
    foot = edge + stage.height * 0.075
    back = company[2:4]
    for number, name in enumerate(back):
        stage.stand(name, stage.width * (0.33, 0.685)[number], foot - stage.height * 0.035, stage.unit * 23)
    if main in FRUIT:
        _bowl(stage, main, foot)
    else:
        tall = main in ("cake", "wedding-cake", "vase", "bouquet", "menorah")
        stage.stand(main, stage.width * 0.5, foot, stage.unit * (54 if tall else 46))
    for number, name in enumerate(company[:2]):
        stage.stand(
            name,
            stage.width * (0.19, 0.82)[number],
            foot + stage.height * 0.012,
            stage.unit * 26,
            flip=number == 1,
        )
