"""Chance that repeats itself: every choice hangs on words, never on a clock or a global generator."""

import hashlib
import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A generator seeded by the SHA-256 of its parts. `sub` gives an independent one, so that layers do not shift
    when another layer draws more or fewer numbers."""

    def __init__(self, *parts: object) -> None:
        self._name = "|".join(str(part) for part in parts)
        self._random = random.Random(  # noqa: S311  # not for secrets
            int.from_bytes(hashlib.sha256(self._name.encode()).digest()[:16], "big")
        )

    def sub(self, *parts: object) -> "Dice":
        return Dice(self._name, *parts)

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._random.random()

    def spread(self, middle: float, by: float) -> float:
        return middle + self.between(-by, by)

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self._random.randint(low, high)

    def chance(self, odds: float) -> bool:
        return self._random.random() < odds

    def pick(self, options: Sequence[T]) -> T:
        return options[self._random.randrange(len(options))]

    def shuffled(self, options: Iterable[T]) -> list[T]:
        mixed = list(options)
        self._random.shuffle(mixed)
        return mixed

    def seed(self) -> int:
        return self._random.getrandbits(32)
