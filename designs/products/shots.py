"""From chosen options to a plan of shots: which combinations, how many takes of each, and what each prompt says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

AXES = ("angle", "background", "light", "season", "market")
MOST_SHOTS = 200  # of one product, drawn or planned


@dataclass(frozen=True, slots=True)
class Option:
    """One way along one axis, as ops describe it."""

    code: str
    axis: str
    title: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One picture to make. `take` counts those with the same options from 1."""

    options: Mapping[str, str]
    take: int
    prompt: str


def combinations(chosen: Mapping[str, Sequence[Option]]) -> list[tuple[Option, ...]]:
    """All of them, one option from each axis that anything was chosen from, in the order of AXES."""
    axes = [chosen[axis] for axis in AXES if chosen.get(axis)]
    return [*product(*axes)] if axes else [()]


def plan(
    subject: str,
    chosen: Mapping[str, Sequence[Option]],
    *,
    variations: int,
    taken: Iterable[tuple[frozenset[str], int]] = (),
) -> list[Planned]:
    """`variations` shots that use every option about equally often.

    What is `taken`, (codes, take), is not planned again.
    Fewer wanted than there are combinations: a spread of them. More: further takes, each a picture of its own.
    """
    everything = combinations(chosen)
    have = set(taken)
    shots: list[Planned] = []
    take = 1
    while len(shots) < variations:
        free = [ways for ways in everything if (_codes(ways), take) not in have]
        for ways in _spread(free, variations - len(shots)):
            shots.append(Planned({way.axis: way.code for way in ways}, take, prompt_of(subject, ways)))
        take += 1
    return shots


def prompt_of(subject: str, ways: Sequence[Option]) -> str:
    """What is drawn: the product, then how it is seen."""
    return "; ".join([f"Product picture of {_article(subject)}", *(way.prompt for way in ways if way.prompt)])


def _spread(everything: Sequence[tuple[Option, ...]], wanted: int) -> list[tuple[Option, ...]]:
    """The `wanted` ones in which each option comes up about equally often: always the one least used so far."""
    left, picked, used = list(everything), [], {}  # type: ignore[var-annotated]
    while left and len(picked) < wanted:
        best = min(range(len(left)), key=lambda place: _weight(left[place], used, place))
        ways = left.pop(best)
        picked.append(ways)
        for way in ways:
            used[way.code] = used.get(way.code, 0) + 1
    return picked


def _weight(ways: tuple[Option, ...], used: Mapping[str, int], place: int) -> tuple[int, int, int]:
    counts = [used.get(way.code, 0) for way in ways]
    return sum(counts), max(counts, default=0), place


def _codes(ways: Sequence[Option]) -> frozenset[str]:
    return frozenset(way.code for way in ways)


def _article(subject: str) -> str:
    if subject[:1].isupper():
        return subject
    return ("an " if subject[:1] in "aeiou" else "a ") + subject
