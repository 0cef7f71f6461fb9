"""What a prompt says: known words with their numbers, colors and negations, and a digest of the rest."""

import re
import unicodedata
from dataclasses import dataclass, field

from designs.providers.sketch import lexicon
from designs.providers.sketch.scene import Subject
from designs.providers.sketch.vocabulary import PHRASES

FLORAL = frozenset({"flower", "bloom", "wildflower", "floral", "wreath"})


@dataclass(slots=True)
class Reading:
    """`without` holds motifs and other meanings that must not appear; `unknown` the words nobody knows."""

    subjects: list[Subject] = field(default_factory=list)
    occasion: str = ""
    season: str = ""
    time: str = ""
    weather: str = ""
    place: str = ""
    mood: str = ""
    style: str = ""
    colors: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    flowers: bool = False


def words_of(text: str) -> list[str]:
    """Lower-case words in singular where we know the singular; phrases become one word."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    for phrase, word in sorted(PHRASES.items(), key=lambda pair: -len(pair[0])):
        plain = re.sub(rf"(?<![\w-]){re.escape(phrase)}(s|es)?(?![\w])", f" {word} ", plain)
    return [_singular(word) for word in re.findall(r"[a-zà-ÿ0-9]+(?:[-'][a-zà-ÿ0-9]+)*|[.;!]", plain)]


def _known(word: str) -> bool:
    tables = (lexicon.SUBJECT_OF, lexicon.OCCASION_OF, lexicon.SEASON_OF, lexicon.TIME_OF, lexicon.WEATHER_OF)
    more = (lexicon.PLACE_OF, lexicon.MOOD_OF, lexicon.STYLE_OF, lexicon.COLOR_OF, lexicon.NUMBERS)
    return any(word in table for table in (*tables, *more)) or word in FLORAL


def _singular(word: str) -> str:
    word = word.removesuffix("'s")
    if _known(word):
        return word
    for candidate in (lexicon.IRREGULAR.get(word, ""), word.removesuffix("s"), word.removesuffix("es")):
        if candidate and candidate != word and _known(candidate):
            return candidate
    return word


def read(prompt: str, negative: str = "") -> Reading:
    """Never fails: what is not understood ends up in `unknown`, which still moves the picture."""
    reading = Reading()
    _listen(reading, words_of(prompt))
    for word in words_of(negative):
        _deny(reading, word)
    reading.subjects = [subject for subject in reading.subjects if subject.motif not in reading.without]
    return reading


def _listen(reading: Reading, words: list[str]) -> None:
    denying, count, color = False, 1, ""
    for word in words:
        if word in ".;!":
            denying = False
        elif word in lexicon.NEGATIONS:
            denying = True
        elif denying:
            if _known(word):
                _deny(reading, word)
                denying = False
            elif word not in lexicon.ASIDES:
                denying = False
        elif word in lexicon.NUMBERS or (word.isdigit() and 1 < int(word[:3]) < 13):
            count = lexicon.NUMBERS.get(word) or int(word)
        elif word in lexicon.COLOR_OF:
            color = lexicon.COLOR_OF[word]
            reading.colors.append(color)
        else:
            if _take(reading, word, count, color):
                if color and word in lexicon.SUBJECT_OF:
                    reading.colors.remove(color)
                count, color = 1, ""


def _deny(reading: Reading, word: str) -> None:
    for table in (lexicon.SUBJECT_OF, lexicon.WEATHER_OF, lexicon.SEASON_OF):
        if word in table:
            reading.without.append(table[word])
    if word in FLORAL:
        reading.without += ["flower"]
    if word in lexicon.COLOR_OF:
        reading.without.append(lexicon.COLOR_OF[word])


def _take(reading: Reading, word: str, count: int, color: str) -> bool:
    """Note one word. True when it can carry the number and color before it."""
    if word in FLORAL:
        reading.flowers = True
        return not color
    if word in lexicon.SUBJECT_OF:
        motif = lexicon.SUBJECT_OF[word]
        if all(subject.motif != motif for subject in reading.subjects):
            reading.subjects.append(Subject(motif, count, color))
    for name, table in (("occasion", lexicon.OCCASION_OF), ("season", lexicon.SEASON_OF), ("time", lexicon.TIME_OF),
                        ("weather", lexicon.WEATHER_OF), ("place", lexicon.PLACE_OF), ("mood", lexicon.MOOD_OF),
                        ("style", lexicon.STYLE_OF)):  # fmt: skip
        if word in table and not getattr(reading, name):
            setattr(reading, name, table[word])
    if not _known(word) and word not in lexicon.FILLERS:
        reading.unknown.append(word)
        return False
    return word in lexicon.SUBJECT_OF or _known(word)
