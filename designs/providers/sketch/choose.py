"""From words to a Spec: which composer, palette and cast a candidate gets."""

from typing import Any

from designs.providers.sketch.casting import cast
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.goods import reading_of
from designs.providers.sketch.palettes import Palette
from designs.providers.sketch.photos.gallery import Gallery
from designs.providers.sketch.photos.settings import setting_for
from designs.providers.sketch.photos.shots import Shot
from designs.providers.sketch.reading import Reading, read
from designs.providers.sketch.scene import CHANCE, Spec, Subject
from designs.providers.sketch.taste import composers_for, palettes_for

DEFAULT_STYLE = "storybook"
STYLES = (
    "storybook", "watercolor", "paper-cut", "linocut", "mid-century",
    "geometric", "night-glow", "botanical", "minimal", "ink",
    "cyanotype", "gold-foil", "risograph", "kraft", "pastel",
    "stained-glass", "folk", "crayon", "pop",
)  # fmt: skip
PRODUCT = "product_image"
DAYLESS = frozenset({"halloween", "newyear", "diwali", "eid", "hanukkah", "independence"})


def chosen(
    prompt: str,
    negative: str,
    style: str,
    seed: int,
    suffix: str = "",
    *,
    gallery: Gallery | None = None,
    purpose: str = "card",
) -> Spec:
    """The spec of one candidate. Neighboring seeds take neighboring composers and palettes, so that four differ.

    With a gallery the picture is about its photos.
    """
    of_product = purpose == PRODUCT and not gallery
    reading = reading_of(prompt, negative) if of_product else read(prompt, negative)
    name = style_code(style, suffix, reading)
    core = Dice(CHANCE, prompt.strip().lower(), negative.strip().lower(), name)
    dice = core.sub(seed)
    composer, shots = _way(reading, name, core, seed, gallery, purpose)
    subjects = reading.subjects if of_product else cast(reading, composer, core, seed)
    time, season = _time(reading, composer, dice), _season(reading, subjects)
    palettes = palettes_for(reading, subjects, time, season, core)
    palette = palettes[seed % len(palettes)]
    return Spec(
        prompt=prompt,
        style=name,
        seed=dice.seed(),
        composer=composer,
        palette=palette.name,
        subjects=tuple(subjects),
        season=season or _season_of(palette, reading),
        time=time,
        photos=shots,
        purpose=purpose,
        **_said(reading),
    )


def _way(
    reading: Reading, style: str, core: Dice, seed: int, gallery: Gallery | None, purpose: str
) -> tuple[str, tuple[Shot, ...]]:
    """The composer, and the photos as it needs them."""
    if gallery:
        shots = [gallery.look(number) for number in range(len(gallery))]
        name, ready = setting_for(reading, gallery, shots, core, seed)
        return name, tuple(ready)
    if purpose == PRODUCT:
        return "still", ()
    composers = composers_for(reading, style, core, purpose)
    return composers[seed % len(composers)], ()


def _said(reading: Reading) -> dict[str, Any]:
    """What goes from the words into the spec as it is."""
    return {
        "asked": len(reading.subjects),
        "occasion": reading.occasion,
        "weather": "none" if "snow" in reading.without else reading.weather,
        "place": reading.place,
        "mood": reading.mood,
        "accents": tuple(_accents(reading)),
        "removed": tuple(dict.fromkeys(_removed(reading))),
        "more": {"flower": 1.5} if reading.flowers else {},
        "bonds": tuple(reading.bonds),
    }


def style_code(style: str, suffix: str, reading: Reading) -> str:
    """The style asked for by its code, else by the template's words, else by the prompt's, else our own."""
    if style in STYLES:
        return style
    said = read(f"{style} {suffix}").style if style or suffix else ""
    return said or reading.style or DEFAULT_STYLE


def _time(reading: Reading, composer: str, dice: Dice) -> str:
    if reading.time:
        return reading.time
    if composer == "nightlights" or reading.place == "space" or reading.occasion in DAYLESS:
        return "night"
    if any(subject.motif in ("moon", "crescent") for subject in reading.subjects):
        return "night"
    if any(subject.motif in ("star", "owl", "bat", "shooting-star") for subject in reading.subjects):
        return "night" if dice.chance(0.7) else "dusk"
    return ""


def _season(reading: Reading, subjects: list[Subject]) -> str:
    if reading.season or "winter" in reading.without:
        return reading.season
    if reading.weather == "snow" or reading.place == "lapland":
        return "winter"
    if reading.occasion == "christmas" and reading.place not in ("beach", "desert"):
        return "winter"
    if any(subject.motif in ("snowman", "santa", "reindeer", "sled") for subject in subjects):
        return "winter"
    if reading.occasion in ("thanksgiving", "halloween") or any(
        subject.motif in ("pumpkin", "autumn-leaf", "oak-leaf") for subject in subjects
    ):
        return "autumn"
    return "spring" if reading.occasion == "easter" else ""


def _season_of(palette: Palette, reading: Reading) -> str:
    """Blossom goes with spring colors when nothing else was said."""
    return "spring" if "spring" in palette.tags and not reading.without else ""


def _accents(reading: Reading) -> list[str]:
    """The colors named for the picture as a whole; those named for one subject stay with it."""
    return [color for color in dict.fromkeys(reading.colors) if color not in reading.without][:3]


def _removed(reading: Reading) -> list[str]:
    """Motifs to keep away for every "no ..."."""
    away = []
    for name in reading.without:
        away += {
            "flower": ["flower", *FLORAL],
            "snow": ["snowfall", "snowflake"],
            "round-tree": [*TREES, "christmas-tree"],
            "moon": ["moon", "crescent"],
        }.get(name, [name])
    return [name for name in away if not name.startswith("#")]


FLORAL = [
    "daisy", "sunflower", "rose", "peony", "poppy", "cherry-blossom", "anemone", "cosmos", "tulip", "daisy-stem",
    "poppy-stem", "lavender", "bluebell", "sunflower-stem", "dandelion",
]  # fmt: skip
TREES = ["round-tree", "pine", "poplar", "birch", "bare-tree", "blossom-tree", "palm", "tree"]
