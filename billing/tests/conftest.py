from datetime import UTC, datetime

import pytest

from accounts.models import Account, Shop
from billing.budget import reserve, settle
from billing.models import Guardrails
from billing.tests.spending import spend

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def shop(db):
    return Shop.objects.house()


@pytest.fixture
def person(db):
    return Account.objects.create(kind="person")


@pytest.fixture
def limits(db):
    """Small caps: 1,000 micros for an account, 3,000 for the shop, 5,000 for the platform."""
    return Guardrails.objects.create(
        ai_cap_account_month_micros=1_000,
        ai_cap_shop_month_micros=3_000,
        ai_cap_month_micros=5_000,
        preview_cap_visitor_micros=400,
        print_cap_day_micros=700,
    )


@pytest.fixture
def hold(limits, person, shop):
    """Reserve `amount` micros for the person; the key is the test's own."""

    def make(key="run:1", amount=600, meter="ai", account=person, at=NOON):
        return reserve(key=key, meter=meter, amount_micros=amount, account_id=account.pk, shop_id=shop.pk, at=at)

    return make


@pytest.fixture
def pay():
    """Settle a share of a hold."""

    def make(hold_key="run:1", key="call:1", share=200, actual=150, at=NOON):
        return settle(hold_key, key=key, share_micros=share, spend=spend(actual), at=at)

    return make
