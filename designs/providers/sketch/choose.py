"""From a Reading to a Spec: which composer, palette and cast a candidate gets."""

from designs.providers.sketch import lexicon
from designs.providers.sketch.color import distance
from designs.providers.sketch.composers import composers
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.palettes import PALETTES, Palette
from designs.providers.sketch.reading import Reading, read
from designs.providers.sketch.scene import VERSION, Spec, Subject

DEFAULT_STYLE = "storybook"
STYLES = (
    "storybook",
    "watercolor",
    "paper-cut",
    "linocut",
    "mid-century",
    "geometric",
    "night-glow",
    "botanical",
    "minimal",
    "ink",
)
SINGLE_LIGHT = {"night": "night", "dusk": "dusk", "dawn": "dawn"}
DAYLESS = frozenset({"halloween", "newyear", "diwali", "eid", "hanukkah"})

# Composers by what the words ask for; the first of several matching rows count most.
LIKES = {
    "landscape": {
        "forest", "mountains", "lake", "meadow", "garden", "farm", "village", "desert", "park", "camp", "vineyard",
        "lapland", "beach", "animal", "building", "vehicle", "tree", "winter", "autumn", "dusk", "dawn", "snow",
        "rain", "plant", "father", "farewell", "housewarming", "easter", "thanksgiving", "hero-sky", "stem",
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
        "vessel", "octopus", "island", "anchor", "shell",
    },
}  # fmt: skip
ONLY_WHEN_LIKED = frozenset({"skyline", "sea", "nightlights"})
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
        }
    ),
    "ornament": frozenset(
        {"animal", "building", "vehicle", "vessel", "object", "food", "swimmer", "tree", "plant", "hero-sky"}
    ),
    "nightlights": frozenset({"swimmer", "stem", "bloom", "hanging", "leaf", "vessel"}),
    "table": frozenset({"building", "vehicle", "swimmer", "vessel", "tree", "hero-sky", "sky"}),
    "skyline": frozenset({"swimmer", "vessel", "tree", "plant", "stem", "bloom"}),
    "floating": frozenset({"swimmer", "tree", "vessel", "bloom", "stem", "hanging"}),
    "landscape": frozenset({"swimmer", "vessel", "hanging", "food"}),
    "portrait": frozenset({"tree", "sky", "hanging"}),
    "sea": frozenset({"food", "hanging", "bloom", "stem"}),
    "papercut": frozenset({"food", "bloom", "stem", "hanging"}),
    "quilt": frozenset(),
    "medallion": frozenset(),
}
STYLE_LIKES = {"botanical": "botanical", "paper-cut": "papercut", "geometric": "quilt", "night-glow": "nightlights"}
# Places that only some composers can show.
PLACE_NEEDS = {
    "underwater": frozenset({"sea", "medallion", "papercut", "portrait"}),
    "room": frozenset({"table", "portrait", "medallion", "quilt"}),
    "kitchen": frozenset({"table", "portrait", "medallion", "quilt"}),
    "city": frozenset({"skyline", "nightlights", "medallion", "papercut"}),
    "village": frozenset({"landscape", "nightlights", "skyline", "medallion"}),
    "farm": frozenset({"landscape", "medallion", "papercut", "portrait"}),
    "mountains": frozenset({"landscape", "papercut", "medallion", "floating"}),
    "forest": frozenset({"landscape", "papercut", "medallion", "portrait", "nightlights"}),
    "beach": frozenset({"sea", "medallion", "landscape", "papercut"}),
    "desert": frozenset({"landscape", "papercut", "medallion"}),
    "sea": frozenset({"sea", "medallion", "papercut", "portrait"}),
    "space": frozenset({"floating", "portrait", "papercut", "medallion", "nightlights"}),
    "garden": frozenset({"landscape", "botanical", "portrait", "medallion", "papercut"}),
    "meadow": frozenset({"landscape", "botanical", "portrait", "medallion", "papercut", "floating"}),
}


