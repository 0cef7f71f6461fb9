"""Taste: which composers and palettes suit a wish. A wish is a word for a place, an occasion, a subject or its kind."""

from designs.providers.sketch import lexicon
from designs.providers.sketch.color import distance
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.palettes import PALETTES, Palette
from designs.providers.sketch.reading import Reading
from designs.providers.sketch.scene import Subject

# Composers by what the words ask for; the first of several matching rows count most.
LIKES = {
    "landscape": {
        "forest", "mountains", "lake", "meadow", "garden", "farm", "village", "desert", "park", "camp", "vineyard",
        "lapland", "beach", "animal", "building", "vehicle", "tree", "winter", "autumn", "dusk", "dawn", "snow",
        "rain", "storm", "plant", "father", "farewell", "housewarming", "easter", "thanksgiving", "hero-sky", "stem",
    },
    "botanical": {
        "bloom", "sprig", "stem", "garden", "sympathy", "wedding", "thanks", "mother", "spring", "bird", "flyer",
        "calm", "elegant", "anniversary", "easter", "love", "christmas", "leaf", "friend", "baby", "hanging",
    },
    "floating": {
        "balloon", "hot-air-balloon", "lantern", "sky-lantern", "heart", "star", "butterfly", "birthday", "sky",
        "baby", "valentine", "farewell", "kite", "plane", "snowflake", "flyer", "lunar", "diwali", "heart-balloon",
        "goodluck", "rocket",
    },
    "nightlights": {
        "night", "village", "newyear", "diwali", "hanukkah", "eid", "halloween", "lunar", "christmas", "bulb",
        "firework", "sky-lantern", "space", "independence", "gala", "crescent", "star", "candle",
    },
    "medallion": {
        "animal", "object", "food", "building", "vehicle", "father", "kids", "christmas", "thanksgiving", "getwell",
        "retro", "friend", "vessel", "graduation", "halloween", "easter", "patrick", "swimmer", "housewarming",
    },
    "skyline": {"city", "village", "eiffel", "bridge", "tower", "metro", "newyear", "modern", "bicycle", "scooter"},
    "quilt": {
        "geometric", "modern", "thanks", "kids", "friend", "goodluck", "retro", "patrick", "baby", "housewarming",
        "leaf",
    },
    "table": {
        "food", "kitchen", "cake", "cup", "teapot", "vase", "birthday", "thanks", "getwell", "mother", "object",
        "room", "wedding", "candle", "bouquet", "menorah", "diya",
    },
    "papercut": {
        "forest", "christmas", "animal", "mountains", "love", "valentine", "baby", "dreamy", "winter", "halloween",
        "sea", "whale", "night", "wedding", "swimmer", "hero-sky", "tree",
    },
    "portrait": {
        "animal", "birthday", "kids", "friend", "thanks", "valentine", "baby", "joy", "food", "bouquet", "getwell",
        "object", "mother",
    },
    "ornament": {
        "snowflake", "wedding", "diwali", "eid", "elegant", "christmas", "hanukkah", "lunar", "abstract", "sympathy",
        "anniversary", "clover", "hanging",
    },
    "sea": {
        "sea", "underwater", "beach", "sailboat", "ship", "lighthouse", "whale", "fish", "turtle", "swimmer",
        "vessel", "octopus", "island", "anchor", "shell", "storm",
    },
}  # fmt: skip
ONLY_WHEN_LIKED = frozenset({"skyline", "sea", "nightlights", "floating", "ornament"})
# What a composer cannot show at all: a subject of this kind would be lost in it.
BLIND = {
    "botanical": frozenset(
        {
            "vehicle",
            "vessel",
            "tree",
            "swimmer",
            "hero-sky",
            "sky",
            "leaf",
            "hanging",
            "bit",
            "hot-air-balloon",
            "rocket",
            "plane",
            "kite",
            "firework",
            "sky-lantern",
            "lantern",
            "ghost",
            "bat",
            "shooting-star",
            "vase",
            "bouquet",
        }
    ),
    "ornament": frozenset(
        {"animal", "building", "vehicle", "vessel", "object", "food", "swimmer", "tree", "plant", "hero-sky"}
    ),
    "nightlights": frozenset({"swimmer", "stem", "bloom", "hanging", "leaf", "vessel"}),
    "table": frozenset({"animal", "building", "vehicle", "swimmer", "vessel", "tree", "hero-sky", "sky"}),
    "skyline": frozenset({"swimmer", "vessel", "tree", "plant"}),
    "floating": frozenset({"swimmer", "tree", "vessel", "bloom", "stem", "hanging"}),
    "landscape": frozenset({"swimmer", "vessel", "hanging", "food", "sprig", "bit"}),
    "portrait": frozenset({"tree", "hanging", "vessel"}),
    "sea": frozenset({"food", "hanging", "bloom", "stem"}),
    "papercut": frozenset({"food", "bloom", "stem", "hanging"}),
    "quilt": frozenset({"sky"}),
    "medallion": frozenset({"leaf", "stem", "hanging"}),
}
STYLE_LIKES = {
    "botanical": "botanical", "paper-cut": "papercut", "geometric": "quilt", "night-glow": "nightlights",
    "stained-glass": "medallion", "folk": "botanical", "gold-foil": "ornament", "cyanotype": "botanical",
    "pop": "portrait", "risograph": "landscape", "mid-century": "skyline",
}  # fmt: skip
# Places that only some composers can show.
PLACE_NEEDS = {
    "underwater": frozenset({"sea", "medallion", "papercut", "quilt"}),
    "room": frozenset({"table", "portrait", "medallion", "quilt"}),
    "kitchen": frozenset({"table", "portrait", "medallion", "quilt"}),
    "city": frozenset({"skyline", "nightlights", "medallion", "papercut"}),
    "village": frozenset({"landscape", "nightlights", "skyline", "medallion"}),
    "farm": frozenset({"landscape", "medallion", "papercut", "portrait"}),
    "mountains": frozenset({"landscape", "papercut", "medallion", "floating"}),
    "forest": frozenset({"landscape", "papercut", "medallion", "portrait"}),
    "beach": frozenset({"sea", "medallion", "papercut", "portrait"}),
    "desert": frozenset({"landscape", "papercut", "medallion"}),
    "sea": frozenset({"sea", "medallion", "papercut", "portrait"}),
    "space": frozenset({"floating", "portrait", "papercut", "medallion"}),
    "camp": frozenset({"landscape", "portrait", "papercut", "medallion"}),
    "garden": frozenset({"landscape", "botanical", "portrait", "medallion", "papercut"}),
    "meadow": frozenset({"landscape", "botanical", "portrait", "medallion", "papercut", "floating"}),
}

