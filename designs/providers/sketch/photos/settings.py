"""Which composition suits these photos and words."""

from designs.providers.sketch.dice import Dice
from designs.providers.sketch.photos.gallery import Gallery
from designs.providers.sketch.photos.shots import Shot, shows_whole
from designs.providers.sketch.reading import Reading

# composition: how many photos it holds, and what draws it
HOLDS = {
    "album": range(1, 3), "garlanded": range(1, 3), "clothesline": range(2, 11), "baubles": range(1, 7),
    "ascent": range(1, 6), "patchwork": range(3, 11), "gathering": range(1, 4),
}  # fmt: skip
ROUND = frozenset({"garlanded", "baubles", "ascent"})
LIKES = {
    "album": {"", "beach", "sea", "city", "mountains", "farewell", "friend", "village", "lapland", "room"},
    "garlanded": {"wedding", "anniversary", "love", "valentine", "mother", "thanks", "sympathy", "garden", "spring",
                  "baby", "easter", "elegant"},
    "clothesline": {"summer", "friend", "kids", "camp", "garden", "birthday", "beach", "joy"},
    "baubles": {"christmas", "winter", "snow", "cozy", "newyear"},
    "ascent": {"sky", "birthday", "farewell", "goodluck", "baby", "mountains", "dreamy", "meadow", "graduation"},
    "patchwork": {"autumn", "thanks", "kids", "housewarming", "cozy", "friend", "retro"},
    "gathering": {"forest", "mountains", "meadow", "beach", "garden", "birthday", "winter", "camp", "father", "friend"},
}  # fmt: skip
ONLY_WHEN_LIKED = frozenset({"baubles"})
NOT_THERE = {"ascent": {"room", "kitchen", "underwater", "city"}, "gathering": {"underwater", "room", "kitchen"}}
FIT_BEST = 1.6  # people in the scene itself, when they can be cut out well


def setting_for(reading: Reading, gallery: Gallery, shots: list[Shot], core: Dice, seed: int) -> tuple[str, list[Shot]]:
    """A composition and the photos as it needs them. Neighboring seeds take neighboring compositions."""
    order = _ranked(reading, shots, core)
    order = order[seed % len(order) :] + order[: seed % len(order)]
    for name in order:
        if name != "gathering":
            return name, shots
        cut = [gallery.with_people(shot) for shot in shots]
        if all(shot.body for shot in cut):
            return name, cut
    return "album", shots


def _ranked(reading: Reading, shots: list[Shot], core: Dice) -> list[str]:
    words = {reading.occasion, reading.place, reading.season, reading.weather, reading.mood, reading.time} - {""}
    scores = {}
    for name, counts in HOLDS.items():
        liked = len(words & LIKES[name])
        if len(shots) not in counts or (name in ONLY_WHEN_LIKED and not liked):
            continue
        if reading.place in NOT_THERE.get(name, ()) or not all(_fits(name, shot) for shot in shots):
            continue
        bonus = FIT_BEST if name == "gathering" else 0.8 if name == "album" else 0.0
        scores[name] = liked + bonus + core.sub("setting", name).between(0, 0.9)
    ranked = sorted(scores, key=lambda name: -scores[name])[:4]
    return core.sub("settings").shuffled(ranked) or ["album" if len(shots) < 3 else "clothesline"]


def _fits(name: str, shot: Shot) -> bool:
    """Every face whole where the opening is round; a face at all where people are cut out."""
    if name == "gathering":
        return bool(shot.faces)
    return name not in ROUND or shows_whole(shot, 0.83 if name == "garlanded" else 1.0, rounded=True)
