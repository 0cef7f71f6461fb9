import pytest
from django.db import connection, transaction
from django.forms.models import model_to_dict

from accounts.models import Account
from billing import budget, shortpath
from billing.budget import KeyReused, MoreThanSpent, NoSuchHold, OverBudget
from billing.caps import spread
from billing.ledgercheck import check
from billing.models import Budget, Guardrails, Hold, HoldMove, LedgerEntry
from billing.tests.conftest import NOON
from billing.tests.spending import all_scopes, committed, spend

pytestmark = pytest.mark.django_db


def test_a_hold_reserves_in_every_budget_that_applies(hold):
    made = hold()

    assert (made.amount_micros, made.open_micros, made.state) == (600, 600, "reserved")
    assert committed() == all_scopes(0, 600)
    assert check() == []


def test_a_print_hold_counts_in_the_platforms_day_and_month(hold):
    hold(meter="print")

    rows = Budget.objects.filter(meter="print").order_by("pk").values_list("scope", "period", "reserved_micros")
    assert sorted(rows) == [
        ("account", "month", 600),
        ("platform", "day", 600),
        ("platform", "month", 600),
        ("shop", "month", 600),
    ]


def test_the_same_key_reserves_once(hold):
    assert hold().pk == hold().pk
    assert committed() == all_scopes(0, 600)


def test_a_key_cannot_stand_for_another_amount(hold):
    hold()

    with pytest.raises(KeyReused):
        hold(amount=601)
    assert committed() == all_scopes(0, 600)


def test_the_cap_is_reached_to_the_micro_dollar_and_not_passed(hold):
    hold(amount=1_000)

    with pytest.raises(OverBudget) as refused:
        hold(key="run:2", amount=1)
    assert refused.value.details == {
        "meter": "ai",
        "scope": "account",
        "period": "month",
        "resets_at": "2026-12-01T00:00:00+00:00",
    }
    assert committed() == all_scopes(0, 1_000)
    assert Hold.objects.count() == 1


def test_a_budget_that_refuses_leaves_nothing_reserved_in_the_others(hold):
    Guardrails.objects.update(ai_cap_month_micros=500)

    with pytest.raises(OverBudget) as refused:
        hold()
    assert refused.value.details["scope"] == "platform"
    assert committed() == []


def test_a_refusal_inside_a_callers_transaction_leaves_it_usable(hold):
    with transaction.atomic():
        with pytest.raises(OverBudget):
            hold(amount=1_001)
        hold(amount=10)

    assert committed() == all_scopes(0, 10)


def test_a_cap_of_zero_allows_nothing_and_no_cap_allows_all(hold):
    Guardrails.objects.update(ai_cap_account_month_micros=None, ai_cap_shop_month_micros=0)

    with pytest.raises(OverBudget):
        hold(amount=1)
    Guardrails.objects.update(ai_cap_shop_month_micros=None)
    hold(amount=5_000)

    assert list(Budget.objects.filter(scope="account").values_list("cap_micros", "ceiling_micros")) == [(None, None)]


def test_settling_writes_the_actual_and_frees_the_rest_of_the_share(hold, pay):
    hold()

    entry = pay(share=200, actual=150)

    assert (entry.key, entry.kind, entry.amount_micros, entry.provider) == ("call:1", "charge", 150, "sketch")
    assert committed() == all_scopes(150, 400)
    assert check() == []


def test_settling_twice_with_one_key_counts_once(hold, pay):
    hold()

    assert pay().pk == pay().pk
    assert committed() == all_scopes(150, 400)
    with pytest.raises(KeyReused):
        pay(actual=151)


def test_a_hold_is_settled_when_all_its_shares_are(hold, pay):
    hold()
    for number in range(3):
        pay(key=f"call:{number}", actual=200)

    made = Hold.objects.get()
    assert (made.state, made.open_micros, made.spent_micros) == ("settled", 0, 600)
    assert committed() == all_scopes(600, 0)


