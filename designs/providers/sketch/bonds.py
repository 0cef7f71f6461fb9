"""Bonds: who rides in what, who holds what, whose head a hat is on, who stands under which tree, who dances.

A bond is (who, how, what), as the words said it. The one that carries draws the other, wherever a composer puts it.
"""

from typing import TYPE_CHECKING, Any

from designs.providers.sketch.motifs import motifs

if TYPE_CHECKING:
    from designs.providers.sketch.stage import Stage

Bond = tuple[str, str, str]

# What one can sit in or on. The rider's middle and size, in sizes of the mount from its middle; whether the mount is
# drawn over the rider (who then sits inside); how much larger than usual the mount is drawn.
MOUNTS = {
    "sled": (0.02, -0.36, 0.74, True, 1.25), "sailboat": (-0.26, 0.13, 0.36, False, 1.2),
    "ship": (0.02, -0.18, 0.42, True, 1.1), "car": (-0.02, -0.27, 0.62, True, 1.2),
    "van": (0.0, -0.62, 0.52, True, 1.0),
    "bicycle": (-0.13, -0.42, 0.66, True, 1.2), "scooter": (-0.12, -0.36, 0.62, True, 1.2),
    "train": (0.25, -0.52, 0.42, True, 1.1), "tractor": (0.16, -0.46, 0.50, True, 1.15),
    "hot-air-balloon": (0.0, 0.165, 0.36, True, 1.5), "plane": (0.0, -0.24, 0.36, True, 1.15),
    "armchair": (0.0, -0.06, 0.66, False, 1.2), "bench": (0.0, -0.26, 0.72, False, 1.15),
    "picnic": (0.0, -0.34, 0.72, True, 1.15), "gift": (0.0, -0.52, 0.74, True, 1.0),
    "cup": (0.0, -0.46, 0.74, True, 1.1),
    "suitcase": (0.0, -0.56, 0.76, True, 1.0), "pumpkin": (0.0, -0.58, 0.66, False, 1.0),
    "mushroom": (0.0, -0.72, 0.62, False, 1.0), "whale": (-0.04, -0.40, 0.40, True, 1.1),
    "swan": (0.06, -0.30, 0.46, True, 1.15), "turtle": (0.05, -0.42, 0.50, True, 1.15),
    "horse": (0.05, -0.44, 0.44, True, 1.15),
    "unicorn": (0.05, -0.42, 0.44, True, 1.15), "elephant": (0.0, -0.62, 0.42, True, 1.0),
    "ball": (0.0, -0.70, 0.72, True, 1.0),
    "pram": (0.0, -0.20, 0.56, True, 1.1), "rocket": (0.0, -0.02, 0.24, False, 1.25),
}  # fmt: skip
# Where a hat sits: how far above the middle of the box the crown of the head is, in hundredths of it.
CROWNS = {
    "frog": 32, "pig": 42, "cow": 41, "fox": 37, "cat": 36, "dog": 43, "rabbit": 30, "mouse": 31, "bear": 43,
    "panda": 41, "lion": 37, "elephant": 45, "koala": 39, "penguin": 46, "squirrel": 30, "chick": 36, "giraffe": 41,
    "deer": 32, "owl": 40, "hedgehog": 28, "teddy": 43, "girl": 42, "boy": 42, "child": 42, "woman": 46, "man": 46,
    "grandma": 46, "grandpa": 46, "baby": 33, "mother-and-baby": 46, "bride": 46, "groom": 46, "snowman": 39,
    "wolf": 37, "dinosaur": 41, "duck": 34, "robin": 31, "sheep": 29,
}  # fmt: skip
HATS = {"party-hat": (0.27, 0.10), "crown": (0.25, 0.05), "mortarboard": (0.34, 0.02), "witch-hat": (0.36, 0.11),
        "hat": (0.36, 0.015), "santa-hat": (0.36, 0.06), "bobble-hat": (0.32, 0.045),
}  # size, and how far above the crown its middle is  # fmt: skip
# Where a scarf goes: the neck below the middle of the box and half its width, in hundredths of the box; how it stands
# beside the middle.
NECKS: dict[str, tuple[float, float, float]] = {
    "penguin": (-9, 21, 0), "bear": (0, 17, 0), "fox": (6, 15, 0), "cat": (8, 14, -2), "dog": (6, 17, -4),
    "rabbit": (12, 13, 0), "mouse": (10, 12, 0), "panda": (1, 18, 0), "lion": (12, 15, 0), "koala": (6, 17, 0),
    "squirrel": (-3, 12, -8), "owl": (2, 24, 0), "deer": (10, 11, 0), "reindeer": (10, 11, 0), "pig": (8, 17, 0),
    "snowman": (-13, 16, 0), "teddy": (0, 17, 0), "girl": (-8, 10, 0), "boy": (-8, 10, 0), "child": (-8, 10, 0),
    "woman": (-19, 10, 0), "man": (-19, 10, 0), "grandma": (-19, 10, 0), "grandpa": (-19, 10, 0), "frog": (6, 18, 0),
    "robin": (-12, 18, -16),
}  # fmt: skip
# Heads that are not above the middle: how far aside, in sizes.
ASIDE = {"squirrel": -0.10, "dinosaur": -0.17, "duck": -0.17, "robin": -0.13, "sheep": -0.32}
WORN = frozenset({*HATS, "scarf"})
SMALL_HEADED = frozenset({"woman", "man", "grandma", "grandpa", "mother-and-baby", "bride", "groom"})
PEOPLE = SMALL_HEADED | {"girl", "boy", "child", "baby", "dancers"}
# Adults are taller than children, and these than a dog or a fox.
STATURE = dict.fromkeys(SMALL_HEADED | {"dancers"}, 1.28) | {"girl": 1.1, "boy": 1.1, "child": 1.1, "baby": 0.78}
HELD = frozenset(
    {
        "book", "cup", "gift", "bouquet", "guitar", "candle", "envelope", "camera", "ice-cream", "apple", "cupcake",
        "yarn", "ball", "teddy", "heart", "star", "bread", "strawberry", "egg", "cake", "plant-pot", "watering-can",
        "paintbrush", "lantern", "key", "scroll", "candy-cane", "fish", "globe", "music", "balloon", "heart-balloon",
        "diya", "picnic", "shell",
    }
)  # fmt: skip
# "A bear with a cup" has it in his paws; other things stand beside him.
WITH = frozenset(
    {"book", "cup", "ice-cream", "bouquet", "envelope", "heart", "star", "lantern", "candle", "gift", "cupcake"}
)
SHELTERS = frozenset({"round-tree", "pine", "blossom-tree", "palm", "christmas-tree", "birch", "poplar", "bare-tree"})
BEATS = (-9.0, 8.0)  # how far dancers lean, in turn


