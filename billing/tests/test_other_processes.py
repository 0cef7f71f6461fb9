"""A changed limit acts in every process within five seconds: a second process is at work meanwhile."""

import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from accounts.models import Account, Shop
from billing import limits
from billing.models import Guardrails

LIMIT_S = 5.0
AT_WORK = """
import django, sys, time
django.setup()
from datetime import UTC, datetime
from billing.budget import OverBudget, reserve
from billing.guardrails import Stopped, paid_calls_open
from fulfillment.printing import permits

account, shop, what = sys.argv[1:]
number = 0
print("at work", flush=True)
while True:
    number += 1
    try:
        paid_calls_open()
        if permits.stopped(live=False):
            raise Stopped("")
        now = datetime.now(UTC)
        reserve(key=f"other:{what}:{number}", meter="ai", amount_micros=1, account_id=account, shop_id=shop, at=now)
    except (Stopped, OverBudget) as exc:
        print(exc.code, flush=True)
        break
    time.sleep(0.02)
"""


@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"paid_calls_stopped": True}, "unavailable"),
        ({"supplier_orders_stopped": True}, "unavailable"),
        ({"ai_cap_month_micros": 0}, "budget_exhausted"),
        ({"ai_cap_account_month_micros": 0}, "budget_exhausted"),
    ],
)
def test_a_change_acts_in_another_process(process_env, change, code):
    shop, person = Shop.objects.house(), Account.objects.create(kind="person")
    Guardrails.current()
    command = [sys.executable, "-c", AT_WORK, str(person.pk), str(shop.pk), "-".join(change)]
    with subprocess.Popen(command, env=process_env, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout.readline() == "at work\n"
            time.sleep(0.3)  # some were granted
            limits.change(by="ops@example.com", at=datetime.now(UTC), **change)
            changed = time.monotonic()
            told = other.stdout.readline().strip()
            took_s = time.monotonic() - changed
        finally:
            other.kill()

    assert told == code
    assert took_s < LIMIT_S