TIME_TAGS = {"night": {"night"}, "dusk": {"dusk"}, "dawn": {"dawn"}}
SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
FEASTS = frozenset(
    (
        "christmas",
        "valentine",
        "halloween",
        "diwali",
        "lunar",
        "eid",
        "hanukkah",
        "patricks",
        "independence",
        "newyear",
        "easter",
        "sea",
    )
)
UNFIT = -9.0
AT_SEA = frozenset({"beach", "sea"})  # hills and meadows are a mistake there, whatever else is asked for
ALL_FRAME = frozenset({"quilt", "ornament"})  # an empty middle, made for words: a calendar's picture has none
CHOICE = 5  # so many composers and palettes a prompt has; at least four, so that four neighbors differ


def wishes_of(reading: Reading, subjects: list[Subject]) -> list[str]:
    """Everything that draws composers and palettes; the place counts twice."""
    wishes = [wish for wish in (reading.place, reading.place, reading.occasion) if wish]
    for subject in subjects:
        wishes += [subject.motif, motifs()[subject.motif].kind]
    if reading.flowers:
        wishes += ["bloom", "bloom"]
    return [*wishes, *(wish for wish in (reading.time, reading.season, reading.weather, reading.mood) if wish)]


def can_show(composer: str, names: list[str]) -> bool:
    """Whether all of these motifs find a place with this composer."""
    shown = set(names) | {motifs()[name].kind for name in names}
    return not shown & BLIND.get(composer, frozenset())


