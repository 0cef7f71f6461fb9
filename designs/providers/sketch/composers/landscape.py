"""Layered landscape: sky, far hills in haze, trees, a near meadow where the subjects stand."""

from designs.providers.sketch.bonds import are_peers, rider_of
from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.stage import STEMS, Stage, height_at, skyline, spots

SNOW = "#f4f8fd"
PLACE_TREES = {
    "forest": ("pine", "pine", "round-tree"),
    "mountains": ("pine", "pine"),
    "desert": ("cactus",),
    "beach": ("palm",),
    "garden": ("round-tree", "blossom-tree"),
    "city": ("poplar", "round-tree"),
    "farm": ("round-tree", "poplar"),
    "tropical": ("palm",),
}
SEASON_TREES = {
    "winter": ("pine", "pine", "bare-tree"),
    "autumn": ("round-tree", "round-tree", "poplar", "birch"),
    "spring": ("blossom-tree", "round-tree", "birch"),
    "summer": ("round-tree", "poplar", "round-tree"),
}
AUTUMN = ("#d9641e", "#e8a02c", "#b8432c", "#c9822f", "#8f9a3f")


@composer("landscape")
def landscape(stage: Stage) -> None:
    stage.quiet = stage.spec.quiet or "top"
    lift = 0.10 if stage.quiet == "bottom" else 0.0
    heavens(stage, low=0.62 - lift, foot=0.66 - lift)
    lines = hills(stage, lift)
    life(stage, lines[-1])
    weather(stage)


def heavens(stage: Stage, low: float = 0.62, foot: float = 1.0) -> float:
    """Sky with its light, stars or clouds. What flies is put into it below the words. Returns the x of its light."""
    dice = stage.dice.sub("heavens")
    stage.ground("sky", low=low, foot=foot)
    side = dice.pick([0.22, 0.78]) + dice.between(-0.05, 0.05)
    if stage.night or stage.spec.time == "night":
        stage.ground("stars", count=stage.many("star", stage.many("stars", 110)), low=low)
        light = dice.pick(["moon", "crescent"])
        asked = [subject.motif for subject in stage.spec.subjects if subject.motif in ("moon", "crescent")]
        stage.add(
            asked[0] if asked else light,
            stage.width * side,
            stage.height * dice.between(0.12, 0.2),
            stage.unit * 22,
        )
        return stage.width * side
    if stage.stormy:
        thunder(stage)
    elif not stage.rainy and not stage.cast("hero-sky"):
        height = 0.50 if stage.spec.time in ("dusk", "dawn") else dice.between(0.36, 0.43)
        stage.add("sun", stage.width * side, stage.height * height, stage.unit * dice.between(22, 30))
    for number in range(0 if stage.stormy else stage.many("cloud", dice.whole(3, 4))):
        x = stage.width * ((number * 0.37 + dice.between(0, 0.2)) % 1.1)
        size = stage.unit * dice.between(16, 30)
        high = stage.height * (dice.between(0.30, low * 0.82) if number else dice.between(0.06, 0.14))
        stage.add(
            "cloud",
            x,
            high,
            size * (1 if number else 0.8),
            fade=0.12 + 0.1 * number if number else 0.5,
            flip=dice.chance(0.5),
            tint=mix(stage.palette.sky[0], stage.palette.deep, 0.34) if stage.rainy else "",
        )
    if stage.cast("hero-sky"):
        name = stage.cast("hero-sky")[0].motif
        size = stage.unit * (88 if name == "rainbow" else 46)
        stage.add(name, stage.width * 0.5, stage.height * (0.46 if name == "rainbow" else 0.30), size)
    return stage.width * side


def thunder(stage: Stage, low: float = 0.60, sway: float = 1.0) -> None:
    """Lightning, and a bank of dark clouds before it; `sway`: how far across the page it all is."""
    dice = stage.dice.sub("thunder")
    middle = stage.width * 0.5
    for number, side in enumerate((-1, 1)):
        x = middle + side * sway * stage.width * dice.between(0.20, 0.34)
        top, size = stage.height * (0.34 + 0.03 * number), stage.unit * (40, 30)[number]
        stage.add("lightning", x, min(top + size * 0.42, stage.height * low), size, flip=side > 0)
    dark = mix(stage.palette.sky[0], stage.palette.deep, 0.45)
    for number in range(stage.many("cloud", 7)):
        x = middle + sway * stage.width * (number / 6 - 0.5) * 1.1
        high = stage.height * (0.33 + 0.035 * (number % 3))
        tint = mix(dark, stage.palette.sky[1], 0.10 * (number % 3))
        stage.add("cloud", x, high, stage.unit * dice.between(26, 38), flip=number % 2 == 1, tint=tint)


