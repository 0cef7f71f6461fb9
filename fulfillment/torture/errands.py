"""What is done for shop and buyer beside an order's own way, each killed between call and note."""

from typing import Any

from fulfillment.torture.market import OPEN_JOBS
from fulfillment.torture.points import ERRANDS, ON_SALE_AGAIN
from fulfillment.torture.rounds import FIRED_S, LOST_ORDERS, Torment

ON_SALE, OFF_SALE = "UNLISTED", "ARCHIVED"
GIVEN_BACK = "1.00"
Json = dict[str, Any]


def errands(torment: Torment, number: int) -> None:
    """Two orders wait for ops, one of them found without a delivery; meanwhile money goes back, a product off sale, a
    picture onto another. Then ops let the orders through."""
    stack, market = torment.stack, torment.market
    if number == 1:
        market.pay(1)
        market.await_all_placed()
    unsold, sold = market.unsold.line["variant_id"], market.card.line["variant_id"]
    market.await_all_shipped()  # a refund is of what was delivered
    stack.until("the last mails", lambda: stack.ask(OPEN_JOBS) == ["0"], within_s=FIRED_S)
    torment.switch_on(LOST_ORDERS)
    unheard = market.pay(1)
    market.no_faults()
    stack.markers.arm(ERRANDS)
    asked = stack.inside("begin_errands", market.since, unsold, sold, market.card.image)
    held = [*unheard, *market.pay(1)]
    torment.await_kills(ERRANDS)
    stack.until("the errands to be done", lambda: not problems(market.state(), asked, held), within_s=FIRED_S)
    stack.markers.arm([ON_SALE_AGAIN])
    stack.inside("let_through", market.since, unsold)
    torment.await_kills([ON_SALE_AGAIN])
    stack.until("the product on sale again", lambda: _status(market.state(), asked) == [ON_SALE], within_s=FIRED_S)
    market.await_all_placed()
    stack.until("no more holds", lambda: not any(map(_holds, _orders(market.state(), held))), within_s=FIRED_S)


def problems(state: Json, asked: Json, held: list[str]) -> list[str]:
    """What is missing in the shop, or there twice."""
    (refunded,) = _orders(state, [asked["refunded"]])
    product = next(each for each in state["shopify"]["products"] if each["id"] == asked["product"])
    facts = {
        "holds": ([len(_holds(order)) for order in _orders(state, held)], [1] * len(held)),
        "refunds": ([refund["amount"] for refund in refunded["refunds"]], [GIVEN_BACK]),
        "status": (_status(state, asked), [OFF_SALE]),
        "pictures": (sum(media["alt"] == asked["alt"] for media in product["media"]), 1),
    }
    return [f"{name}: {found}, not {wanted}" for name, (found, wanted) in facts.items() if found != wanted]


def _orders(state: Json, gids: list[str]) -> list[Json]:
    return [order for order in state["shopify"]["orders"] if order["id"] in gids]


def _holds(order: Json) -> list[Json]:
    return [hold for routed in order["fulfillment_orders"] for hold in routed["holds"]]


def _status(state: Json, asked: Json) -> list[str]:
    """Of every product with the handle of the one that was taken down: a second one would be a double."""
    products = state["shopify"]["products"]
    handle = next((each["handle"] for each in products if each["id"] == asked["taken_down"]), None)
    return [each["status"] for each in products if each["handle"] == handle]
