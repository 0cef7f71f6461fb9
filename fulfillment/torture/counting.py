"""The verdict. Orders are counted in the sandbox's state alone; the database is asked only about its own books."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fulfillment.sales.lineproperties import SUPPLIER

PAID = ("paid", "partially_refunded")
WAITING = ("pending", "on-hold", "canceled")  # at Printify, and not to be printed
OURS = "CM-D-"  # what a draft's product is tagged with
Json = dict[str, Any]


def supplier_problems(state: Json) -> list[str]:
    """Lost and doubled orders, by what the suppliers have and what the shop was told."""
    paid = paid_orders(state)
    found = [f"{name} is {times} times at its supplier" for name, times in _references(state).items() if times > 1]
    wanted, sent = Counter(_supplier_of(order) for order in paid), sent_to(state)
    for supplier in sorted({*wanted, *sent}):
        if sent[supplier] != wanted[supplier]:
            found.append(f"{wanted[supplier]} orders were paid, {supplier} prints {sent[supplier]}")
    return found + _parcel_problems(state, paid) + _draft_problems(state) + _errand_problems(state)


def paid_orders(state: Json) -> list[Json]:
    """Those that were to be printed; of some a part was given back afterwards."""
    return [order for order in state["shopify"]["orders"] if order["financial_status"] in PAID]


def sent_to(state: Json) -> Counter[str]:
    """How many orders each supplier was told to print. Printify has an order before that."""
    produced = sum(order["status"] not in WAITING for order in state["printify"]["orders"])
    return Counter(gooten=len(state["gooten"]["orders"]), printify=produced)


def _references(state: Json) -> Counter[str]:
    cards = [order["source_id"] for order in state["gooten"]["orders"]]
    return Counter(cards + [order["external_id"] for order in state["printify"]["orders"]])


def _supplier_of(order: Json) -> str:
    return str(order["lines"][0]["properties"][SUPPLIER])


def _parcel_problems(state: Json, paid: list[Json]) -> list[str]:
    """Every paid order must have exactly one parcel, and every parcel of a supplier must be told once."""
    sent = Counter(item["tracking_number"] for order in state["gooten"]["orders"] for item in order["items"])
    sent.update(parcel["number"] for order in state["printify"]["orders"] for parcel in order["shipments"])
    told = Counter(parcel["tracking_number"] for order in paid for parcel in order["fulfillments"])
    found = [f"parcel {number} was told {told[number]} times" for number in sent if told[number] != 1]
    parcels = {order["name"]: len(order["fulfillments"]) for order in paid}
    return found + [f"{name} has {number} parcels" for name, number in parcels.items() if number != 1]


def _draft_problems(state: Json) -> list[str]:
    """What an order is made from is there once; an order of an earlier product was printed before that was cleared."""
    made = Counter(tag for product in state["printify"]["products"] for tag in product["tags"] if tag.startswith(OURS))
    return [f"{tag} is {times} products at printify" for tag, times in made.items() if times > 1]


def _errand_problems(state: Json) -> list[str]:
    """Money goes back once where it was asked for, nothing that was let through stays held, a picture hangs once."""
    orders, products = state["shopify"]["orders"], state["shopify"]["products"]
    found = [f"{order['name']} has {len(order['refunds'])} refunds" for order in orders if len(order["refunds"]) > 1]
    held = {order["name"] for order in orders for routed in order["fulfillment_orders"] if routed["holds"]}
    found += [f"{name} is still held in the shop" for name in sorted(held)]
    alts = Counter((product["id"], media["alt"]) for product in products for media in product["media"])
    return found + [f"the picture “{alt}” hangs {times} times" for (_, alt), times in alts.items() if times > 1]


def book_problems(facts: Json, orders: int) -> list[str]:
    """Ledger, holds, budgets, jobs and mails of the stack's own database."""
    found = list(facts["ledger"]) + [f"stuck: {job}" for job in facts["stuck"]]
    if facts["reserved_micros"] or facts["open_holds"]:
        found.append(f"{facts['reserved_micros']} micro-dollars are still reserved: {facts['open_holds'][:3]}")
    if facts["print_charges"] != orders:
        found.append(f"{facts['print_charges']} print charges for {orders} orders")
    if facts["orders"] != {"delivered": orders} or facts["print_jobs"] != {"delivered": orders}:
        found.append(f"orders are {facts['orders']}, print jobs {facts['print_jobs']}, not {orders} delivered")
    for name in ("open_jobs", "unmailed", "unannounced", "events_left"):
        if facts[name]:
            found.append(f"{name}: {facts[name]}")
    return found


def too_few_kills(kills: Mapping[str, int], points: Sequence[str], wanted: int) -> list[str]:
    """The points that were not killed at as often as they had to be."""
    return [f"{point} was killed at {kills.get(point, 0)} times" for point in points if kills.get(point, 0) < wanted]