def are_peers(one: str, other: str) -> bool:
    """Two adults, or two children: neither is the small one."""
    return {one, other} <= PEOPLE and STATURE[one] == STATURE[other]


def possible(bond: Bond) -> bool:
    """Whether we can draw it; what we cannot stays side by side."""
    who, how, what = bond
    if who not in motifs() or (motifs()[who].kind != "animal" and who not in ("teddy", "ghost", "angel")):
        return False
    if how in ("on", "in"):
        return what in MOUNTS
    if what in HATS:
        return how in ("holds", "with") and who in CROWNS
    if what == "scarf":
        return how in ("holds", "with") and who in NECKS
    if what == "kite":
        return how in ("holds", "with")
    if how == "holds":
        return what in HELD
    if how == "with":
        return what in WITH or what == "umbrella"
    if how == "under":
        return what in SHELTERS or what == "umbrella"
    return how in ("dances", "jumps")


def carried(bonds: tuple[Bond, ...]) -> set[str]:
    """Those that are drawn by somebody else: riders by their mounts, hats and held things by whoever has them."""
    return {who for who, how, _ in bonds if how in ("on", "in")} | {
        what for _, how, what in bonds if how in ("holds", "with", "under")
    }


def before(stage: "Stage", who: str, x: float, foot: float, size: float) -> None:
    """What is behind someone who stands here: a tree to stand under, an umbrella."""
    for what in (*_whats(stage, who, "under"), *_whats(stage, who, "with")):
        if what not in SHELTERS and what != "umbrella":
            continue
        if what == "umbrella":
            stage.add(what, x + size * 0.10, foot - size * 0.92, size * 0.95, grow=False)
            continue
        tall = min(size * 2.1, foot * 0.62)
        stage.add(what, x + size * 0.46, foot - tall * 0.49, tall, grow=False, snow=stage.snowy)