def land_colors(stage: Stage, count: int) -> list[str]:
    far, middle, near = stage.palette.land
    steps = [far, mix(far, middle, 0.55), middle, mix(middle, near, 0.5), near]
    chosen = steps[-count:] if count < 5 else steps
    if stage.snowy:
        tone = "#5a6fa8" if stage.night else SNOW
        chosen = [mix(color, tone, 0.55 + 0.10 * number) for number, color in enumerate(chosen)]
        if not stage.night:
            chosen = [shift(color, 0.02) for color in chosen]
    return chosen


def hills(stage: Stage, lift: float = 0.0) -> list[list[list[float]]]:
    dice = stage.dice.sub("hills")
    colors = land_colors(stage, 4)
    height = stage.height
    if stage.spec.place in ("mountains", "lake") or (stage.snowy and dice.chance(0.5)):
        _mountains(stage, height * (0.60 - lift), colors[0])
    levels, rises = (0.555, 0.625, 0.70, 0.80), [height * (0.030 + 0.008 * number) for number in range(4)]
    lines = [
        skyline(dice, stage.width, height * (level - lift), rises[number], 5 + number % 2)
        for number, level in enumerate(levels)
    ]
    shade = 0.75 if not stage.snowy else 0.45
    for number, line in enumerate(lines):
        haze = 0.34 - 0.09 * number
        stage.ground("ridge", line=line, color=colors[number], haze=haze, shade=shade, foot=_foot(stage, lines, number))
        if number == 1 and stage.spec.place == "lake":
            _lake(stage, height * (0.665 - lift))
        if number < 3:
            _trees(stage, line, number, lines)
            if number == 1 and stage.spec.place in ("farm", "village", "countryside"):
                _village(stage, line)
    return lines


def _foot(stage: Stage, lines: list[list[list[float]]], number: int) -> float:
    """How far down a hill is seen: the next one covers the rest."""
    if number + 1 == len(lines) or (number == 1 and stage.spec.place == "lake"):
        return stage.height + 30
    return round(max(y for _, y in lines[number + 1]) + stage.unit * 6, 1)


def _mountains(stage: Stage, foot: float, color: str) -> None:
    dice = stage.dice.sub("mountains")
    for number, share in enumerate((0.14, 0.88, 0.50)):
        high = stage.height * dice.between(0.13, 0.20) * (1.2 if number == 2 else 1)
        tone = mix(color, stage.palette.land[2], 0.22 + 0.08 * number)
        stage.ground(
            "peak",
            x=stage.width * (share + dice.between(-0.06, 0.06)),
            top=foot - high,
            foot=foot + 60,
            half=high * dice.between(1.1, 1.4),
            color=tone,
            snow=True,
        )


def _lake(stage: Stage, level: float) -> None:
    """Still water before the far hills; ice where there is snow."""
    blue = mix(mix(stage.palette.sky[0], "#5fa8cf", 0.5), stage.palette.land[1], 0.2)
    if stage.snowy:
        blue = mix(blue, "#e6f2fa", 0.55)
    stage.ground(
        "water",
        y=round(level, 1),
        color=blue,
        deep=mix(blue, stage.palette.land[2], 0.35),
        glint=stage.width * 0.5,
    )


def _tree_names(stage: Stage) -> tuple[str, ...]:
    named = tuple(subject.motif for subject in stage.cast("tree"))
    if named:
        return named
    if stage.snowy:
        return ("pine", "pine", "pine", "bare-tree")
    return PLACE_TREES.get(stage.spec.place) or SEASON_TREES.get(stage.spec.season) or ("round-tree", "pine", "poplar")


