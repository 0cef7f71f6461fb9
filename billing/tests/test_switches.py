"""The kill switches on the start page: one press, by whom is written down, and the gauges beside them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from billing import panels, switches
from billing.budget import reserve
from billing.models import Guardrails
from billing.tests.conftest import NOON

pytestmark = pytest.mark.django_db


def staff(*permissions: str) -> Client:
    user = User.objects.create_user("staff@example.com", "correct horse battery", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def press(client: Client, name: str, stopped: str) -> int:
    return client.post(reverse("admin:switch", args=[name]), {"stopped": stopped}).status_code


@pytest.mark.parametrize(("name", "field"), [(s.name, s.field) for s in switches.SWITCHES.values()])
def test_a_press_stops_and_another_starts_again(name, field):
    client = staff("change_guardrails", "view_guardrails")

    assert press(client, name, "yes") == 302
    assert getattr(Guardrails.current(), field) is True
    assert press(client, name, "no") == 302

    assert getattr(Guardrails.current(), field) is False
    assert [(entry.user.email, entry.change_message) for entry in switches.history()] == [
        ("staff@example.com", f"{field}: True → False"),
        ("staff@example.com", f"{field}: False → True"),
    ]
    assert f"{field}: False → True" in client.get("/admin/").content.decode()


def test_stopping_twice_is_written_down_once():
    client = staff("change_guardrails")

    press(client, "paid-calls", "yes")
    press(client, "paid-calls", "yes")

    assert (Guardrails.current().paid_calls_stopped, LogEntry.objects.count()) == (True, 1)


def test_who_may_only_look_sees_the_state_and_no_button():
    client = staff("view_guardrails")

    page = client.get("/admin/").content.decode()

    assert "Kill switches" in page
    assert "Yes, stop" not in page
    assert press(client, "paid-calls", "yes") == 403
    assert Guardrails.current().paid_calls_stopped is False


def test_a_switch_that_is_none_is_not_found_and_a_link_throws_nothing():
    client = staff("change_guardrails")

    assert press(client, "everything", "yes") == 404
    assert client.get(reverse("admin:switch", args=["paid-calls"])).status_code == 405


def test_gauges_say_how_much_is_used_and_when_it_ends(shop, person, django_assert_num_queries):
    Guardrails.current()
    Guardrails.objects.update(ai_cap_month_micros=20_000_000)
    reserve(key="run:1", meter="ai", amount_micros=9_000_000, account_id=person.pk, shop_id=shop.pk, at=NOON)

    with django_assert_num_queries(3):
        rows = {row["title"]: row for row in panels.gauges(NOON)["gauges"]}

    ai = rows["AI, this month"]
    assert (ai["gauge"].percent, ai["reserved"], ai["cap"]) == (45, "$9.00", "$20.00")
    assert "$0.00 spent and $9.00 reserved of $20.00" in ai["bar"]
    assert list(rows) == ["AI, this month", "Print, this day", "Print, this month"]


def test_a_change_in_the_form_stands_in_the_same_history(admin_client):
    Guardrails.objects.update(updated_at=timezone.now())
    switches.throw(
        switches.SWITCHES["supplier-orders"], stopped=True, by=User.objects.get(email="admin@example.com"), at=NOON
    )

    page = admin_client.get(reverse("admin:billing_guardrails_history", args=[1])).content.decode()

    assert "supplier_orders_stopped: False → True" in page