def chosen(
    prompt: str,
    negative: str,
    style: str,
    seed: int,
    suffix: str = "",
    size: tuple[float, float] = (1000, 1400),
) -> Spec:
    """The spec of one candidate. Neighboring seeds take neighboring composers and palettes, so that four differ."""
    reading = read(prompt, negative)
    name = style_code(style, suffix, reading)
    core = Dice(VERSION, prompt.strip().lower(), negative.strip().lower(), name)
    dice = core.sub(seed)
    subjects, asked = _cast(reading, core, seed)
    wishes = _wishes(reading, subjects)
    composer = _composer(wishes, subjects, name, reading.place, core, seed)
    time = _time(reading, composer, dice)
    palette = _palette(reading, wishes, time, core, seed)
    return Spec(
        prompt=prompt,
        style=name,
        seed=dice.seed(),
        composer=composer,
        palette=palette.name,
        subjects=tuple(subjects),
        asked=asked,
        occasion=reading.occasion,
        season=_season(reading, subjects, palette),
        time=time,
        weather="none" if "snow" in reading.without else reading.weather,
        place=reading.place,
        mood=reading.mood,
        accents=tuple(_accents(reading)),
        removed=tuple(dict.fromkeys(_removed(reading))),
        more={"flower": 1.5} if reading.flowers else {},
    )


def style_code(style: str, suffix: str, reading: Reading) -> str:
    """The style asked for by its code, else by the template's words, else by the prompt's, else our own."""
    if style in STYLES:
        return style
    said = read(f"{style} {suffix}").style if style or suffix else ""
    return said or reading.style or DEFAULT_STYLE


def _cast(reading: Reading, core: Dice, seed: int) -> tuple[list[Subject], int]:
    """Who appears: everybody named, or a cast that suits the occasion and changes from candidate to candidate."""
    subjects = list(reading.subjects)
    asked = len(subjects)
    _, casts = lexicon.occasion_row(reading.occasion)
    if not asked and not reading.flowers and not casts:
        casts = _casts_of_place(reading)
    if (
        casts
        and not reading.flowers
        and not any(motifs()[subject.motif].kind not in ("sky", "sprig", "bit") for subject in subjects)
    ):
        order = core.sub("cast").shuffled(casts)
        names = [subject.motif for subject in subjects]
        subjects += [Subject(name) for name in order[seed % len(order)] if name not in (*reading.without, *names)]
    elif casts and len(subjects) == 1 and motifs()[subjects[0].motif].kind == "animal":
        extra = {
            "birthday": ["balloon", "party-hat", "gift", "cupcake"], "christmas": ["gift", "christmas-tree",
            "bauble"], "valentine": ["heart", "heart-balloon"], "love": ["heart"], "easter": ["egg"],
            "halloween": ["jack-o-lantern", "bat"], "graduation": ["mortarboard"], "baby": ["balloon", "star"],
            "anniversary": ["heart"],
        }  # fmt: skip
        options = [name for name in extra.get(reading.occasion, []) if name not in reading.without]
        if options:
            subjects.append(Subject(core.sub("extra").shuffled(options)[seed % len(options)]))
    return subjects, asked


def _casts_of_place(reading: Reading) -> list[list[str]]:
    by_place = {
        "underwater": [["fish"], ["turtle"], ["whale"], ["octopus"]],
        "sea": [["sailboat"], ["lighthouse"], ["whale"]],
        "beach": [["sailboat"], ["shell", "starfish"], ["umbrella"]],
        "space": [["rocket"], ["planet"], ["planet", "star"]],
        "city": [["bicycle"], [], ["scooter"]],
        "kitchen": [["teapot", "cup"], ["vase"], ["cup", "book"]],
        "room": [["armchair", "book"], ["fireplace"], ["cup", "book"]],
        "camp": [["tent"], ["tent", "bear"]],
        "farm": [["barn", "sheep"], ["tractor"], ["horse"]],
        "lapland": [["penguin"], ["reindeer"], ["bear"]],
        "sky": [["hot-air-balloon"], ["bird"], ["kite"]],
        "forest": [["deer"], ["fox"], ["owl"], []],
        "garden": [["butterfly"], ["bird"], ["watering-can"]],
    }
    by_season = {
        "winter": [["house"], ["snowman"], ["deer"], ["robin"]],
        "autumn": [["fox"], ["squirrel"], ["pumpkin", "mushroom"], ["hedgehog"]],
        "spring": [["bird"], ["rabbit"], ["butterfly"], []],
        "summer": [["bicycle"], ["hot-air-balloon"], ["butterfly"], ["ice-cream"]],
    }
    anything = [["bird"], ["hot-air-balloon"], ["butterfly"], ["house"], ["fox"], ["sailboat"], ["bouquet"], ["rabbit"]]
    return (
        by_place.get(reading.place) or by_season.get(reading.season) or ([[]] if reading.time == "night" else anything)
    )


