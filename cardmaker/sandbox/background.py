"""The threads beside the requests: the outbox, and one clock for each service.

Only one process per database runs them: a lock file decides, and a second process waits until the first is gone.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import IO

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from cardmaker.sandbox.gooten import machine
from cardmaker.sandbox.models import Clock, GootenItem, Media, Order, PrintifyOrder
from cardmaker.sandbox.outbox import Outbox
from cardmaker.sandbox.printify import events as printify_events
from cardmaker.sandbox.printify import machine as printify_machine
from cardmaker.sandbox.shopify import fulfillments, products

log = logging.getLogger(__name__)
AT_ONCE = 50
lock_files: list[IO[str]] = []  # open as long as the process lives


def start() -> None:
    # A process that died in the middle of a fetch leaves its picture half done.
    Media.objects.filter(status="PROCESSING").update(status="UPLOADED")
    printify_events.seed()
    threading.Thread(target=_run, name="sandbox-background", daemon=True).start()


def _run() -> None:
    _hold_lock()
    loops: dict[str, Callable[[], None]] = {"outbox": Outbox().run}
    for name, tick in (("shopify", shopify_tick), ("gooten", gooten_tick), ("printify", printify_tick)):
        loops[name] = partial(_every_tick, tick)
    for name, loop in loops.items():
        threading.Thread(target=loop, name=f"sandbox-{name}", daemon=True).start()


def _hold_lock() -> None:
    lock_file = (settings.HOME / "sandbox.lock").open("w")
    fcntl.flock(lock_file, fcntl.LOCK_EX)
    lock_files.append(lock_file)


def _every_tick(tick: Callable[[datetime], None]) -> None:
    while True:
        close_old_connections()
        try:
            tick(timezone.now())
        except Exception:
            log.exception("The clock missed a turn")
        time.sleep(settings.TICK_S)


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