def test_an_actual_above_its_hold_is_written_marked_and_nothing_more_is_granted(hold, pay):
    hold(amount=1_000)

    pay(share=1_000, actual=1_300)

    row = Budget.objects.get(scope="account")
    assert (row.spent_micros, row.cap_micros, row.ceiling_micros, row.overrun) == (1_300, 1_000, 1_300, True)
    assert Budget.objects.filter(overrun=True).count() == 1
    with pytest.raises(OverBudget):
        hold(key="run:2", amount=0 + 1)
    assert check() == []


def test_a_charge_after_the_release_is_still_written(hold, pay):
    hold()
    budget.release("run:1", key="release:1", at=NOON)

    pay(share=200, actual=150)

    assert committed() == all_scopes(150, 0)
    assert Hold.objects.get().state == "settled"
    assert check() == []


def test_releasing_gives_everything_back_once(hold, pay):
    hold()
    pay(share=200, actual=150)
    for _ in range(2):
        budget.release("run:1", key="release:1", share_micros=100, at=NOON)
    assert committed() == all_scopes(150, 300)

    for _ in range(2):
        budget.release("run:1", key="release:2", at=NOON)

    assert committed() == all_scopes(150, 0)
    assert HoldMove.objects.filter(kind="release").count() == 2


def test_a_hold_released_in_full_says_so(hold):
    hold()
    budget.release("run:1", key="release:1", at=NOON)

    assert Hold.objects.get().state == "released"


def test_an_unknown_hold_keeps_its_money_until_it_is_settled(hold, pay):
    hold()
    for _ in range(2):
        budget.mark_unknown("run:1", at=NOON)
    assert (Hold.objects.get().state, committed()) == ("unknown", all_scopes(0, 600))

    pay(share=600, actual=600)

    assert (Hold.objects.get().state, committed()) == ("settled", all_scopes(600, 0))


def test_a_failed_call_is_a_line_of_nothing(hold):
    hold()
    entry = budget.settle("run:1", key="call:1", share_micros=600, spend=spend(0, kind="failed"), at=NOON)

    assert (entry.kind, entry.amount_micros) == ("failed", 0)
    assert (Hold.objects.get().state, committed()) == ("settled", all_scopes(0, 0))


def test_a_refund_is_a_further_line_once(hold, pay):
    hold()
    charge = pay()
    for _ in range(2):
        line = budget.correct("call:1", key="refund:1", amount_micros=-50, reason="credit note", at=NOON)

    assert (line.kind, line.amount_micros, line.corrects_id, line.reason) == ("refund", -50, charge.pk, "credit note")
    assert LedgerEntry.objects.count() == 2
    assert committed() == all_scopes(100, 400)
    assert check() == []


def test_a_correction_cannot_give_back_more_than_was_spent(hold, pay):
    hold()
    pay()

    with pytest.raises(MoreThanSpent):
        budget.correct("call:1", key="refund:1", amount_micros=-151, reason="", at=NOON)
    assert committed() == all_scopes(150, 400)


def test_an_invoice_above_the_cap_is_an_overrun(hold, pay):
    hold(amount=1_000)
    pay(share=1_000, actual=1_000)
    budget.correct("call:1", key="invoice:1", amount_micros=1, reason="invoice", at=NOON)

    row = Budget.objects.get(scope="account")
    assert (row.ceiling_micros, row.overrun) == (1_001, True)
    assert LedgerEntry.objects.get(key="invoice:1").kind == "correction"


def test_lowering_a_cap_below_what_is_committed_raises_the_ceiling_and_grants_nothing(hold, limits):
    hold()
    Guardrails.objects.update(ai_cap_month_micros=500)
    for _ in range(2):
        spread(at=NOON)

    row = Budget.objects.get(scope="platform")
    assert (row.cap_micros, row.ceiling_micros, row.overrun) == (500, 600, True)
    with pytest.raises(OverBudget):
        hold(key="run:2", amount=1)
    assert check() == []


def test_an_overrun_ends_when_money_comes_back_below_the_cap(hold):
    hold()
    Guardrails.objects.update(ai_cap_month_micros=500)
    spread(at=NOON)

    budget.release("run:1", key="release:1", share_micros=200, at=NOON)

    row = Budget.objects.get(scope="platform")
    assert (row.ceiling_micros, row.overrun) == (500, False)
    hold(key="run:2", amount=100)


