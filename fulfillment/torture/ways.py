"""The ways that are gone with a kill at every step, each with what its kills must be."""

from collections.abc import Callable
from dataclasses import dataclass

from fulfillment.torture.calendar_rounds import calendars
from fulfillment.torture.controls import CONTROLS, Control
from fulfillment.torture.errands import errands
from fulfillment.torture.points import CALENDAR_POINTS, CARD_POINTS, ERRAND_POINTS
from fulfillment.torture.rounds import Torment, cards


@dataclass(frozen=True)
class Way:
    """One round kills once at each of `points`. `controls` are tried on its stack in the end."""

    name: str
    one_round: Callable[[Torment, int], None]
    points: tuple[str, ...]
    controls: tuple[Control, ...] = ()


WAYS = (
    Way("cards", cards, CARD_POINTS, CONTROLS),
    Way("errands", errands, ERRAND_POINTS),
    Way("calendars", calendars, CALENDAR_POINTS),
)