def _trees(stage: Stage, line: list[list[float]], depth: int, lines: list[list[list[float]]]) -> None:
    dice = stage.dice.sub("trees", depth)
    names = _tree_names(stage)
    base = stage.unit * (7.5, 12, 19)[depth]
    groups = stage.many(
        "tree",
        (9, 7, 5)[depth]
        * (1.7 if stage.spec.place == "forest" else 1)
        * (0.45 if stage.spec.place in ("desert", "beach") else 1),
    )
    for _ in range(groups):
        x = dice.between(-0.02, 1.02) * stage.width
        if depth == 2 and 0.30 < x / stage.width < 0.70:
            x = stage.width * (dice.between(0, 0.26) if x < stage.width / 2 else dice.between(0.74, 1))
        name = dice.pick(names)
        size = base * dice.between(0.75, 1.3)
        tint = ""
        if stage.spec.season == "autumn" and name in ("round-tree", "poplar", "birch"):
            tint = mix(dice.pick(AUTUMN), stage.palette.land[1], 0.12)
        foot = height_at(line, x) + size * 0.06
        stage.stand(name, x, foot, size, tint=tint, fade=(0.42, 0.22, 0.06)[depth], snow=stage.snowy, bare=True)


def _village(stage: Stage, line: list[list[float]]) -> None:
    dice = stage.dice.sub("village")
    for number, share in enumerate((0.2, 0.29, 0.41, 0.72, 0.82)):
        x = stage.width * (share + dice.between(-0.02, 0.02))
        name = "church" if number == 1 else dice.pick(["house", "cottage", "barn"])
        stage.stand(
            name,
            x,
            height_at(line, x) + 8,
            stage.unit * dice.between(10, 14),
            fade=0.2,
            snow=stage.snowy,
            bare=True,
        )


def hero_size(stage: Stage, count: int) -> float:
    return stage.unit * {1: 42, 2: 33, 3: 27, 4: 22}.get(count, 19)


def people(stage: Stage) -> list[str]:
    """The standing cast one by one, at most five, trees left out (they are in the wood already)."""
    row: list[str] = []
    for subject in stage.heroes:
        if stage.spec.composer == "landscape" and subject.motif in (
            "pine",
            "round-tree",
            "bare-tree",
            "poplar",
            "birch",
            "blossom-tree",
        ):
            continue
        row += [subject.motif] * min(4, max(1, stage.how_many(subject, 1)))
    return row[:5]


def line_up(
    stage: Stage,
    foot: float,
    spread: float = 0.7,
    scale: float = 1.0,
    lines: list[list[float]] | None = None,
) -> None:
    """The standing cast side by side, the first in the middle."""
    row = people(stage)
    size = hero_size(stage, len(row)) * scale
    order = sorted(range(len(row)), key=lambda number: abs(number - (len(row) - 1) / 2))
    places = dict(zip(order, range(len(row)), strict=True))
    for slot in sorted(order, key=lambda number: -abs(number - (len(row) - 1) / 2)):
        name = row[places[slot]]
        x = stage.width * (0.5 + (slot - (len(row) - 1) / 2) * spread / max(1, len(row)))
        ground = foot if lines is None else max(foot, height_at(lines, x) + size * 0.16)
        stage.stand(
            name,
            x,
            ground + size * 0.05 * (places[slot] % 2),
            size * (1.0 if places[slot] == 0 or are_peers(row[0], name) else 0.9),
            flip=x > stage.width * 0.52 and len(row) > 1,
            snow=stage.snowy,
        )


def life(stage: Stage, line: list[list[float]]) -> None:
    """The meadow: grass and flowers behind and before the subjects, flyers above them."""
    undergrowth(stage, line, front=False)
    line_up(stage, stage.level(0.885 if stage.quiet != "bottom" else 0.70), lines=line)
    fly(stage)
    undergrowth(stage, line, front=True)


def undergrowth(stage: Stage, line: list[list[float]], *, front: bool) -> None:
    dice = stage.dice.sub("flowers", front)
    asked = [*stage.names("stem", (), 0)] + [
        f"{name}-stem" for name in stage.names("bloom", (), 0) if name in ("daisy", "poppy", "sunflower")
    ]
    if stage.snowy and not asked:
        names: list[str] = ["grass"] if front else []
    elif stage.spec.place == "desert":
        names = ["cactus", "grass"]
    elif stage.spec.season == "autumn" and not asked:
        names = ["wheat", "grass", "mushroom", "grass"]
    else:
        names = [*(asked or stage.names("stem", STEMS, 3)), "grass"]
    lush = 1.5 if stage.cast("stem") else 1.0  # a field that was asked for
    count = stage.many("flower", (26 if front else 22) * lush)
    for number in range(count if names else 0):
        x = stage.width * (number + dice.between(0.1, 0.9)) / count
        middle = 1 - min(1.0, abs(x / stage.width - 0.5) * 2.6)
        top = height_at(line, x)
        foot = (
            stage.height * dice.between(0.985, 1.03)
            if front
            else top + dice.between(0.02, 0.5) * (stage.height * 0.9 - top)
        )
        size = stage.unit * lush * (dice.between(10, 19) - 6 * middle if front else dice.between(5, 8.5))
        stage.add(
            dice.pick(names),
            x,
            foot - size * 0.5,
            size,
            flip=dice.chance(0.5),
            tint="#cfdcea" if stage.snowy and names == ["grass"] and not stage.night else "",
        )


