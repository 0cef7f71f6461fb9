"""A storm of webhooks: the same few orders told a thousand times over, duplicated and shuffled, from many threads."""

import base64
import hashlib
import hmac
import json
import random
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

pytestmark = [pytest.mark.sandbox, pytest.mark.serial]

ORDERS, DELIVERIES, THREADS = 20, 1_000, 8
NAMES_EACH = 5  # so many different deliveries tell of each order; the rest are repeats of these


def _deliveries(domain, gids):
    """A thousand signed deliveries of these orders, in disorder."""
    topics = ["orders/create"] + ["orders/paid"] * (NAMES_EACH - 1)
    told = [_delivery(domain, gid, topic) for gid in gids for topic in topics]
    storm = told * (DELIVERIES // len(told))
    random.Random(4711).shuffle(storm)
    return storm


def _delivery(domain, gid, topic):
    body = json.dumps({"id": int(gid.rsplit("/", 1)[1]), "admin_graphql_api_id": gid}).encode()
    signature = base64.b64encode(hmac.new(b"sandbox-api-secret-worth-nothing", body, hashlib.sha256).digest()).decode()
    headers = {
        "Content-Type": "application/json",
        "X-Shopify-Topic": topic,
        "X-Shopify-Hmac-Sha256": signature,
        "X-Shopify-Shop-Domain": domain,
        "X-Shopify-Webhook-Id": str(uuid.uuid4()),
    }
    return body, headers


def _send_all(base_url, storm):
    """Every answer's status, sent from several threads at once."""
    with httpx.Client(base_url=base_url, timeout=30, trust_env=False) as http, ThreadPoolExecutor(THREADS) as threads:
        sent = threads.map(lambda each: http.post("/api/v1/webhooks/shopify/", content=each[0], headers=each[1]), storm)
        return Counter(answer.status_code for answer in sent)


@pytest.fixture
def orders_that_stay(market):
    """The supplier's clock stands still; in the end it cancels what it got."""
    market.clock(paused=True)
    yield market
    market.cancel_all()
    market.clock(paused=False)


def test_a_thousand_deliveries_of_twenty_orders_make_twenty_orders_and_twenty_prints(orders_that_stay):
    market = orders_that_stay
    market.fault("webhooks_lost", service="shopify")  # the storm alone tells of these orders
    gids = market.pay(ORDERS)
    market.no_faults()

    answers = _send_all(market.stack.base_url, _deliveries(market.card.domain, gids))

    market.await_all_placed()
    facts = market.await_quiet()
    sources = [order["source_id"] for order in market.state()["gooten"]["orders"]]
    assert answers == {200: DELIVERIES}
    assert (len(sources), len(set(sources))) == (ORDERS, ORDERS)
    assert (facts["orders"], facts["print_jobs"]) == ({"submitted": ORDERS}, {"accepted": ORDERS})
    assert facts["references"] == sorted(sources)