def after(stage: "Stage", who: str, x: float, foot: float, size: float, *, flip: bool = False) -> None:
    """What is before someone, or on his head; `flip` when he looks the other way."""
    middle, way = foot - size * 0.5, -1 if flip else 1
    for what in (*_whats(stage, who, "holds"), *_whats(stage, who, "with")):
        if what == "umbrella":
            continue
        if what in HATS:
            share, above = HATS[what]
            fit = 0.74 if who in SMALL_HEADED else 1.0
            top = middle - size * (CROWNS[who] / 100 + above * fit)
            stage.add(what, x + way * size * ASIDE.get(who, 0.0), top, size * share * fit, turn=6 * way, grow=False)
        elif what == "scarf":
            down, half, aside = NECKS[who]
            place = (x + way * size * aside / 100, middle + size * down / 100)
            stage.add("worn-scarf", *place, size * half / 16, grow=False, tint=stage.tint_of("scarf"))
        elif what == "kite":
            _kite(stage, x, middle, size)
        elif "balloon" in what:
            string = [[x + size * 0.2, middle + size * 0.12], [x + size * 0.42, middle - size * 0.3]]
            stage.ground("string", line=string, color=stage.palette.deep, width=1.6)
            stage.add(what, x + size * 0.43, middle - size * 0.52, size * 0.46, grow=False)
        else:
            down, share = (0.05, 0.23) if who in SMALL_HEADED else (0.14, 0.30) if who in PEOPLE else (0.20, 0.40)
            stage.add(what, x, middle + size * down, size * share, grow=False)


def _kite(stage: "Stage", x: float, middle: float, size: float) -> None:
    """High beside whoever holds its line, towards the free side of the page."""
    side = 1 if x < stage.width * 0.55 else -1
    high = max(stage.height * 0.30, middle - size * 0.84)
    there = min(max(x + side * size * 0.58, stage.width * 0.12), stage.width * 0.88)
    hand = [x + side * size * 0.16, middle + size * 0.16]
    slack = [(hand[0] + there) / 2 + side * size * 0.06, (hand[1] + high) / 2 + size * 0.12]
    stage.ground("string", line=[hand, slack, [there, high]], color=stage.palette.deep, width=1.5)
    stage.add("kite", there, high, size * 0.42, turn=side * 14, grow=False)


def is_busy(stage: "Stage", who: str) -> bool:
    """Whether both hands are before the belly, about something."""
    things = (*_whats(stage, who, "holds"), *_whats(stage, who, "with"))
    return any(what in HELD and "balloon" not in what for what in things)


def lean(stage: "Stage", who: str, number: int) -> float:
    """How far someone leans who dances."""
    return BEATS[number % 2] if (who, "dances", "") in stage.spec.bonds else 0.0


def hop(stage: "Stage", who: str, number: int) -> float:
    """How high above the ground someone is, in sizes of his own."""
    if (who, "jumps", "") in stage.spec.bonds:
        return 0.16
    return 0.035 * (number % 2) if (who, "dances", "") in stage.spec.bonds else 0.0


def rider_of(stage: "Stage", what: str) -> str:
    """Who rides in or on this, "" for nobody."""
    found = (who for who, how, mount in stage.spec.bonds if how in ("on", "in") and mount == what)
    return next((who for who in found if not stage.is_gone(who)), "")


def seat(what: str, x: float, y: float, size: float, *, flip: bool) -> tuple[float, float, float]:
    """Where the rider's middle is, and his size."""
    across, down, share, _, _ = MOUNTS[what]
    return x + (-across if flip else across) * size, y + down * size, share * size


def _whats(stage: "Stage", who: str, how: str) -> list[str]:
    return [what for one, way, what in stage.spec.bonds if one == who and way == how and not stage.is_gone(what)]


def plain(bonds: Any) -> tuple[Bond, ...]:
    """Bonds out of JSON."""
    return tuple((str(who), str(how), str(what)) for who, how, what in bonds)
