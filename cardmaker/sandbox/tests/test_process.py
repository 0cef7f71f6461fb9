import os
import socket
import subprocess
import sys

import pytest

from cardmaker.sandbox.testing import ROOT, start_sandbox

from .driver import DOMAIN, sold_product

pytestmark = pytest.mark.sandbox


def _port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_webhooks_that_wait_are_sent_after_a_restart(tmp_path, application):
    with start_sandbox(_port(), tmp_path, application.url) as first:
        first.fault("webhooks_delay", operation="orders/paid", value=30)
        _, variant = sold_product(first)
        first.pay(DOMAIN, [{"variant_id": variant}])
        first.no_faults()
        first.wait_for(lambda state: state["webhook_counts"]["sent"] == 2)

    with start_sandbox(_port(), tmp_path, application.url) as second:
        second.post("/sandbox/webhooks/flush/")
        second.wait_for(lambda state: state["webhook_counts"]["queued"] == 0)

    assert application.topics() == ["orders/create", "fulfillment_orders/order_routing_complete", "orders/paid"]


def test_it_refuses_to_start_in_production(tmp_path):
    env = {**os.environ, "CARDMAKER_ENV": "production", "SANDBOX_HOME": str(tmp_path), "SANDBOX_PORT": str(_port())}

    ended = subprocess.run(
        [sys.executable, "-m", "cardmaker.sandbox"], env=env, cwd=ROOT, capture_output=True, timeout=30
    )

    assert ended.returncode != 0
    assert b"The sandbox never runs in production" in ended.stderr


def test_it_imports_none_of_the_apps(tmp_path):
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'cardmaker.sandbox.settings'\n"
        "import django; django.setup(); import cardmaker.sandbox.urls, cardmaker.sandbox.background\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in {'accounts', 'billing', 'designs', 'fulfillment'}"
        " or n.startswith(('cardmaker.core', 'cardmaker.settings'))))"
    )
    env = {**os.environ, "SANDBOX_HOME": str(tmp_path), "CARDMAKER_ENV": "test"}

    printed = subprocess.run([sys.executable, "-c", program], env=env, cwd=ROOT, capture_output=True, timeout=30)

    assert (printed.stdout.decode().strip(), printed.returncode) == ("[]", 0)


def test_reset_forgets_all_but_never_uses_an_id_again(sandbox):
    before = sold_product(sandbox)
    sandbox.reset()
    empty = sandbox.state()["shopify"]["products"]

    after = sold_product(sandbox)

    assert empty == []
    assert set(before).isdisjoint(after)
