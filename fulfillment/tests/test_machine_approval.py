from datetime import timedelta

import pytest

from billing.models import Guardrails, Quota
from fulfillment.tests.factories import NOON, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = a_world()
    Guardrails.objects.update(auto_approve=True, new_account_hold=False, auto_approve_per_day=2)
    return made


def test_the_machine_approves_as_many_orders_as_a_day_allows_and_holds_the_rest(world):
    orders = [world.order() for _ in range(3)]

    assert [order.state for order in orders] == ["approved", "approved", "held"]
    assert [row["code"] for row in orders[2].reasons] == ["machine_limit"]
    assert Quota.objects.filter(action="auto_approval").values_list("used", flat=True).get() == 2


def test_the_next_day_it_approves_again(world):
    orders = [world.order() for _ in range(3)]
    tomorrow = NOON + timedelta(days=1)

    again = world.read_again(orders[2], at=tomorrow)

    assert again.state == "approved"


def test_without_a_limit_it_approves_all(world):
    Guardrails.objects.update(auto_approve_per_day=None)

    assert {world.order().state for _ in range(3)} == {"approved"}


def test_what_the_machine_may_not_decide_uses_nothing_of_its_day(world):
    Guardrails.objects.update(max_total_minor=1)

    assert world.order().state == "held"
    assert not Quota.objects.filter(action="auto_approval").exists()
