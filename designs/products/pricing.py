"""What drawing shots costs at most."""

from designs import routing
from designs.models import Kind, Run


def price_micros(count: int) -> int:
    """The worst-case price of `count` drafts with whoever may draw them, in micro-dollars."""
    lineup = routing.lineup(Kind.PRODUCT_IMAGE, Run.Stage.PAGE)
    return count * (lineup.unit_micros("draft") or 0)
