"""The points of a shop's bucket at Shopify: how many are left, so that a call waits before it is sent, not after.

Shopify tells the whole bucket with every answer, whoever emptied it. One process remembers what it was told last; when
it runs low it is written down for the others, who spend from the same bucket.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from fulfillment.models import ShopPoints

LOW = 0.5  # below half of the bucket the other processes have to know


@dataclass(frozen=True, slots=True)
class Level:
    """What Shopify said of the bucket, and when."""

    available: float
    most: float
    restore_per_s: float
    at: datetime

    def available_at(self, at: datetime) -> float:
        """By now it has filled up a little."""
        restored = max(0.0, (at - self.at).total_seconds()) * self.restore_per_s
        return min(self.most, self.available + restored)

    def wait_s(self, cost: float, *, at: datetime) -> float:
        """Until a call of so many points can be paid; one that is larger than the bucket waits for a full one."""
        missing = min(cost, self.most) - self.available_at(at)
        return max(0.0, missing / max(self.restore_per_s, 1.0))

    @property
    def is_low(self) -> bool:
        return self.available < self.most * LOW


class Points(Protocol):
    """Where the levels of all shops are remembered."""

    def level(self, domain: str) -> Level | None: ...

    def note(self, domain: str, level: Level) -> None: ...


@dataclass
class OwnPoints:
    """Of this process alone. Threads may share it."""

    levels: dict[str, Level] = field(default_factory=dict)

    def level(self, domain: str) -> Level | None:
        return self.levels.get(domain)

    def note(self, domain: str, level: Level) -> None:
        self.levels[domain] = level


@dataclass
class SharedPoints(OwnPoints):
    """The lower of what this process was told and what another one wrote down; one query a call."""

    def level(self, domain: str) -> Level | None:
        own, row = self.levels.get(domain), ShopPoints.objects.filter(pk=domain).first()
        if row is None:
            return own
        told = Level(row.available, row.most, row.restore_per_s, row.at)
        return told if own is None or told.at > own.at else own

    def note(self, domain: str, level: Level) -> None:
        """Only a low level is worth a statement, and the end of one."""
        before = self.levels.get(domain)
        super().note(domain, level)
        if level.is_low or (before is not None and before.is_low):
            fields = {
                "available": level.available,
                "most": level.most,
                "restore_per_s": level.restore_per_s,
                "at": level.at,
            }
            ShopPoints.objects.update_or_create(pk=domain, defaults=fields)


shared = SharedPoints()
