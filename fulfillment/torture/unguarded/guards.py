"""Taking one guard out of this process. Each function replaces what guards by what a hurried programmer would write."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any


def asking_before_sending() -> None:
    """No look whether the supplier has the order already, and no word to the supplier that our reference is unique."""
    from fulfillment.printing import submission

    _allow_doubles()

    def send(job: Any, supplier: Any, clock: Callable[[], datetime], *, live: bool, looked_at: datetime) -> Any:
        request = submission.request_for(job)
        job.announce_call(at=clock())
        return supplier.submit(request)

    submission._find_or_send = send


def waiting_before_asking() -> None:
    """Ask at once what became of an interrupted call, while it may still be under way."""
    from fulfillment.models import PrintJob

    _allow_doubles()
    claim = PrintJob.claim

    def claim_at_once(job: PrintJob, *, at: datetime, settle: timedelta) -> bool:
        return claim(job, at=at, settle=timedelta(0))

    PrintJob.claim = claim_at_once  # type: ignore[method-assign,assignment]  # that is the point


def freeing_what_the_dead_held() -> None:
    """Nobody looks after the jobs of a killed worker."""
    from cardmaker.core import sweeping

    sweeping.release_worker = lambda name, *, at, counted=True: 0
    sweeping.release_dead_here = lambda *, at: None


def placing_once() -> None:
    """Open print jobs whatever the order's state and whatever jobs it has. The database's own guard is off as well."""
    from fulfillment.models import Order, PrintJob
    from fulfillment.printing import placing

    def place(order: Order, *, at: datetime) -> list[PrintJob]:
        earlier = list(order.print_jobs.all())
        return placing.open_jobs(order, list(placing._standing(order)), earlier, at=at)

    placing.place = place


def finding_the_parcel() -> None:
    """Tell the shop about a parcel without a look whether it knows it, nor what it counts as shipped already."""
    from fulfillment.shopify import shipping
    from fulfillment.shopify.answers import ShopifyRejected
    from fulfillment.shopify.orders import ShopOrder
    from fulfillment.shopify.shop import ShopifyShop

    def nothing_left(order: Any, gid: str) -> str:
        raise ShopifyRejected("Nothing is left to ship")

    ShopOrder.fulfillment_for = lambda order, number: None  # type: ignore[method-assign,assignment]
    ShopifyShop.find_fulfillment = lambda shop, gid, number: None  # type: ignore[method-assign,assignment]
    shipping.fulfillment_beside = nothing_left


def _allow_doubles() -> None:
    """Not every supplier refuses a reference that it has; this guard must not depend on it."""
    from fulfillment.suppliers import gooten_words

    order_body = gooten_words.order_body

    def without(request: Any, **rest: Any) -> dict[str, Any]:
        return {**order_body(request, **rest), "IsPartnerSourceIdUnique": False}

    gooten_words.order_body = without


OFF: dict[str, Callable[[], None]] = {
    "ask": asking_before_sending,
    "wait": waiting_before_asking,
    "free": freeing_what_the_dead_held,
    "place": placing_once,
    "parcel": finding_the_parcel,
}
