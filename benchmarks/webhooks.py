"""What acknowledging a webhook costs at 100 a second, and what 10,000 repeated, shuffled deliveries leave behind.

    [DATABASE_URL=postgres://…] python benchmarks/webhooks.py --json

On SQLite, and on PostgreSQL when DATABASE_URL names a server (a database of our own is made there and dropped). One web
process as `make run` starts it and a worker beside it that handles what arrives. Bodies are signed and of about 3 KB,
every delivery comes on a connection of its own, and its time counts from the moment when it was due.
"""

import argparse
import base64
import hashlib
import hmac
import http.client
import json
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median, quantiles

from stand import Stand, databases

PORT = 18150
SECRET, SHOP = b"sandbox-api-secret-worth-nothing", "cardmaker-sandbox.myshopify.com"
TOPICS = ("orders/create", "orders/paid", "orders/updated", "orders/edited")
RATE_PER_S, WANTED_P95_MS = 100, 50
DISTINCT, SENT, SENDERS = 2_000, 10_000, 8
SEED = 20261121
SETTLE_S = 240


@dataclass(frozen=True)
class Delivery:
    """One delivery as Shopify sends it: four topics an order, each under an id that its repeats keep."""

    number: int
    series: str

    @property
    def order(self) -> int:
        return 1_000_000 + self.number // len(TOPICS)

    def body(self) -> bytes:
        line = {"id": 1, "title": "Your card", "quantity": 1, "price": "4.90", "properties": [{"name": "x" * 56}] * 40}
        order = {"id": self.order, "admin_graphql_api_id": f"gid://shopify/Order/{self.order}", "line_items": [line]}
        if TOPICS[self.number % len(TOPICS)] == "orders/edited":
            return json.dumps({"order_edit": {"order_id": self.order}, **order}).encode()
        return json.dumps(order).encode()

    def send(self, port: int) -> int:
        """Deliver it on a new connection; the status answered."""
        body = self.body()
        headers = {
            "Content-Type": "application/json",
            "X-Shopify-Topic": TOPICS[self.number % len(TOPICS)],
            "X-Shopify-Shop-Domain": SHOP,
            "X-Shopify-Webhook-Id": f"{self.series}-{self.number}",
            "X-Shopify-Hmac-Sha256": base64.b64encode(hmac.digest(SECRET, body, hashlib.sha256)).decode(),
        }
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("POST", "/api/v1/webhooks/shopify/", body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    parser.add_argument("--seconds", type=int, default=10, help="how long one run at 100 a second takes")
    parser.add_argument("--rounds", type=int, default=3, help="runs a database; the median of their p95 counts")
    options = parser.parse_args()
    figures: dict[str, object] = {name: measure(url, options) for name, url in databases().items()}
    figures["met"] = all(found["met"] for found in figures.values())  # type: ignore[index]
    print(json.dumps(figures) if options.json else "\n".join(f"{name}: {found}" for name, found in figures.items()))
    sys.exit(not figures["met"])


def measure(url: str, options: argparse.Namespace) -> dict[str, object]:
    with Stand(url, PORT, worker=True) as stand:
        stand.script(f"from accounts.models import Shop; shop = Shop.objects.house(); assert shop.domain == {SHOP!r}")
        paced([Delivery(number, "warm") for number in range(RATE_PER_S)], stand.port)
        rounds = [one_round(number, options.seconds, stand.port) for number in range(options.rounds)]
        p95 = median(found["p95_ms"] for found in rounds)
        storm = repeated(stand)
    found = {
        "p95_ms": p95,
        "p50_ms": median(found["p50_ms"] for found in rounds),
        "max_ms": max(found["max_ms"] for found in rounds),
        **storm,
    }
    exact = (storm["inbox_rows"], storm["orders"]) == (DISTINCT, DISTINCT // len(TOPICS))
    answered = storm["answers"] == {200: SENT} and all(found["answers"] == {200} for found in rounds)
    return found | {"met": p95 <= WANTED_P95_MS and exact and answered}


def one_round(number: int, seconds: int, port: int) -> dict[str, object]:
    taken = paced([Delivery(each, f"round-{number}") for each in range(RATE_PER_S * seconds)], port)
    milliseconds = sorted(took * 1000 for took, _ in taken)
    return {
        "p95_ms": round(quantiles(milliseconds, n=20)[18], 1),
        "p50_ms": round(median(milliseconds), 1),
        "max_ms": round(milliseconds[-1], 1),
        "answers": {status for _, status in taken},
    }


def paced(deliveries: list[Delivery], port: int) -> list[tuple[float, int]]:
    """Send RATE_PER_S of them a second, whether or not the last ones were answered: (seconds since due, status)."""
    start = time.perf_counter() + 0.2

    def send(place: int) -> tuple[float, int]:
        due = start + place / RATE_PER_S
        time.sleep(max(due - time.perf_counter(), 0))
        status = deliveries[place].send(port)
        return time.perf_counter() - due, status

    with ThreadPoolExecutor(32) as pool:
        return list(pool.map(send, range(len(deliveries))))


def repeated(stand: Stand) -> dict[str, object]:
    """Each of the distinct deliveries five times, shuffled, from eight senders as fast as they are answered."""
    every = [Delivery(number, "storm") for number in range(DISTINCT)] * (SENT // DISTINCT)
    random.Random(SEED).shuffle(every)
    started = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        answers = Counter(pool.map(lambda delivery: delivery.send(stand.port), every))
    seconds = time.perf_counter() - started
    left, orders = settled(stand)
    return {
        "answers": dict(answers),
        "deliveries_per_s": round(SENT / seconds),
        "inbox_rows": left,
        "orders": orders,
    }


def settled(stand: Stand) -> tuple[int, int]:
    """The storm's inbox rows, and the orders they made, once the worker has handled all of them."""
    count = (
        "from cardmaker.core.models import InboxEvent; from fulfillment.models import Order\n"
        "storm = InboxEvent.objects.filter(external_id__startswith='storm-')\n"
        "print(storm.count(), InboxEvent.objects.filter(state='new').count(), Order.objects.count())"
    )
    until = time.monotonic() + SETTLE_S
    while True:
        rows, waiting, orders = (int(text) for text in stand.script(count).split())
        if not waiting or time.monotonic() > until:
            return rows, orders if not waiting else -1
        time.sleep(2)


if __name__ == "__main__":
    main()