def _wishes(reading: Reading, subjects: list[Subject]) -> list[str]:
    """Everything that draws composers and palettes, the plainest wish first."""
    wishes = [wish for wish in (reading.place, reading.place, reading.occasion) if wish]
    for subject in subjects:
        wishes += [subject.motif, motifs()[subject.motif].kind]
    if reading.flowers:
        wishes += ["bloom", "bloom"]
    return [*wishes, *(wish for wish in (reading.time, reading.season, reading.weather, reading.mood) if wish)]


def _composer(wishes: list[str], subjects: list[Subject], style: str, place: str, core: Dice, seed: int) -> str:
    """The seed steps through the composers that suit, best first, so that four neighbors take four of them."""
    kinds = {subject.motif for subject in subjects} | {motifs()[subject.motif].kind for subject in subjects}
    scores: dict[str, float] = {}
    for name, likes in LIKES.items():
        score = sum(1.0 for wish in wishes if wish in likes) + core.sub("taste", name).between(0, 0.8)
        score += 1.2 if STYLE_LIKES.get(style) == name else 0
        if name not in composers():
            continue
        if kinds & BLIND.get(name, frozenset()) or (name in ONLY_WHEN_LIKED and score < 1):
            continue
        if name not in PLACE_NEEDS.get(place, LIKES):
            continue
        scores[name] = score
    ranked = sorted(scores, key=lambda name: -scores[name])
    best = [name for name in ranked[:5] if scores[name] > scores[ranked[0]] - 2.6] or ranked[:1]
    if len(best) < 4:
        best = ranked[: min(4, len(ranked))]
    return best[seed % len(best)]


def _time(reading: Reading, composer: str, dice: Dice) -> str:
    if reading.time:
        return reading.time
    if composer == "nightlights" or reading.place == "space" or reading.occasion in DAYLESS:
        return "night"
    if any(
        subject.motif in ("moon", "crescent", "star", "owl", "bat", "shooting-star") for subject in reading.subjects
    ):
        return "night" if dice.chance(0.7) else "dusk"
    return ""


def _season(reading: Reading, subjects: list[Subject], palette: Palette) -> str:
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
    return "spring" if reading.occasion == "easter" or "spring" in palette.tags else ""


TIME_TAGS = {"night": {"night"}, "dusk": {"dusk", "night"}, "dawn": {"dawn"}}
FEASTS = frozenset(
    {
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
    }
)


def _palette(reading: Reading, wishes: list[str], time: str, core: Dice, seed: int) -> Palette:
    """The palettes that fit best, in an order of the prompt's own; the seed steps through them."""
    tags, _ = lexicon.occasion_row(reading.occasion)
    wanted = {*tags, *wishes, *({"winter"} if reading.weather == "snow" else ())}
    dark = time in ("night", "dusk")
    scores = {}
    for palette in PALETTES.values():
        score = 1.6 * len(tags & palette.tags) + 1.0 * len((wanted - tags) & palette.tags)
        score += 1.4 * len(TIME_TAGS.get(time, set()) & palette.tags)
        score -= 2.5 if palette.is_dark and not dark else 0
        score -= 1.6 if "sympathy" in palette.tags and not {"sympathy", "calm", "elegant"} & wanted else 0
        score += 0.4 if "joy" in palette.tags and not (reading.mood or reading.occasion) else 0
        score -= 1.5 if palette.tags & FEASTS and not palette.tags & wanted else 0
        if (
            reading.season
            and {
                "winter",
                "summer",
                "spring",
                "autumn",
            }
            & palette.tags
            and reading.season not in palette.tags
        ):
            score -= 1.5
        for color in reading.colors:
            score += max(
                0.0,
                1.5 - 9 * min(distance(color, accent) for accent in (*palette.accents, *palette.land, *palette.sky)),
            )
        scores[palette.name] = score + core.sub("palette", palette.name, *reading.unknown).between(0, 0.9)
    ranked = sorted(scores, key=lambda name: -scores[name])
    order = core.sub("palettes").shuffled(ranked[:4])
    return PALETTES[order[seed % len(order)]]


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
            "round-tree": TREES,
        }.get(name, [name])
    return [name for name in away if not name.startswith("#")]


FLORAL = [
    "daisy", "sunflower", "rose", "peony", "poppy", "cherry-blossom", "anemone", "cosmos", "tulip", "daisy-stem",
    "poppy-stem", "lavender", "bluebell", "sunflower-stem", "dandelion",
]  # fmt: skip
TREES = ["round-tree", "pine", "poplar", "birch", "bare-tree", "blossom-tree", "palm", "tree"]
