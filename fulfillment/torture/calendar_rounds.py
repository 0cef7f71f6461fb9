"""The calendar's way to its supplier: files, a product and mock-ups, the order, and the word to print it."""

from typing import Any

from fulfillment.torture.points import CALENDAR_PHASES, PREPARING
from fulfillment.torture.rounds import FIRED_S, Torment

Json = dict[str, Any]
# Not every supplier refuses a reference that it has: that this one does must not be what saves us.
TAKES_DOUBLES: Json = {"kind": "printify_accept_duplicates", "service": "printify"}
FAULTS: tuple[Json, ...] = (
    {"kind": "timeout_after", "service": "printify", "operation": "POST orders", "times": 1, "value": 2},
    {"kind": "http_500_after", "service": "printify", "operation": "POST orders", "times": 1},
    {"kind": "http_500", "service": "printify", "operation": "POST orders", "times": 1},
    {"kind": "http_500_after", "service": "printify", "operation": "POST send_to_production", "times": 1},
    {"kind": "printify_8502", "service": "printify", "times": 1, "value": 1},
    {"kind": "webhooks_lost", "service": "printify", "times": 4},
    {"kind": "webhooks_duplicate", "times": 6, "value": 3},
)
CALLS = ("POST orders", "POST send_to_production")
CLEARED = "SELECT count(*) FROM fulfillment_draft WHERE cleared_at IS NOT NULL AND leftovers = '{}'"


def calendars(torment: Torment, number: int) -> None:
    """What the supplier has of it is cleared away first, so that the first order has the product made again."""
    torment.market.await_all_shipped()  # nothing is cleared away that is still to be printed
    torment.stack.inside("clear_draft", torment.market.calendar.proof)
    torment.stack.until("the draft to be cleared", lambda: torment.stack.ask(CLEARED) == ["1"], within_s=FIRED_S)
    kill_while_preparing(torment)
    for points in CALENDAR_PHASES:
        torment.switch_on(TAKES_DOUBLES)
        torment.named_kills(points, [torment.chance.choice(FAULTS)], torment.market.calendar)
    kill_while_ordering(torment)


def kill_while_ordering(torment: Torment) -> None:
    """One order, and a kill while it is taken in, and one while it is told to be printed."""
    torment.switch_on(TAKES_DOUBLES)
    for operation in CALLS:
        torment.think_long("printify", operation)
    torment.market.pay(1, torment.market.calendar)
    for operation in CALLS:
        torment.kill_the_thinkers_caller(operation)
    torment.market.no_faults()
    torment.market.await_all_placed()


def kill_while_preparing(torment: Torment) -> None:
    """One order, and a kill in the middle of an upload, after it, while the product is made, and at a mock-up."""
    torment.think_long("printify", "POST uploads")
    torment.think_long("printify", "POST products")
    torment.stack.markers.arm(PREPARING)
    torment.market.pay(1, torment.market.calendar)
    torment.kill_the_thinkers_caller("POST uploads")
    torment.kill_the_thinkers_caller("POST products")
    torment.await_kills(PREPARING)
    torment.market.no_faults()
    torment.market.await_all_placed()
