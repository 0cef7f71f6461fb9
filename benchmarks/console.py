"""How long the console's pages take with 100,000 orders and 1,000,000 ledger lines.

    DATABASE_URL=postgres://… python benchmarks/console.py --json

Every list, some of them filtered, the start page, one order, and the support page by every kind of name. One web
process, as `make run` starts it; medians of a few requests each, after one that nobody counts. PostgreSQL only.
"""

import argparse
import json
import sys
import time
import urllib.request
from statistics import median

from stand import Stand, databases

PORT = 18158
WANTED_MS = 300
# Rows for each order, in the order in which tables refer to each other; `console_rows` says what stands in them.
SIZES = {
    "accounts.account": 0.2, "designs.design": 0.2, "designs.proof": 0.2, "designs.printfile": 0.4, "designs.run": 1,
    "designs.call": 1, "designs.image": 1, "fulfillment.product": 0.2, "fulfillment.listing": 0.2,
    "fulfillment.order": 1, "fulfillment.orderline": 1, "fulfillment.approval": 1, "fulfillment.printjob": 1,
    "fulfillment.shipment": 1, "fulfillment.transition": 5, "core.event": 8, "core.job": 6, "core.inboxevent": 1,
    "billing.hold": 1, "billing.quota": 0.5,
}  # fmt: skip

LOG_IN = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from accounts.models import User
user = User.objects.create_superuser("ops@example.com", "only for this measurement")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session.save()
print(settings.SESSION_COOKIE_NAME, session.session_key)
"""
PAGES = """
from django.contrib import admin
from django.urls import reverse
for model in admin.site._registry:
    print(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
"""
NAMES = """
from fulfillment.models import Order
from cardmaker.core.sealing import blind
order = Order.objects.order_by("created_at")[50]
Order.objects.filter(pk=order.pk).update(email_key=blind("robin@example.com"))
line = order.lines.get()
job = order.print_jobs.get()
print(order.pk, order.name, order.external_ref.rpartition("/")[2], job.reference, job.supplier_ref,
      job.shipments.get().tracking_number, line.proof_id, line.proof.design_id, line.product.listing.variant_id)
"""
FILTERED = (
    "/admin/fulfillment/order/?waiting=yes",
    "/admin/fulfillment/order/?state__exact=delivered",
    "/admin/fulfillment/order/?state__exact=held",
    "/admin/fulfillment/order/?q=%231042",
    "/admin/fulfillment/order/?p=100",
    "/admin/billing/ledgerentry/?meter__exact=print",
    "/admin/billing/ledgerentry/?provider=gooten",
    "/admin/billing/ledgerentry/?kind__exact=refund",
    "/admin/billing/ledgerentry/?p=100",
    "/admin/core/event/?name=paid",
    "/admin/core/event/?name=supplier_disconnected",
    "/admin/core/job/?state__exact=stuck",
    "/admin/core/job/?state__exact=done",
    "/admin/core/inboxevent/?state__exact=dead",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--ledger", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    url = databases().get("postgresql")
    if url is None:
        sys.exit("DATABASE_URL has to name PostgreSQL: SQLite would say nothing about its planner.")
    with Stand(url, PORT) as stand:
        fill(stand, options.orders, options.ledger)
        figures = measure(stand, options.rounds)
    slowest = max(figures.values())
    found = {"median_ms": figures, "slowest_ms": slowest, "wanted_ms": WANTED_MS, "met": slowest < WANTED_MS}
    if options.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{taken:6.0f} ms  {page}" for page, taken in sorted(figures.items(), key=lambda row: -row[1])))
        print(f"met: {str(found['met']).lower()}")
    sys.exit(not found["met"])


def fill(stand: Stand, orders: int, ledger: int) -> None:
    """Table by table: each in a process of its own, for none may take longer than the stand waits."""
    stand.script("from benchmarks import console_rows as rows\nrows.prepare()")
    counts = {label: max(10, round(orders * share)) for label, share in SIZES.items()}
    for label, count in {**counts, "billing.ledgerentry": ledger}.items():
        print(f"{count} × {label}", file=sys.stderr, flush=True)
        stand.script(f"from benchmarks import console_rows as rows\nrows.fill({label!r}, {count})")
    stand.script("from benchmarks import console_rows as rows\nrows.analyze()")


def measure(stand: Stand, rounds: int) -> dict[str, float]:
    """Page -> median milliseconds."""
    cookie = "=".join(stand.script(LOG_IN).split()[-2:])
    order, *names = stand.script(NAMES).split()
    names += [order, "robin@example.com", "nobody@example.com"]
    support = [f"/admin/support/?q={urllib.request.quote(name)}" for name in names]
    one = f"/admin/fulfillment/order/{order}/change/"
    lists = [page for page in stand.script(PAGES).splitlines() if page.startswith("/admin/")]
    return {page: _median(stand, page, cookie, rounds) for page in ["/admin/", one, *support, *FILTERED, *lists]}


def _median(stand: Stand, page: str, cookie: str, rounds: int) -> float:
    times = [_ask(stand.address + page, cookie) for _ in range(rounds + 1)][1:]
    return round(1000 * median(times), 1)


def _ask(address: str, cookie: str) -> float:
    """Seconds until the whole page is there."""
    request = urllib.request.Request(address, headers={"Cookie": cookie})
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
        if "/login/" in answer.url:
            sys.exit("The console asked for a log-in.")
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
