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
    "deer": 32, "owl": 40, "hedgehog": 28, "teddy": 43,
}  # fmt: skip
HATS = {"party-hat": (0.27, 0.10), "crown": (0.25, 0.05), "mortarboard": (0.34, 0.02), "witch-hat": (0.36, 0.11),
        "hat": (0.36, 0.015)}  # size, and how far above the crown its middle is  # fmt: skip
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


def possible(bond: Bond) -> bool:
    """Whether we can draw it; what we cannot stays side by side."""
    who, how, what = bond
    if who not in motifs() or (motifs()[who].kind != "animal" and who not in ("teddy", "ghost", "angel")):
        return False
    if how in ("on", "in"):
        return what in MOUNTS
    if how == "holds":
        return what in HELD or (what in HATS and who in CROWNS)
    if how == "with":
        return what in WITH or what == "umbrella" or (what in HATS and who in CROWNS)
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


def after(stage: "Stage", who: str, x: float, foot: float, size: float) -> None:
    """What is before someone, or on his head."""
    middle = foot - size * 0.5
    for what in (*_whats(stage, who, "holds"), *_whats(stage, who, "with")):
        if what == "umbrella":
            continue
        if what in HATS:
            share, above = HATS[what]
            lean = -0.1 if who == "squirrel" else 0.0
            top = middle - size * (CROWNS[who] / 100 + above)
            stage.add(what, x + size * lean, top, size * share, turn=6, grow=False)
        elif "balloon" in what:
            string = [[x + size * 0.2, middle + size * 0.12], [x + size * 0.42, middle - size * 0.3]]
            stage.ground("string", line=string, color=stage.palette.deep, width=1.6)
            stage.add(what, x + size * 0.43, middle - size * 0.52, size * 0.46, grow=False)
        else:
            stage.add(what, x, middle + size * 0.20, size * 0.40, grow=False)


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
