"""Real threads at the edge of a budget. SQLite has one writer at a time, so only PostgreSQL can show a race."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import F

from accounts.models import Account, Shop
from billing import alerts, budget, caps, shortpath
from billing.budget import OverBudget, reserve, settle
from billing.ledgercheck import check
from billing.models import AlertSent, Budget, Guardrails, Hold, LedgerEntry
from billing.tests.conftest import NOON
from billing.tests.spending import spend
from cardmaker.core.models import Job

pytestmark = [pytest.mark.postgres, pytest.mark.serial, pytest.mark.django_db(transaction=True)]

THREADS = 64


@pytest.fixture
def payers():
    """Sixty-four people, each in a shop of their own: the platform's budget of 1,000 is all they share."""
    Guardrails.objects.create(
        ai_cap_account_month_micros=None, ai_cap_shop_month_micros=None, ai_cap_month_micros=1_000
    )
    people = Account.objects.bulk_create([Account(kind="person") for _ in range(THREADS)])
    shops = Shop.objects.bulk_create(
        [Shop(kind="shopify", code=f"shop-{number}", domain=f"{number}.example") for number in range(THREADS)]
    )
    return [(person.pk, shop.pk) for person, shop in zip(people, shops, strict=True)]


def at_once(work, count=THREADS):
    """Run work(number) in `count` threads that start together; what each returned."""
    gate = Barrier(count)

    def run(number):
        gate.wait(timeout=30)
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def try_to_reserve(payers, number, amount):
    account_id, shop_id = payers[number]
    try:
        reserve(key=f"run:{number}", meter="ai", amount_micros=amount, account_id=account_id, shop_id=shop_id, at=NOON)
    except OverBudget:
        return False
    return True


def open_budgets(payers):
    """Opening takes a lock on the guardrails, which would put the racing threads in a line."""
    for account_id, shop_id in payers:
        caps.applicable(caps.payer_of("ai", account_id, shop_id), at=NOON)


def platform():
    return Budget.objects.get(scope="platform")


@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize("opened", [True, False])
def test_64_threads_fill_the_budget_exactly(payers, opened, short, monkeypatch):
    monkeypatch.setattr(shortpath, "there_is_one", lambda: short)
    open_budgets(payers if opened else [])

    granted = at_once(lambda number: try_to_reserve(payers, number, 25))

    assert (granted.count(True), granted.count(False)) == (40, 24)
    assert (platform().reserved_micros, Hold.objects.count()) == (1_000, 40)
    assert check() == []


def test_without_the_guard_the_same_threads_overspend(payers, monkeypatch):
    def unguarded(self, amount_micros):
        row = Budget.objects.get(pk=self.pk)
        if row.cap_micros is not None and row.committed_micros + amount_micros > row.cap_micros:
            return False
        changes = {"reserved_micros": F("reserved_micros") + amount_micros, "ceiling_micros": None}
        return Budget.objects.filter(pk=self.pk).update(**changes) == 1

    open_budgets(payers)
    monkeypatch.setattr(Budget, "grant", unguarded)
    monkeypatch.setattr(shortpath, "there_is_one", lambda: False)

    at_once(lambda number: try_to_reserve(payers, number, 25))

    assert platform().reserved_micros > 1_000


def test_one_key_from_64_threads_is_one_hold_and_one_line(payers):
    account_id, shop_id = payers[0]

    def work(number):
        hold = reserve(key="run:1", meter="ai", amount_micros=100, account_id=account_id, shop_id=shop_id, at=NOON)
        return hold.pk, settle("run:1", key="call:1", share_micros=100, spend=spend(60), at=NOON).pk

    assert len(set(at_once(work, 32))) == 1
    assert (LedgerEntry.objects.count(), platform().spent_micros, platform().reserved_micros) == (1, 60, 0)
    assert check() == []


@pytest.mark.parametrize("short", [True, False])
def test_reserving_settling_releasing_and_a_lowered_cap_all_at_once_still_agree(payers, short, monkeypatch):
    monkeypatch.setattr(shortpath, "there_is_one", lambda: short)
    open_budgets(payers)

    def work(number):
        if number == 7:
            Guardrails.objects.update(ai_cap_month_micros=500)
            caps.spread(at=NOON)
        if not try_to_reserve(payers, number, 40):
            return
        if number % 3 == 0:
            budget.release(f"run:{number}", key=f"release:{number}", at=NOON)
        else:
            settle(f"run:{number}", key=f"call:{number}", share_micros=40, spend=spend(40 + number % 5), at=NOON)

    at_once(work)

    assert check() == []
    assert platform().reserved_micros == 0


def test_alerts_go_out_once_however_many_threads_pass_the_step(payers):
    at_once(lambda number: try_to_reserve(payers, number, 25))
    alerts.watch()

    sent = AlertSent.objects.filter(budget__scope="platform").order_by("percent").values_list("percent", flat=True)
    assert list(sent) == [70, 85, 95]
    assert Job.objects.filter(kind="billing.send_alert").count() == 3
