"""Casting: who appears when the words name nobody, or one animal alone at a feast."""

from designs.providers.sketch import lexicon
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.reading import Reading
from designs.providers.sketch.scene import Subject
from designs.providers.sketch.taste import can_show

# What an animal brings along to a feast.
BRINGS = {
    "birthday": ["balloon", "party-hat", "gift", "cupcake"],
    "christmas": ["gift", "christmas-tree", "bauble"],
    "valentine": ["heart", "heart-balloon"],
    "love": ["heart"],
    "anniversary": ["heart"],
    "easter": ["egg"],
    "halloween": ["jack-o-lantern", "bat"],
    "graduation": ["mortarboard"],
    "baby": ["balloon", "star"],
}


def cast(reading: Reading, composer: str, core: Dice, seed: int) -> list[Subject]:
    """Everybody named; where nobody is, a cast that suits occasion, place or season and that the composer can show."""
    subjects = list(reading.subjects)
    if any(motifs()[subject.motif].kind not in ("sky", "sprig", "bit") for subject in subjects):
        return subjects + _brought(reading, subjects, composer, core, seed)
    if reading.flowers:
        return subjects
    _, casts = lexicon.occasion_row(reading.occasion)
    order = core.sub("cast").shuffled(casts or (_casts_of_place(reading) if not subjects else [[]]))
    order = order[seed % len(order) :] + order[: seed % len(order)]
    names = next((names for names in order if can_show(composer, names)), [])
    away = {*reading.without, *(subject.motif for subject in subjects)}
    return subjects + [Subject(name) for name in names if name not in away]


def _brought(reading: Reading, subjects: list[Subject], composer: str, core: Dice, seed: int) -> list[Subject]:
    if len(subjects) != 1 or motifs()[subjects[0].motif].kind != "animal":
        return []
    options = [name for name in BRINGS.get(reading.occasion, []) if name not in reading.without]
    options = [name for name in core.sub("brings").shuffled(options) if can_show(composer, [name])]
    return [Subject(options[seed % len(options)])] if options else []


def _casts_of_place(reading: Reading) -> list[list[str]]:
    by_month = [cast.split() for cast in lexicon.MONTHS.get(reading.month, "").split(";") if cast]
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
        "mountains": [[], ["deer"], ["tent"], ["bear"]],
        "lake": [[], ["sailboat"], ["deer"], ["cottage"]],
        "meadow": [[], ["butterfly"], ["rabbit"], ["horse"]],
        "desert": [["van"], [], ["cactus"]],
        "park": [["bench"], ["kite"], ["dog"]],
        "vineyard": [["bicycle"], ["cottage"], ["wine"]],
    }
    by_season = {
        "winter": [["house"], ["snowman"], ["deer"], ["robin"]],
        "autumn": [["fox"], ["squirrel"], ["pumpkin", "mushroom"], ["hedgehog"]],
        "spring": [["bird"], ["rabbit"], ["butterfly"], []],
        "summer": [["bicycle"], ["hot-air-balloon"], ["butterfly"], ["ice-cream"]],
    }
    anything = [["bird"], ["hot-air-balloon"], ["butterfly"], ["house"], ["fox"], ["sailboat"], ["bouquet"], ["rabbit"]]
    if reading.place:
        if reading.place == "city" and reading.time in ("night", "dusk"):
            return [[]]  # the lights are what is looked at
        return by_place.get(reading.place, [[]])
    return by_month or by_season.get(reading.season) or ([[]] if reading.time == "night" else anything)
