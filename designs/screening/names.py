"""Protected names in a text: found as people write them, refused, let through for review, or rewritten.

The list is rows that ops edit. A process reads it again once their newest change is newer, and looks for that at most
every `settings.NAMES_FRESH_S`: a change acts within seconds, and no word costs a query.
"""

import threading
import time
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from designs.models import ProtectedName
from designs.screening.reading import Word, words
from designs.screening.verdict import Concern, Refusal, Verdict

COLUMNS = ("name", "kind", "action", "aliases", "context", "generic")
SHORTEST_PLURAL = 5  # letters from which on a plural s is let go: "minions", and not "bts" of "bt"
SHORTEST_RUN = 6  # letters of a name of several words from which on it is known written as one
ARTICLES = ("a", "an")
POSSESSIVES = ("my", "our", "your", "his", "her", "its", "their")
DETERMINERS = frozenset((*ARTICLES, *POSSESSIVES, "the", "this", "that", "these", "those", "some", "no"))
REFUSALS = {
    "person": "We make no pictures of real, well-known people such as “{name}”. Describe someone like that instead.",
    "brand": "“{name}” is a protected brand. Describe what you would like to see in your own words.",
}
REFUSAL = "“{name}” is a protected name. Describe what you would like to see in your own words."
# Where the description has no room, one word no longer than most names: what somebody wrote within the limit stays so.
BRIEFLY = {
    "character": "hero", "franchise": "film", "brand": "item", "artist": "art", "person": "person",
    "team": "team",
}  # fmt: skip
REWRITTEN = "“{name}” is a protected name, so we wrote “{generic}” instead."
Version = tuple[int, datetime | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One protected name. `keys`: its spellings, folded; `context`: words one of which must be there too."""

    name: str
    kind: str
    action: str
    generic: str
    keys: tuple[str, ...]
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text, from `start` to `end`."""

    entry: Entry
    start: int
    end: int


class Names:
    """A compiled list: finding costs the words of the text, not the number of names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[str, list[Entry]] = {}
        self._longest = 1
        for entry in entries:
            for key in entry.keys:
                self._add(key, entry)

    def __len__(self) -> int:
        return len({entry.name for entries in self._by_key.values() for entry in entries})

    def find(self, text: str) -> list[Hit]:
        """The names in a text in their order, the longest of those that begin at the same word."""
        row = words(text)
        said = f" {' '.join(word.plain for word in row)} "
        hits, at = [], 0
        while at < len(row):
            hit, taken = self._at(row[at : at + self._longest], said)
            if hit is not None:
                hits.append(hit)
            at += taken
        return hits

    def _add(self, key: str, entry: Entry) -> None:
        self._by_key.setdefault(key, []).append(entry)
        self._longest = max(self._longest, key.count(" ") + 1)
        run = key.replace(" ", "")
        if run != key and len(run) >= SHORTEST_RUN:
            self._by_key.setdefault(run, []).append(entry)

    def _at(self, row: Sequence[Word], said: str) -> tuple[Hit | None, int]:
        for length in range(len(row), 0, -1):
            part = row[:length]
            for key in _keys_of(part):
                for entry in self._by_key.get(key, ()):
                    if _meant(entry, said):
                        return Hit(entry, part[0].start, part[-1].end), length
        return None, 1


class _Current:
    """The list of this process, and when it was last compared with the rows."""

    def __init__(self) -> None:
        self._names: Names | None = None
        self._version: Version | None = None
        self._looked_at = 0.0
        self._alone = threading.Lock()

    def get(self) -> Names:
        with self._alone:
            now = time.monotonic()
            if self._names is None or now - self._looked_at >= settings.NAMES_FRESH_S:
                self._refresh()
                self._looked_at = now
            assert self._names is not None
            return self._names

    def hold(self, names: Names | None) -> None:
        with self._alone:
            self._names, self._version, self._looked_at = names, None, time.monotonic()

    def _refresh(self) -> None:
        """One query while nothing changed, two when it did."""
        facts = ProtectedName.objects.aggregate(count=Count("pk"), newest=Max("updated_at"))
        version = (facts["count"], facts["newest"])
        if version != self._version:
            self._names = Names(
                map(compiled, ProtectedName.objects.filter(active=True).order_by("pk").values(*COLUMNS))
            )
            self._version = version


_current = _Current()


def current() -> Names:
    """The names as ops have them, at most `settings.NAMES_FRESH_S` old."""
    return _current.get()


def hold(names: Names | None) -> None:
    """Let this process go on with these names until they are too old; None: read the rows at the next need."""
    _current.hold(names)


def compiled(row: Mapping[str, Any]) -> Entry:
    """A row's columns, ready to be looked for."""
    keys = (" ".join(word.plain for word in words(spelling)) for spelling in (row["name"], *row["aliases"]))
    context = (" ".join(word.plain for word in words(word)) for word in row["context"])
    return Entry(
        name=row["name"],
        kind=row["kind"],
        action=row["action"],
        generic=row["generic"],
        keys=tuple(dict.fromkeys(key for key in keys if key)),
        context=tuple(context),
    )


def judge(text: str, names: Names, own: Sequence[str] = (), longest: int | None = None) -> Verdict:
    """What the protected names in a prompt mean for it. `own`: brands of whose goods it speaks, which may stay.

    `longest`: characters that the text may have; descriptions that go beyond are put in one word.
    """
    brands = _brands(tuple(own)).find(text) if own else []
    hits = [hit for hit in names.find(text) if not _is_own(hit, brands)]
    for hit in hits:
        if hit.entry.action == ProtectedName.Action.BLOCK:
            message = REFUSALS.get(hit.entry.kind, REFUSAL).format(name=hit.entry.name)
            return Verdict(text, refusal=Refusal("protected_name", message))
    rewritten = [hit for hit in hits if hit.entry.action == ProtectedName.Action.REWRITE]
    others = (hit for hit in hits if hit.entry.action != ProtectedName.Action.REWRITE)
    concerns = [Concern("protected_name", hit.entry.name) for hit in others]
    instead = [hit.entry.generic for hit in rewritten]
    if longest is not None and len(_without_names(text, rewritten, instead)) > longest:
        instead = [min(BRIEFLY[hit.entry.kind], hit.entry.generic, key=len) for hit in rewritten]
    told = [REWRITTEN.format(name=hit.entry.name, generic=said) for hit, said in zip(rewritten, instead, strict=True)]
    clean = _without_names(text, rewritten, instead)
    return Verdict(clean, tuple(dict.fromkeys(told)), tuple(dict.fromkeys(concerns)))


def _is_own(hit: Hit, brands: Sequence[Hit]) -> bool:
    """Whether the name stands within one of their own `brands`. What ops refuse stays refused, whoever says so."""
    if hit.entry.kind != ProtectedName.Kind.BRAND or hit.entry.action == ProtectedName.Action.BLOCK:
        return False
    before = bisect_right(brands, hit.start, key=lambda brand: brand.start)  # they stand in order, none over another
    return before > 0 and hit.end <= brands[before - 1].end


@lru_cache(maxsize=64)
def _brands(own: tuple[str, ...]) -> Names:
    plain = {"kind": ProtectedName.Kind.BRAND, "action": "", "generic": "", "aliases": [], "context": []}
    return Names(compiled({**plain, "name": name}) for name in own)


def _keys_of(part: Sequence[Word]) -> list[str]:
    plain = " ".join(word.plain for word in part)
    found = [plain, " ".join(word.undisguised for word in part)]
    if len(part[-1].plain) > SHORTEST_PLURAL and plain.endswith("s"):
        found.append(plain[:-1])
    return list(dict.fromkeys(found))


def _meant(entry: Entry, said: str) -> bool:
    return not entry.context or any(f" {word} " in said for word in entry.context)


def _without_names(text: str, hits: Sequence[Hit], instead: Sequence[str]) -> str:
    for hit, description in zip(reversed(hits), reversed(instead), strict=True):
        text = _without_name(text, hit, description)
    return text


def _without_name(text: str, hit: Hit, description: str) -> str:
    """The description in the name's place, with one article at most."""
    before, after = text[: hit.start], text[hit.end :]
    generic, _, rest = description.partition(" ")
    last = before.rsplit(None, 1)[-1].casefold() if before.strip() and not before.rstrip().endswith((",", ".")) else ""
    if generic in ARTICLES and last in ARTICLES:
        stem = before.rstrip()
        return stem[: -len(last)] + description + after
    if generic in ARTICLES and (last in DETERMINERS or last.endswith(("'s", "’s"))):
        return before + rest + after
    return before + description + after
