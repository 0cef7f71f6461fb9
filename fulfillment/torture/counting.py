"""The verdict. Orders are counted in the sandbox's state alone; the database is asked only about its own books."""

from collections import Counter
from typing import Any

Json = dict[str, Any]


def supplier_problems(state: Json) -> list[str]:
    """Lost and doubled orders, by what the supplier has and what the shop was told."""
    paid = [order for order in state["shopify"]["orders"] if order["financial_status"] == "paid"]
    printed = Counter(order["source_id"] for order in state["gooten"]["orders"])
    found = [f"{source_id} is {times} times at the supplier" for source_id, times in printed.items() if times > 1]
    if printed.total() != len(paid):
        found.append(f"{len(paid)} orders were paid, the supplier has {printed.total()}")
    return found + _parcel_problems(state, paid)


def _parcel_problems(state: Json, paid: list[Json]) -> list[str]:
    """Every paid order must have exactly one parcel, and every parcel of the supplier must be told once."""
    sent = Counter(item["tracking_number"] for order in state["gooten"]["orders"] for item in order["items"])
    told = Counter(parcel["tracking_number"] for order in paid for parcel in order["fulfillments"])
    found = [f"parcel {number} was told {told[number]} times" for number in sent if told[number] != 1]
    parcels = {order["name"]: len(order["fulfillments"]) for order in paid}
    return found + [f"{name} has {number} parcels" for name, number in parcels.items() if number != 1]


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
