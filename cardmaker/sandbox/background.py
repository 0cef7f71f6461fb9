"""The threads beside the requests: the outbox, and one clock for each service.

Only one process per database runs them: a lock file decides, and a second process waits until the first is gone.
"""

import fcntl
import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.db import close_old_connections
from django.db.models import Min, QuerySet
from django.utils import timezone

from cardmaker.sandbox import bell
from cardmaker.sandbox.gooten import machine
from cardmaker.sandbox.models import Clock, Generation, GootenItem, Media, Order, PrintifyOrder, Webhook
from cardmaker.sandbox.outbox import Outbox
from cardmaker.sandbox.printify import events as printify_events
from cardmaker.sandbox.printify import machine as printify_machine
from cardmaker.sandbox.providers import queueing
from cardmaker.sandbox.shopify import fulfillments, products, stock

Turn = Callable[[datetime], None]
Next = Callable[[], datetime | None]
log = logging.getLogger(__name__)
AT_ONCE = 50
LONGEST_SLEEP_S = 1.0  # for what nobody rang the bell for
lock_files: list[IO[str]] = []  # open as long as the process lives


def start() -> None:
    # A process that died in the middle of a fetch leaves its picture half done.
    Media.objects.filter(status="PROCESSING").update(status="UPLOADED")
    printify_events.seed()
    if settings.STOCKED:
        stock.stock(settings.STOREFRONT_SHOP, at=timezone.now())
    threading.Thread(target=_run, name="sandbox-background", daemon=True).start()


def _run() -> None:
    _hold_lock()
    turns: dict[str, tuple[Turn, Next]] = {
        "outbox": (Outbox().tick, lambda: _first(Webhook.objects.filter(state=Webhook.State.QUEUED), "due_at")),
        "shopify": (shopify_tick, lambda: _first(Order.objects.filter(routed_at=None), "route_due_at")),
        "gooten": (gooten_tick, lambda: _first_of_the_printers(GootenItem.objects.all())),
        "printify": (printify_tick, lambda: _first_of_the_printers(PrintifyOrder.objects.all())),
        "pictures": (queueing.tick, lambda: _first_of_the_printers(Generation.objects.filter(state="queued"))),
    }
    for name, (tick, next_due) in turns.items():
        threading.Thread(target=_take_turns, args=(tick, next_due), name=f"sandbox-{name}", daemon=True).start()


def _hold_lock() -> None:
    lock_file = (settings.HOME / "sandbox.lock").open("w")
    fcntl.flock(lock_file, fcntl.LOCK_EX)
    lock_files.append(lock_file)


def _take_turns(tick: Turn, next_due: Next) -> None:
    while True:
        close_old_connections()
        heard, wait_s = bell.rings(), LONGEST_SLEEP_S
        try:
            tick(timezone.now())
            wait_s = _until(next_due())
        except Exception:
            log.exception("The clock missed a turn")
        bell.wait(heard, wait_s)


def _until(due: datetime | None) -> float:
    """Seconds to sleep; a moment for what is due and could not be done."""
    wait_s = LONGEST_SLEEP_S if due is None else (due - timezone.now()).total_seconds()
    moment_s: float = settings.TICK_S
    return min(max(wait_s, moment_s), LONGEST_SLEEP_S)


def _first(rows: QuerySet[Any], column: str) -> datetime | None:
    first: datetime | None = rows.aggregate(first=Min(column))["first"]
    return first


def _first_of_the_printers(rows: QuerySet[Any]) -> datetime | None:
    return None if Clock.objects.filter(paused=True).exists() else _first(rows, "due_at")


def shopify_tick(at: datetime) -> None:
    for order in list(Order.objects.filter(routed_at=None, route_due_at__lte=at).order_by("pk")[:AT_ONCE]):
        fulfillments.route(order, at=at)
    for media in list(Media.objects.filter(status="UPLOADED").order_by("pk")[:AT_ONCE]):
        products.fetch_picture(media)


def gooten_tick(at: datetime) -> None:
    if Clock.objects.filter(paused=True).exists():
        return
    due = GootenItem.objects.filter(due_at__lte=at).select_related("order").order_by("due_at", "pk")
    for item in list(due[:AT_ONCE]):
        machine.step(item, at=timezone.now())


def printify_tick(at: datetime) -> None:
    if Clock.objects.filter(paused=True).exists():
        return
    for order in list(PrintifyOrder.objects.filter(due_at__lte=at).order_by("due_at", "pk")[:AT_ONCE]):
        printify_machine.step(order, at=timezone.now())