def fly(stage: Stage) -> None:
    """What flies, in the band between the words and the hills, biggest first."""
    dice = stage.dice.sub("fly")
    top, low = (0.33, 0.55) if stage.quiet == "top" else (0.08, 0.42)
    for subject in stage.flyers:
        count = stage.how_many(subject, flock(subject.motif))
        gap = stage.unit * (30 if count < 4 else 15)
        area = (stage.width * 0.12, stage.height * top, stage.width * 0.88, stage.height * low)
        places = spots(dice, count, area, gap)
        if places and stage.heroes and rider_of(stage, subject.motif):  # it is large: keep clear of whoever stands
            places[0] = (stage.width * (0.25 if places[0][0] < stage.width / 2 else 0.75), stage.height * 0.42)
        for number, (x, y) in enumerate(places):
            size = stage.unit * flyer_size(subject.motif) * (1 if number == 0 else dice.between(0.45, 0.85))
            stage.add(
                subject.motif,
                x,
                y,
                size,
                turn=dice.spread(0, 8),
                fade=0 if number == 0 else dice.between(0, 0.25),
                flip=dice.chance(0.4),
            )


def flock(name: str) -> int:
    """How many of them come when nobody said."""
    return {
        "balloon": 7,
        "heart-balloon": 5,
        "lantern": 6,
        "sky-lantern": 9,
        "butterfly": 5,
        "dragonfly": 3,
        "bee": 4,
        "star": 9,
        "twinkle": 12,
        "snowflake": 14,
        "heart": 8,
        "firework": 5,
        "bat": 6,
        "hot-air-balloon": 3,
        "raindrop": 14,
        "ladybird": 3,
        "bulb": 8,
        "ghost": 3,
    }.get(name, 1)


def flyer_size(name: str) -> float:
    return {
        "hot-air-balloon": 34,
        "balloon": 21,
        "heart-balloon": 20,
        "butterfly": 13,
        "dragonfly": 20,
        "bee": 12,
        "star": 10,
        "twinkle": 7,
        "snowflake": 9,
        "heart": 11,
        "sky-lantern": 14,
        "lantern": 20,
        "firework": 30,
        "bat": 16,
        "ladybird": 8,
        "raindrop": 7,
        "bulb": 12,
        "rocket": 34,
        "plane": 26,
        "kite": 24,
    }.get(name, 22)


def weather(stage: Stage, flakes: int = 150, leaves: int = 9, top: float = 0.3) -> None:
    """What falls before everything: snow, rain, leaves, none of it where it was not asked or is out of season."""
    if stage.snowy:
        stage.ground("snowfall", count=stage.many("snowfall", stage.many("snowflake", flakes)))
    if stage.rainy:
        stage.ground("rain", count=stage.many("rain", 190 if stage.stormy else 110), wind=2.4 if stage.stormy else 1.0)
    if (stage.spec.season == "autumn" or stage.spec.weather == "leaves") and not stage.is_gone("autumn-leaf"):
        _leaves(stage, leaves * (2 if stage.spec.weather == "leaves" else 1), top)


def _leaves(stage: Stage, count: int, top: float) -> None:
    dice = stage.dice.sub("leaves")
    names = ["autumn-leaf", "oak-leaf"] if stage.spec.season not in ("spring", "summer") else ["sprig"]
    for _ in range(stage.many("autumn-leaf", count)):
        x, y = dice.between(0, stage.width), stage.height * dice.between(top, 0.95)
        size = stage.unit * dice.between(2.5, 5)
        stage.add(dice.pick(names), x, y, size, turn=dice.between(0, 360))
