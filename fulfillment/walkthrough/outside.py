"""The world outside, as the sandbox plays it: the shop's checkout for the buyer, the printer for the supplier."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from fulfillment.walkthrough.suppliers import Printer
from fulfillment.walkthrough.web import Deadline, WalkFailed, Web

WAITING = ("pending", "on-hold")  # at the supplier, but not told to print yet
Json = dict[str, Any]


def find_sandbox(base_url: str) -> str:
    """Where the server's own /sandbox/ leads. Raises WalkFailed when it has none."""
    web = Web(base_url)
    web.http.follow_redirects = False
    answer = web.send("GET", "/sandbox/state/")
    location = answer.headers.get("Location", "")
    if not answer.is_redirect or not location.endswith("/sandbox/state/"):
        raise WalkFailed(f"{base_url} has no sandbox ({answer.status_code}). Name it with --sandbox-url.")
    return str(urljoin(base_url, location)).removesuffix("/sandbox/state/")


class Outside:
    """Sandbox controls and state by JSON."""

    def __init__(self, sandbox_url: str, deadline: Deadline, printer: Callable[[Web], Printer]) -> None:
        self.web, self.deadline = Web(sandbox_url), deadline
        self.printer = printer(self.web)

    def state(self) -> Json:
        state: Json = self.web.get("/sandbox/state/")
        return state

    # The buyer

    def pay_at(self, checkout_url: str, **purchase: Any) -> Json:
        """Open the checkout link and pay there; `properties` [{...}] alters the lines'. The shop's order."""
        landed = self.web.page(checkout_url)
        order: Json = self.web.post(str(landed.url), purchase)["order"]
        return order

    # The supplier

    def order_of(self, prefix: str) -> Json | None:
        """The printer's one order of ours whose reference begins so, once it may be printed.

        Raises WalkFailed when there are two.
        """
        found = [order for order in self.printer.orders() if self.printer.reference(order).startswith(prefix)]
        if len(found) > 1:
            raise WalkFailed(f"The supplier has {len(found)} orders of {prefix}: a payment must print once.")
        return found[0] if found and found[0].get("status") not in WAITING else None

    def trouble(self, prefix: str, sha256s: list[str], known: set[str]) -> list[str]:
        """References of supplier orders that are this order's, or that are new and print these files."""
        return [
            self.printer.reference(order)
            for order in self.printer.orders()
            if self.printer.reference(order).startswith(prefix)
            or (order["id"] not in known and self._prints(order, sha256s))
        ]

    def known(self) -> set[str]:
        """The supplier's orders now."""
        return {order["id"] for order in self.printer.orders()}

    def _prints(self, order: Json, sha256s: list[str]) -> bool:
        return any(sha256 in url for sha256 in sha256s for url in self.printer.addresses(order))

    # The shop

    def fulfillments(self, order_gid: str) -> list[Json]:
        """What the shop was told was shipped."""
        orders = self.state()["shopify"]["orders"]
        found: list[Json] = next(order["fulfillments"] for order in orders if order["id"] == order_gid)
        return found
