"""One card that can be bought, bought again and again: paid orders as fast as the shop's checkout takes them."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fulfillment.torture.stack import Stack
from fulfillment.walkthrough.report import Story
from fulfillment.walkthrough.shopper import Shopper
from fulfillment.walkthrough.walk import PROMPT, Places, Walk
from fulfillment.walkthrough.web import Deadline, Web

# A periodic job is always there; it has no subject.
OPEN_JOBS = "SELECT count(*) FROM core_job WHERE state IN ('queued', 'running') AND subject <> ''"
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
    """A card with its proof, made once over the API, and the sandbox where it is bought, moved and counted."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.web = Web(stack.sandbox_url)
        self.begin()
        shopper = Shopper(stack.base_url, Deadline(120), format_code="card-5x7-flat")
        self.proof = _proof(shopper)
        checkout = shopper.checkout(self.proof)
        self.shopper = shopper
        self.line: Json = checkout["cart_line"]
        self.domain = urlsplit(checkout["checkout_url"]).path.split("/")[2]

    def pay(self, count: int) -> list[str]:
        """Buy the card `count` times in as many orders; their gids."""
        address = f"/sandbox/shopify/{self.domain}/checkouts/"
        return [self.web.post(address, {"lines": [{**self.line, "quantity": 1}]})["order"]["id"] for _ in range(count)]

    def begin(self) -> None:
        """Count from here: what was bought and printed before is somebody else's."""
        self.since = datetime.now(UTC).isoformat()
        self.earlier: set[str] = set()
        self.earlier = {order["id"] for service in ("shopify", "gooten") for order in self.state()[service]["orders"]}

    def state(self) -> Json:
        """The sandbox's state, with the orders since `begin` alone."""
        state: Json = self.web.get("/sandbox/state/")
        for service in ("shopify", "gooten"):
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
        return sum(order["financial_status"] == "paid" for order in self.state()["shopify"]["orders"])

    def printed(self) -> int:
        return len(self.state()["gooten"]["orders"])

    def await_all_placed(self, *, within_s: float = 60.0) -> None:
        """Until the supplier has (at least) as many orders as were paid."""
        self.stack.until("all orders at the supplier", lambda: self.printed() >= self.paid(), within_s=within_s)

    def await_quiet(self, *, within_s: float = 60.0) -> Json:
        """Until no job is left to do; what the database says then."""
        deadline = time.monotonic() + within_s
        while self.stack.ask(OPEN_JOBS) != ["0"] and time.monotonic() < deadline:
            time.sleep(0.2)
        return self.facts()

    def cancel_all(self) -> None:
        """Have the supplier cancel what it has not printed, so that nothing is left to follow."""
        for order in self.state()["gooten"]["orders"]:
            self.web.post(f"/sandbox/gooten/orders/{order['id']}/fail/", {"status": "Cancelled"})

    def await_all_over(self, *, within_s: float = 90.0) -> Json:
        """Until every order is delivered and every job is done; what the database says then."""
        self.stack.until("all orders to be shipped", self._all_shipped, within_s=within_s, every_s=0.5)
        deadline = time.monotonic() + within_s
        facts = self.await_quiet(within_s=within_s)
        while not _over(facts) and time.monotonic() < deadline:
            time.sleep(1)
            facts = self.await_quiet(within_s=within_s)
        return facts

    def _all_shipped(self) -> bool:
        state = self.state()
        items = [item for order in state["gooten"]["orders"] for item in order["items"]]
        told = [order["fulfillment_status"] == "FULFILLED" for order in state["shopify"]["orders"]]
        return all(item["status"] == "Delivered" for item in items) and all(told)


def _over(facts: Json) -> bool:
    return not facts["open_jobs"] and set(facts["orders"]) <= {"delivered"} and not facts["unmailed"]


def _proof(shopper: Shopper) -> Json:
    style, _ = shopper.choose()
    design = shopper.new_design(PROMPT, style)
    shopper.pick(design, shopper.run(design, "candidate", count=1)["images"][0])
    shopper.run(design, "final")
    return shopper.proof(design)


def walk(stack: Stack, *, tamper: str = "", timeout_s: float = 120.0) -> tuple[Any, list[str]]:
    """One walkthrough on this stack: its outcome and what it told."""
    told: list[str] = []
    outcome = Walk(places_of(stack), Story(told.append), Deadline(timeout_s), tamper=tamper).run()
    return outcome, told
