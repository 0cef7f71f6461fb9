"""What a prompt says: known words with their numbers, colors and negations, and a digest of the rest."""

import re
import unicodedata
from dataclasses import dataclass, field

from designs.providers.sketch import lexicon
from designs.providers.sketch.bonds import MOUNTS, WORN, Bond, possible
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.scene import Subject
from designs.providers.sketch.vocabulary import PHRASES
from designs.providers.sketch.whom import told

TABLES = (
    ("occasion", lexicon.OCCASION_OF), ("season", lexicon.SEASON_OF), ("time", lexicon.TIME_OF),
    ("weather", lexicon.WEATHER_OF), ("place", lexicon.PLACE_OF), ("mood", lexicon.MOOD_OF),
    ("style", lexicon.STYLE_OF),
)  # fmt: skip
# Words that look like a month, a season or a color and are none.
NOT_MEANT = (
    (r"\bcorals\b", " coralreef "),
    (r"\boranges\b", " orangefruits "),
    (r"\bmay (?=your|you|the|all|this|it|we|god|every|he|she|they|i\b|be\b)", " "),
    (r"\bmarch(es|ing)\b", " "),
    (r"\bfalls\b(?! colou?rs?| leaves)", " "),
    (r"\bfall(?= (in|for|asleep|into|down|from)\b)", " "),
)
WHO_STAND = frozenset({"animal", "building", "vehicle", "object", "food", "vessel", "swimmer"})
IN_SPACE = frozenset({"planet", "rocket"})
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
    month: str = ""
    bonds: list[Bond] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in the form we know it; `plural` when it stood in its plural."""

    word: str
    plural: bool = False


def words_of(text: str) -> list[str]:
    """Lower-case words in singular where we know the singular; phrases become one word."""
    return [token.word for token in tokens_of(text)]


def tokens_of(text: str) -> list[Token]:
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    for pattern, meant in NOT_MEANT:
        plain = re.sub(pattern, meant, plain)
    plain = told(plain)
    for phrase, word in sorted(PHRASES.items(), key=lambda pair: -len(pair[0])):
        plain = re.sub(rf"(?<![\w-]){re.escape(phrase)}(s|es)?(?![\w])", lambda found: _said(found, word), plain)  # noqa: B023
    return [_token(word) for word in re.findall(r"[a-zà-ÿ0-9]+(?:[-'][a-zà-ÿ0-9]+)*|[.;!]", plain)]


def _said(found: re.Match[str], word: str) -> str:
    """A phrase as its word; the plural of the phrase goes to its first word."""
    first, space, rest = word.partition(" ")
    return f" {first}{'s' if found.group(1) and first else ''}{space}{rest} "


def _token(word: str) -> Token:
    known = _singular(word)
    return Token(known, known != word and not word.endswith("'s"))


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
    Listener(reading).hear(tokens_of(prompt))
    for word in words_of(negative):
        _deny(reading, word)
    reading.subjects = [subject for subject in reading.subjects if subject.motif not in reading.without]
    named = {subject.motif for subject in reading.subjects} | {""}
    if named & IN_SPACE and not ({reading.place, reading.season, reading.weather} - {"", "sky"}):
        reading.place = "space"
    reading.bonds = [bond for bond in dict.fromkeys(reading.bonds) if {bond[0], bond[2]} <= named and possible(bond)]
    return reading


@dataclass(slots=True)
class Listener:
    """Word by word: what was said just before decides how many, which color, and who does it."""

    reading: Reading
    denying: bool = False
    count: int = 0
    one: bool = False
    color: str = ""
    who: str = ""
    link: str = ""

    def hear(self, tokens: list[Token]) -> None:
        for token in tokens:
            word = token.word
            if word in ".;!":
                self.denying, self.link, self.who = False, "", ""
            elif word in lexicon.NEGATIONS:
                self.denying = True
            elif self.denying:
                self._deny(word)
            elif word in lexicon.NUMBERS or (word.isdigit() and 1 < int(word[:3]) < 13):
                self.count = lexicon.NUMBERS.get(word) or int(word)
            elif word in lexicon.COLOR_OF:
                self.color = lexicon.COLOR_OF[word]
                self.reading.colors.append(self.color)
            else:
                self._note(token)

    def _deny(self, word: str) -> None:
        if _known(word):
            _deny(self.reading, word)
        self.denying = word in lexicon.ASIDES and not _known(word)

    def _note(self, token: Token) -> None:
        word = token.word
        self.one = self.one or word in lexicon.ARTICLES
        self.link = lexicon.LINKS.get(word, self.link)
        if word in lexicon.ACTS and self.who:
            self.reading.bonds.append((self.who, lexicon.ACTS[word], ""))
        if word in lexicon.SUBJECT_OF:
            self._subject(lexicon.SUBJECT_OF[word], token)
        if _take(self.reading, word, self.color):
            if self.color and word in lexicon.SUBJECT_OF:
                self.reading.colors.remove(self.color)
            self.count, self.color, self.one = 0, "", False

    def _subject(self, motif: str, token: Token) -> None:
        stands = motifs()[motif].kind in WHO_STAND
        said = self.count or ((2 if stands else 0) if token.plural else 1 if stands or self.one else 0)
        if all(subject.motif != motif for subject in self.reading.subjects):
            self.reading.subjects.append(Subject(motif, said, self.color))
        dresses = motif in WORN and (self.link == "in" or self._dressing())
        link = "with" if dresses else self.link  # in a hat as with one
        if link and self.who and self.who != motif:
            self.reading.bonds.append((self.who, link, motif))
        elif token.word in lexicon.DOINGS and self.who:
            self.reading.bonds.append((self.who, lexicon.DOINGS[token.word], motif))
        if motifs()[motif].kind == "animal" and not (self.link in ("on", "in") and motif in MOUNTS):
            self.who = motif
        self.link = ""

    def _dressing(self) -> bool:
        """Whether the last thing said was what somebody wears: "a scarf and a hat"."""
        last = self.reading.bonds[-1:]
        return bool(last) and last[0][0] == self.who and last[0][2] in WORN


def _deny(reading: Reading, word: str) -> None:
    for table in (lexicon.SUBJECT_OF, lexicon.WEATHER_OF, lexicon.SEASON_OF):
        if word in table:
            reading.without.append(table[word])
    if word in FLORAL:
        reading.without += ["flower"]
    if word in lexicon.COLOR_OF:
        reading.without.append(lexicon.COLOR_OF[word])


def _take(reading: Reading, word: str, color: str) -> bool:
    """Note one word. True when it can carry the number and color before it."""
    if word in FLORAL:
        reading.flowers = True
        return not color
    if word in lexicon.MONTHS and not reading.month:
        reading.month = word
    for name, table in TABLES:
        if word in table and not getattr(reading, name):
            setattr(reading, name, table[word])
    if not _known(word) and word not in lexicon.FILLERS and word not in lexicon.LINKS and word not in lexicon.ACTS:
        reading.unknown.append(word)
        return False
    return word in lexicon.SUBJECT_OF or _known(word)
