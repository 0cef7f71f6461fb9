"""Which months a calendar's proof has, in words that a buyer confirms before paying."""

from dataclasses import dataclass

from django.utils.dates import MONTHS

from designs.models import Proof

JANUARY, MONTHS_A_YEAR = 1, 12


@dataclass(frozen=True)
class Dates:
    """Twelve months, the first of them in `year`."""

    year: int
    start_month: int

    @property
    def text(self) -> str:
        """ "January to December 2027", "September 2027 to August 2028"."""
        last = (self.start_month + MONTHS_A_YEAR - 2) % MONTHS_A_YEAR + 1
        first = MONTHS[self.start_month]
        if self.start_month == JANUARY:
            return f"{first} to {MONTHS[last]} {self.year}"
        return f"{first} {self.year} to {MONTHS[last]} {self.year + 1}"


def of(proof: Proof) -> Dates | None:
    """What was frozen with the proof, not what the design says now. None for what has no months."""
    calendar = proof.snapshot.get("calendar") or {}
    year = calendar.get("year") or proof.route.item.year
    return Dates(year, calendar.get("start_month") or JANUARY) if year else None
