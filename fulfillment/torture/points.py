"""The named points between a delivery and the shipped mail, and how they are armed while a worker runs.

`cardmaker.core.crash` kills once for a marker file that is missing and leaves it there: removing it arms the point.
"""

import time
from collections.abc import Iterable
from pathlib import Path

# Points of one phase lie in different jobs, and a phase waits until all its orders are at the supplier: no job dies
# more often in a phase than its attempts allow.
PHASES: tuple[tuple[str, ...], ...] = (
    (
        "inbox.handled", "order.read", "place.reserved", "submit.claimed", "follow.read", "announce.answered",
        "mail.sent",
    ),
    ("order.recording", "order.placed", "submit.announced", "follow.applied", "announce.stored", "mail.noted"),
    ("order.recorded", "submit.answered"),
    ("submit.receipt_kept",),
    ("submit.produced",),
)  # fmt: skip
POINTS = tuple(point for phase in PHASES for point in phase)


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
