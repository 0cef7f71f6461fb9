"""The named points between a delivery and the shipped mail, and how they are armed while a worker runs.

`cardmaker.core.crash` kills once for a marker file that is missing and leaves it there: removing it arms the point.
"""

import time
from collections.abc import Iterable
from pathlib import Path

# Of the points of one phase so few lie in one job that none dies more often than its attempts allow. A phase waits
# until all its orders are at the supplier.
PHASES: tuple[tuple[str, ...], ...] = (
    (
        "inbox.handled", "order.read", "place.reserved", "submit.claimed", "submit.answered", "follow.read",
        "announce.answered", "mail.sent",
    ),
    (
        "order.recording", "order.placed", "submit.announced", "submit.receipt_kept", "follow.applied",
        "announce.stored", "mail.noted",
    ),
    ("order.recorded", "submit.produced"),
)  # fmt: skip
# A calendar goes another way to its supplier: files, a product and mock-ups before the order, and a word to print.
PREPARING = ("draft.kept", "draft.pictured")
CALENDAR_PHASES: tuple[tuple[str, ...], ...] = (
    ("place.reserved", "submit.claimed", "submit.announced", "follow.read"),
    ("submit.answered", "submit.receipt_kept", "submit.produced", "follow.applied"),
)
# What is done for shop and buyer beside an order's own way.
ERRANDS = (
    "hold.answered", "refund.announced", "refund.answered", "reconcile.heard", "delist.answered", "publish.answered",
)  # fmt: skip
ON_SALE_AGAIN = "push.answered"
CARD_POINTS = tuple(point for phase in PHASES for point in phase)
CALENDAR_POINTS = (*PREPARING, *(point for phase in CALENDAR_PHASES for point in phase))
ERRAND_POINTS = (*ERRANDS, ON_SALE_AGAIN)
POINTS = tuple(dict.fromkeys((*CARD_POINTS, *CALENDAR_POINTS, *ERRAND_POINTS)))


class Markers:
    """One marker file a point, in a directory of their own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.directory.mkdir(parents=True, exist_ok=True)

    def setting(self, points: Iterable[str]) -> str:
        """The value of CARDMAKER_CRASH_POINT that builds these points in."""
        return ",".join(f"{point}@{self.path(point)}" for point in points)

    def path(self, point: str) -> Path:
        return self.directory / point

    def disarm_all(self) -> None:
        for point in POINTS:
            self.path(point).touch()

    def arm(self, points: Iterable[str]) -> None:
        for point in points:
            self.path(point).unlink(missing_ok=True)

    def armed(self) -> list[str]:
        """Points that nobody came by yet."""
        return [point for point in POINTS if not self.path(point).exists()]

    def fired_within(self, within_s: float) -> bool:
        """Whether every armed point has killed by then."""
        deadline = time.monotonic() + within_s
        while self.armed() and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.armed()
