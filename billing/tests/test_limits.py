"""Limits in the console: checked beside their field, in force at once, and remembered."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from billing import limits as changing
from billing.forms import GuardrailsForm
from billing.models import Budget, Guardrails, Rung
from billing.tests.conftest import NOON
from cardmaker.core.models import Change

pytestmark = pytest.mark.django_db
URL = "/admin/billing/guardrails/1/change/"


@pytest.fixture
def ops(client):
    client.force_login(User.objects.create_superuser("ops@example.com"))
    return client


def shown(ops):
    """The form as the page shows it, ready to be sent."""
    Guardrails.current()
    form = ops.get(URL).context["adminform"].form
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


def remembered():
    return list(Change.objects.order_by("pk").values_list("subject", "by", "field", "old", "new"))


def test_a_change_is_in_force_at_once_and_remembered(ops, hold):
    hold(amount=900, at=timezone.now())
    answer = ops.post(URL, shown(ops) | {"ai_cap_month_micros": "0.0005", "paid_calls_stopped": "on"})

    assert answer.status_code == 302, answer.context["errors"]
    row = Budget.objects.get(scope="platform")
    assert (row.cap_micros, row.ceiling_micros, row.overrun) == (500, 900, True)
    assert Guardrails.current().paid_calls_stopped is True
    assert sorted(remembered()) == [
        ("Guardrails", "ops@example.com", "ai_cap_month_micros", "5000", "500"),
        ("Guardrails", "ops@example.com", "paid_calls_stopped", "False", "True"),
    ]
    assert LogEntry.objects.get().change_message == "paid_calls_stopped: False → True; ai_cap_month_micros: 5000 → 500"


def test_saving_what_stands_there_changes_nothing(ops, limits):
    before = Guardrails.objects.values().get()

    assert ops.post(URL, shown(ops)).status_code == 302
    assert Guardrails.objects.values().get() == before
    assert remembered() == []


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("ai_cap_month_micros", "-1", "greater than or equal to 0"),
        ("ai_cap_month_micros", "0.0000001", "no more than 6 decimal places"),
        ("ai_cap_month_micros", "plenty", "Enter a number"),
        ("ai_cap_month_micros", "10000000000", "less than or equal to"),
        ("alert_percents", "95, 70", "rising"),
        ("alert_percents", "100", "between 1 and 99"),
        ("alert_percents", "many", "such as 70, 85, 95"),
        ("orders_per_day", "-3", "greater than or equal to 0"),
        ("max_total_minor", "", "required"),
    ],
)
def test_wrong_limits_are_refused_beside_their_field_and_nothing_is_lost(ops, field, typed, says):
    Guardrails.current()
    answer = ops.post(URL, shown(ops) | {field: typed, "designs_per_day": "77"})

    form = answer.context["adminform"].form
    assert list(form.errors) == [field]
    assert says in str(form.errors[field])
    assert (form[field].value(), form["designs_per_day"].value()) == (typed, "77")
    assert (Guardrails.current().designs_per_day, remembered()) == (60, [])


def test_somebody_elses_change_is_not_undone_unseen(ops):
    page = shown(ops)
    changing.change(by="other@example.com", at=NOON, orders_per_day=5)

    first = ops.post(URL, page | {"designs_per_day": "77"})
    assert "Somebody has changed the limits" in str(first.context["adminform"].form.errors)
    assert Guardrails.current().orders_per_day == 5

    form = first.context["adminform"].form
    again = {field.name: field.value() for field in form if field.value() not in (None, False)}
    assert ops.post(URL, again).status_code == 302
    assert (Guardrails.current().orders_per_day, Guardrails.current().designs_per_day) == (200, 77)


def test_money_is_shown_and_read_in_dollars_to_the_micro():
    form = GuardrailsForm(instance=Guardrails(ai_cap_month_micros=123_456_789, print_cap_day_micros=5_000_000))

    assert (form["ai_cap_month_micros"].value(), form["print_cap_day_micros"].value()) == ("123.456789", "5.00")
    assert form.fields["ai_cap_month_micros"].clean("123.456789") == 123_456_789
    assert form.fields["ai_cap_month_micros"].clean("") is None


def test_a_change_by_a_function_is_checked_remembered_and_repeatable(hold):
    hold(at=timezone.now())
    for _ in range(2):
        changing.change(by="night", at=NOON, supplier_orders_stopped=True)
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        changing.change(by="night", at=NOON, ai_cap_month_micros=-1)

    assert remembered() == [("Guardrails", "night", "supplier_orders_stopped", "False", "True")]


def test_a_limit_that_was_wrong_before_keeps_no_switch_from_working(limits):
    Guardrails.objects.update(alert_percents=[200])

    assert changing.change(by="night", at=NOON, paid_calls_stopped=True) == ["paid_calls_stopped"]


def test_rungs_are_added_changed_and_deleted_with_a_history(ops):
    body = {"kind": "card", "percent": "0", "candidates": "4", "finals": "4", "tier": "high", "extra_run": "on"}
    ops.post(reverse("admin:billing_rung_add"), body)
    rung = Rung.objects.get()
    ops.post(reverse("admin:billing_rung_change", args=[rung.pk]), body | {"candidates": "3"})
    ops.post(reverse("admin:billing_rung_delete", args=[rung.pk]), {"post": "yes"})

    subject = "rung card from 0 %"
    assert [row for row in remembered() if row[2] == "candidates"] == [
        (subject, "ops@example.com", "candidates", "", "4"),
        (subject, "ops@example.com", "candidates", "4", "3"),
        (subject, "ops@example.com", "candidates", "3", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"candidates": "31"}, "candidates"),
        ({"percent": "0", "candidates": "30"}, None),
        ({"percent": "101"}, "percent"),
        ({"kind": "crad"}, "kind"),
        ({"page_runs": "0"}, "page_runs"),
    ],
)
def test_a_step_down_allows_no_more_than_the_one_before(ops, changes, field):
    Rung.objects.create(percent=0, candidates=30, finals=9)
    body = {"kind": "", "percent": "70", "candidates": "20", "finals": "6", "tier": "standard"} | changes

    answer = ops.post(reverse("admin:billing_rung_add"), body)

    errors = answer.context["adminform"].form.errors
    assert list(errors) == [field or "__all__"]
    assert Rung.objects.count() == 1


def test_the_database_keeps_what_was_changed(limits):
    change = Change.objects.create(at=NOON, by="ops@example.com", subject="Guardrails", field="x", old="1", new="2")

    with pytest.raises(TypeError, match="stays written"):
        change.save()
    with pytest.raises(DatabaseError, match="stays written"), transaction.atomic():
        Change.objects.update(new="3")
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="stays written"), transaction.atomic():
            Change.objects.all().delete()


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_is_looked_at_only(ops, count, django_assert_num_queries):
    for number in range(count):
        Change.objects.create(at=NOON + timedelta(hours=number), by="ops@example.com", subject="Guardrails", field="x")

    with django_assert_num_queries(4):
        assert ops.get(reverse("admin:core_change_changelist")).status_code == 200
    change = Change.objects.first()
    assert ops.post(reverse("admin:core_change_delete", args=[change.pk]), {"post": "yes"}).status_code == 403
    assert ops.post(reverse("admin:core_change_change", args=[change.pk]), {"new": "3"}).status_code == 403
