"""Reading a text as people do: through accents, look-alike letters, digits for letters, and letters spaced apart."""

import re
import unicodedata
from dataclasses import dataclass

# Letters of other scripts that look Latin, and Latin ones that do not decompose.
LOOK_ALIKES = str.maketrans(
    "авекмнорстухіјѕԁɡһαβεικνορτυχγ" + "øłđıæœðþ", "abekmhopctyxijsdghabeiknoptuxy" + "oldiaodt"
)
# Numbers and signs written for letters. Applied only to words that mix both, so that "2024" stays a year.
DISGUISES = str.maketrans("013457@$!8", "oieastasib")
WORD = re.compile(r"&|[^\W_](?:[\w@$!'’]*[^\W_])?")
SPACED = 4  # single letters in a row from which on they are one word: shorter rows are initials
APART = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .*_-])+[^\W\d_](?:[ .*_-][^\W\d_])+(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is read: folded, with what its digits may stand for, and where it is written."""

    plain: str
    undisguised: str
    start: int
    end: int


def fold(text: str) -> str:
    """Small letters without accents, in one line; letters of other scripts where they pose as Latin ones."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    return re.sub(r"\s+", " ", re.sub(r"\w+", _latin, bare))


def readings(text: str) -> list[str]:
    """The same text as written, undisguised, with spaced-out letters joined, and with stretched letters let go."""
    folded, joined = fold(text), fold(APART.sub(lambda row: re.sub(r"[ .*_-]", "", row.group()), text))
    undisguised, both = (" ".join(map(undisguise, reading.split(" "))) for reading in (folded, joined))
    return list(dict.fromkeys([folded, undisguised, both, squeeze(both)]))


def words(text: str) -> list[Word]:
    """The words of a text with their places in it. Possessives are let go, "&" is read as "and"."""
    found = [_word(match) for match in WORD.finditer(text)]
    return _joined([word for word in found if word.plain])


def undisguise(word: str) -> str:
    return word.translate(DISGUISES) if re.search("[a-z]", word) and re.search(r"[\d@$!]", word[:-1]) else word


def squeeze(text: str) -> str:
    """Letters written three times and more, once: "fuuuuun" is "fun"."""
    return re.sub(r"([^\W\d_])\1{2,}", r"\1", text)


def _word(match: re.Match[str]) -> Word:
    if match.group() == "&":
        return Word("and", "and", match.start(), match.end())
    written = re.sub(r"['’][sS]?$", "", match.group())
    folded = re.sub(r"['’]", "", fold(written))
    return Word(folded, squeeze(undisguise(folded)), match.start(), match.start() + len(written))


def _latin(match: re.Match[str]) -> str:
    """A word that mixes scripts is read in Latin letters; a truly Russian or Greek one is left alone."""
    word = match.group()
    return word.translate(LOOK_ALIKES) if re.search("[a-zøłđıæœðþ]", word) else word


def _joined(found: list[Word]) -> list[Word]:
    """Rows of single letters as one word."""
    joined: list[Word] = []
    row: list[Word] = []
    for word in [*found, None]:
        if word is not None and len(word.plain) == 1 and not word.plain.isdigit():
            row.append(word)
            continue
        joined += [_one(row)] if len(row) >= SPACED else row
        row = []
        if word is not None:
            joined.append(word)
    return joined


def _one(row: list[Word]) -> Word:
    letters = "".join(word.plain for word in row)
    return Word(letters, letters, row[0].start, row[-1].end)
