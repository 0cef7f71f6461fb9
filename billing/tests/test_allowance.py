from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from accounts.models import Account
from billing.allowance import BUSY, EXHAUSTED, SHORT, STOPPED, allowance
from billing.budget import reserve
from billing.models import Budget, Guardrails, Rung
from billing.tests.conftest import NOON

pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def ladder(limits):
    Guardrails.objects.update(
        ai_cap_account_month_micros=None, ai_cap_shop_month_micros=None, ai_cap_month_micros=10_000
    )
    rungs = [("", 0, 30, 9, "high", True), ("", 70, 20, 6, "standard", True), ("", 85, 10, 3, "low", False)]
    names = ("kind", "percent", "candidates", "finals", "tier", "extra_run")
    Rung.objects.bulk_create([Rung(**dict(zip(names, rung, strict=True))) for rung in rungs])


@pytest.fixture
def ask(person, shop):
    def make(action="candidate", kind="post", account_id=person.pk, unit=1):
        return allowance(action, kind, account_id=account_id, shop_id=shop.pk, at=NOON, unit_micros=unit)

    return make


def test_an_unspent_month_allows_the_usual_and_writes_nothing(ladder, ask):
    found = ask()

    assert (found.count, found.tier, found.price_micros, found.reasons) == (30, "high", 30, ())
    assert (found.resets_at, found.allowed, found.extra_run) == (None, True, True)
    assert Budget.objects.count() == 0


@pytest.mark.parametrize(
    ("spent", "count", "finals", "tier"),
    [(6_999, 30, 9, "high"), (7_000, 20, 6, "standard"), (8_499, 20, 6, "standard"), (8_500, 10, 3, "low")],
)
def test_the_ladder_steps_down_at_its_percents(ladder, ask, hold, spent, count, finals, tier):
    hold(amount=spent)

    assert (ask().count, ask("final").count, ask().tier) == (count, finals, tier)
    assert ask("revision").count == 1


def test_a_step_down_says_why_and_until_when(ladder, ask, hold):
    hold(amount=7_000)

    assert (ask().reasons, ask().resets_at) == ((BUSY,), DECEMBER)


def test_a_kind_with_rungs_of_its_own_uses_only_those(ladder, ask, hold):
    Rung.objects.create(kind="card", percent=0, candidates=4, finals=4)
    hold(amount=8_500)

    assert (ask(kind="card").count, ask(kind="post").count) == (4, 10)


def test_what_is_left_bounds_the_count_and_the_hold_agrees(limits, ask, hold, person, shop):
    Rung.objects.create(percent=0, candidates=30, finals=9)
    hold(amount=900)

    found = ask(unit=45)
    assert (found.count, found.price_micros, found.reasons, found.resets_at) == (2, 90, (SHORT,), DECEMBER)
    reserve(key="all", meter="ai", amount_micros=90, account_id=person.pk, shop_id=shop.pk, at=NOON)
    refused = ask(unit=45)
    assert (refused.count, refused.allowed, refused.reasons) == (0, False, (EXHAUSTED,))


def test_a_visitor_without_an_account_is_told_the_preview_cap(limits, ask):
    Rung.objects.create(percent=0, candidates=30, finals=9)

    assert ask(account_id=None, unit=100).count == 4


def test_somebody_who_signed_up_is_told_the_persons_cap(limits, ask, hold):
    Rung.objects.create(percent=0, candidates=30, finals=9)
    visitor = Account.objects.create()
    hold(account=visitor, amount=400)
    Account.objects.filter(pk=visitor.pk).update(kind="person")

    assert ask(account_id=visitor.pk, unit=100).count == 6


def test_the_kill_switch_allows_nothing(ladder, ask):
    Guardrails.objects.update(paid_calls_stopped=True)

    assert (ask().count, ask().allowed, ask().reasons) == (0, False, (STOPPED,))


def test_without_rungs_and_fixtures_a_card_has_four_candidates(ask):
    assert (ask(kind="card").count, ask("final", kind="card").tier) == (4, "high")


def test_the_fixture_gives_cards_four_candidates_at_the_guardrails_price(ask):
    call_command("loaddata", "guardrails", verbosity=0)

    found = ask(kind="card", unit=None)
    assert (found.count, found.price_micros, ask(kind="post").count) == (4, 160_000, 30)