def composers_for(reading: Reading, style: str, core: Dice, purpose: str = "card") -> list[str]:
    """Four or five composers that suit, in an order of the prompt's own; for a calendar none that is all frame."""
    asked = [subject.motif for subject in reading.subjects]
    wishes = wishes_of(reading, reading.subjects)
    here = PLACE_NEEDS.get(reading.place, frozenset(LIKES))
    scores = {name: _appeal(name, wishes, style, core) for name in LIKES}
    if reading.place in AT_SEA:
        scores["landscape"] = UNFIT
    if asked and {motifs()[name].kind for name in asked} <= {"stem", "flyer"}:
        scores["table"] = UNFIT  # a vase full of other flowers
    if purpose == "calendar" or reading.bonds or reading.weather == "storm":
        here = here - ALL_FRAME or here
        scores = {name: UNFIT if name in ALL_FRAME else score for name, score in scores.items()}

    def rank(name: str) -> tuple[bool, bool, bool, float]:
        return scores[name] <= UNFIT, not can_show(name, asked), name not in here, -scores[name]

    ranked = sorted(LIKES, key=rank)
    fifth = ranked[CHOICE - 1]
    fits = can_show(fifth, asked) and fifth in here and scores[fifth] > scores[ranked[0]] - 2.4
    return core.sub("composers").shuffled(ranked[: CHOICE if fits else CHOICE - 1])


def _appeal(name: str, wishes: list[str], style: str, core: Dice) -> float:
    liked = sum(1.0 for wish in wishes if wish in LIKES[name])
    if name in ONLY_WHEN_LIKED and not liked:
        return UNFIT
    return liked + (1.2 if STYLE_LIKES.get(style) == name else 0.0) + core.sub("taste", name).between(0, 0.9)


def palettes_for(reading: Reading, subjects: list[Subject], time: str, season: str, core: Dice) -> list[Palette]:
    """The palettes that fit best, in an order of the prompt's own."""
    wanted = {*wishes_of(reading, subjects), season} - {""}
    occasion_tags, _ = lexicon.occasion_row(reading.occasion)
    noise = core.sub("palettes", *reading.unknown)
    scores = {
        palette.name: _fit(palette, wanted, occasion_tags, time, season)
        + _color_fit(palette, reading.colors)
        + noise.sub(palette.name).between(0, 0.9)
        for palette in PALETTES.values()
    }
    ranked = sorted(scores, key=lambda name: -scores[name])
    near = [name for name in ranked[:CHOICE] if scores[name] > scores[ranked[0]] - 2.0]
    return [PALETTES[name] for name in noise.shuffled(near if len(near) > 1 else ranked[:2])]


def _fit(palette: Palette, wanted: set[str], occasion_tags: frozenset[str], time: str, season: str) -> float:
    score = 1.6 * len(occasion_tags & palette.tags) + 1.0 * len((wanted - occasion_tags) & palette.tags)
    score += 1.4 * len(TIME_TAGS.get(time, set()) & palette.tags)
    if time in ("dusk", "dawn") and palette.night:
        score -= 2.4  # a sunset under stars and a moon is none
    if season:
        score += 1.2 if season in palette.tags else -1.5 if SEASONS & palette.tags else -0.4
    if palette.is_dark and time not in ("night", "dusk"):
        score -= 2.5
    if "sympathy" in palette.tags and not {"sympathy", "calm", "elegant"} & wanted:
        score -= 1.6
    if palette.tags & FEASTS and not palette.tags & FEASTS & (wanted | occasion_tags):
        score -= 1.2
    return score + (0.4 if "joy" in palette.tags and not occasion_tags else 0)


def _color_fit(palette: Palette, colors: list[str]) -> float:
    """How near the palette comes to the colors that were named."""
    own = (*palette.accents, *palette.land, *palette.sky)
    return sum(max(0.0, 1.5 - 9 * min(distance(color, mine) for mine in own)) for color in colors)
