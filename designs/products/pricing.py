"""What drawing shots costs at most, and how long it is likely to take."""

from dataclasses import dataclass

from designs.making import routing
from designs.making.pace import pace_s
from designs.models import Kind, Run


@dataclass(frozen=True, slots=True)
class Estimate:
    """The worst-case price with whoever may draw, and seconds with the first of them; None: nobody knows yet."""

    price_micros: int
    seconds: int | None


def estimate(count: int) -> Estimate:
    """For `count` drafts. One query for the pace, and one where outside models draw."""
    if not count:
        return Estimate(0, None)
    lineup = routing.lineup(Kind.PRODUCT_IMAGE, Run.Stage.PAGE)
    offers = lineup.offers["draft"]
    return Estimate(count * (lineup.unit_micros("draft") or 0), _seconds(offers[0], count) if offers else None)


def _seconds(first: routing.Offer, count: int) -> int | None:
    pace = pace_s(
        provider=first.provider.name,
        offer_id=first.row.pk if first.row else None,
        kind=Kind.PRODUCT_IMAGE,
        stage=Run.Stage.PAGE,
        tier="draft",
    )
    # Every shot is a page of its own, and so a call of its own.
    return None if pace is None else max(1, round(pace * count))
