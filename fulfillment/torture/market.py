"""A card and a calendar that can be bought again and again: paid orders as fast as the shop's checkout takes them."""

import time
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from fulfillment.torture import goods
from fulfillment.torture.counting import WAITING, paid_orders, sent_to
from fulfillment.torture.goods import Good
from fulfillment.torture.stack import Stack
from fulfillment.walkthrough.calendars import CalendarShopper
from fulfillment.walkthrough.report import Story
from fulfillment.walkthrough.shopper import Shopper
from fulfillment.walkthrough.walk import Places, Walk
from fulfillment.walkthrough.web import Deadline, Web

# A periodic job is always there; it has no subject.
OPEN_JOBS = "SELECT count(*) FROM core_job WHERE state IN ('queued', 'running') AND subject <> ''"
MADE_S = 150.0  # for what takes seconds on a machine that has nothing else to do
SERVICES = ("shopify", "gooten", "printify")
Json = dict[str, Any]


def places_of(stack: Stack) -> Places:
    """The stack as the walkthrough sees it."""
    return Places(
        base_url=stack.base_url,
        sandbox_url=stack.sandbox_url,
        recipe_id="5a6b1c2d-0000-4000-8000-00000000c0de",
        ops_email="ops@example.com",
        ops_password=Path(stack.home / "ops-password").read_text().strip(),
        files=stack.home / "files",
    )


class Market:
    """A card and a calendar, each made over the API when it is first bought, and the sandbox where that is counted."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.web = Web(stack.sandbox_url)
        self.begin()

    @cached_property
    def shopper(self) -> Shopper:
        return Shopper(self.stack.base_url, Deadline(MADE_S), format_code="card-5x7-flat")

    @cached_property
    def card(self) -> Good:
        return goods.card(self.shopper)

    @cached_property
    def calendar(self) -> Good:
        return goods.calendar(CalendarShopper(self.stack.base_url, Deadline(2 * MADE_S)))

    @cached_property
    def unsold(self) -> Good:
        image = self.card.image
        self.shopper.deadline = Deadline(MADE_S)
        return goods.unsold(self.shopper, image)

    @property
    def line(self) -> Json:
        """The card as the cart has it."""
        return self.card.line

    def pay(self, count: int, good: Good | None = None) -> list[str]:
        """Buy `good`, the card as a rule, `count` times in as many orders; their gids."""
        good = good or self.card
        address = f"/sandbox/shopify/{good.domain}/checkouts/"
        lines = [{**good.line, "quantity": 1}]
        return [self.web.post(address, {"lines": lines})["order"]["id"] for _ in range(count)]

    def begin(self) -> None:
        """Count from here: what was bought and printed before is somebody else's."""
        self.since = datetime.now(UTC).isoformat()
        self.earlier: set[str] = set()
        self.earlier = {order["id"] for service in SERVICES for order in self.state()[service]["orders"]}

    def state(self) -> Json:
        """The sandbox's state, with the orders since `begin` alone."""
        state: Json = self.web.get("/sandbox/state/")
        for service in SERVICES:
            state[service]["orders"] = [each for each in state[service]["orders"] if each["id"] not in self.earlier]
        return state

    def facts(self) -> Json:
        """What the stack's database says of the time since `begin`."""
        return self.stack.inside("facts", self.since)

    def fault(self, kind: str, **where: Any) -> None:
        self.web.post("/sandbox/faults/", {"kind": kind, **where})

    def no_faults(self) -> None:
        self.web.json("DELETE", "/sandbox/faults/")

    def clock(self, *, paused: bool) -> None:
        self.web.post("/sandbox/clock/", {"paused": paused})

    def paid(self) -> int:
        return len(paid_orders(self.state()))

    def printed(self) -> int:
        """Orders that the suppliers were told to print."""
        return sum(sent_to(self.state()).values())

    def await_all_placed(self, *, within_s: float = 180.0) -> None:
        """Until the suppliers were told to print (at least) as many orders as were paid."""
        self.stack.until("all orders at the suppliers", self._all_placed, within_s=within_s)

    def await_all_shipped(self, *, within_s: float = 180.0) -> None:
        self.stack.until("all orders to be shipped", self._all_shipped, within_s=within_s, every_s=0.5)

    def await_quiet(self, *, within_s: float = 180.0) -> Json:
        """Until no job is left to do; what the database says then."""
        deadline = time.monotonic() + within_s
        while self.stack.ask(OPEN_JOBS) != ["0"] and time.monotonic() < deadline:
            time.sleep(0.2)
        return self.facts()

    def cancel_all(self) -> None:
        """Have the supplier of cards cancel what it has not printed, so that nothing is left to follow."""
        for order in self.state()["gooten"]["orders"]:
            self.web.post(f"/sandbox/gooten/orders/{order['id']}/fail/", {"status": "Cancelled"})

    def await_all_over(self, *, within_s: float = 180.0) -> Json:
        """Until every order is delivered and every job is done; what the database says then."""
        self.await_all_shipped(within_s=within_s)
        deadline = time.monotonic() + within_s
        facts = self.await_quiet(within_s=within_s)
        while not _over(facts) and time.monotonic() < deadline:
            time.sleep(1)
            facts = self.await_quiet(within_s=within_s)
        return facts

    def _all_placed(self) -> bool:
        state = self.state()
        return sum(sent_to(state).values()) >= len(paid_orders(state))

    def _all_shipped(self) -> bool:
        state = self.state()
        cards = [item["status"] == "Delivered" for order in state["gooten"]["orders"] for item in order["items"]]
        # One that nobody told to print is for the count to find: it would be waited for in vain.
        calendars = [order["delivered"] for order in state["printify"]["orders"] if order["status"] not in WAITING]
        told = [order["fulfillment_status"] == "FULFILLED" for order in state["shopify"]["orders"]]
        return all(cards) and all(calendars) and all(told)


def _over(facts: Json) -> bool:
    return not facts["open_jobs"] and set(facts["orders"]) <= {"delivered"} and not facts["unmailed"]


def walk(stack: Stack, *, tamper: str = "", timeout_s: float = 120.0) -> tuple[Any, list[str]]:
    """One walkthrough on this stack: its outcome and what it told."""
    told: list[str] = []
    outcome = Walk(places_of(stack), Story(told.append), Deadline(timeout_s), tamper=tamper).run()
    return outcome, told