def test_raising_a_cap_lets_more_through_at_once(hold):
    hold(amount=1_000)
    Guardrails.objects.update(ai_cap_account_month_micros=1_001)
    spread(at=NOON)

    hold(key="run:2", amount=1)

    assert committed() == all_scopes(0, 1_001)


def test_a_hold_counts_in_the_period_where_it_was_made(hold, pay):
    hold()
    december = NOON.replace(month=12)
    hold(key="run:2", amount=1_000, at=december)

    pay(at=december)

    assert committed()[:2] == [("account", 150, 400), ("account", 0, 1_000)]


def test_an_account_has_its_months_in_its_own_zone(hold):
    far = Account.objects.create(kind="person", zone="Pacific/Auckland")
    made = hold(account=far, at=NOON.replace(day=30, hour=23))

    rows = made.budgets.order_by("scope").values_list("scope", "zone", "starts_on")
    assert [(scope, zone, str(day)) for scope, zone, day in rows] == [
        ("account", "Pacific/Auckland", "2026-12-01"),
        ("platform", "UTC", "2026-11-01"),
        ("shop", "UTC", "2026-11-01"),
    ]


def test_a_zone_changed_in_mid_period_wins_no_second_budget(hold, person):
    hold(amount=1_000)
    Account.objects.filter(pk=person.pk).update(zone="Pacific/Auckland")

    with pytest.raises(OverBudget):
        hold(key="run:2", amount=1)


def test_a_visitor_has_the_preview_cap_until_signing_up(hold):
    visitor = Account.objects.create()
    hold(account=visitor, amount=400)
    with pytest.raises(OverBudget):
        hold(key="run:2", account=visitor, amount=1)

    Account.objects.filter(pk=visitor.pk).update(kind="person")
    hold(key="run:2", account=visitor, amount=600)

    row = Budget.objects.get(scope="account")
    assert (row.cap_micros, row.reserved_micros, row.visitor) == (1_000, 1_000, False)


def test_an_unknown_hold_key_is_named(limits):
    with pytest.raises(NoSuchHold, match="run:9"):
        budget.release("run:9", key="release:1", at=NOON)
    with pytest.raises(NoSuchHold, match="call:9"):
        budget.correct("call:9", key="refund:1", amount_micros=1, reason="", at=NOON)


def test_negative_amounts_are_a_callers_mistake(hold, pay):
    with pytest.raises(ValueError, match="negative"):
        hold(amount=-1)
    hold()
    with pytest.raises(ValueError, match="negative"):
        pay(actual=-1)


def test_reserving_and_settling_cost_a_fixed_number_of_statements(hold, pay, django_assert_num_queries):
    hold(amount=100)
    short = connection.vendor == "postgresql"

    with django_assert_num_queries(1 if short else 10):  # two of them the savepoint
        hold(key="run:2", amount=100)
    with django_assert_num_queries(1 if short else 11):
        pay("run:2", share=50, actual=40)


def test_the_short_path_and_the_long_one_leave_the_same_rows(hold, pay, monkeypatch):
    def facts(number):
        made, line = (
            hold(key=f"run:{number}", amount=100),
            pay(f"run:{number}", key=f"call:{number}", share=60, actual=70),
        )
        shown = [model_to_dict(row) | {"key": "", "hold": ""} for row in (made, line)]
        stored = [model_to_dict(type(row).objects.get(pk=row.pk)) | {"key": "", "hold": ""} for row in (made, line)]
        moves = list(HoldMove.objects.filter(hold=made).values_list("kind", "share_micros", "actual_micros", "at"))
        return shown[1], [{**row, "id": 0} for row in stored], moves, made.budgets.count()

    first = facts(1)
    spent = committed()
    monkeypatch.setattr(shortpath, "there_is_one", lambda: False)
    second = facts(2)

    assert [first[1:], first[0] | {"id": 0}] == [second[1:], second[0] | {"id": 0}]
    assert (spent, committed()) == (all_scopes(70, 40), all_scopes(140, 80))
    assert check() == []
