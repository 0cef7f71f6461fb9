"""What guests use follows them into an account, and stays on the device and the network they came from."""

from datetime import timedelta

import pytest

from accounts import lifecycle
from accounts.models import Account
from billing import budget, quota, shortpath
from billing.allowance import NETWORK, VISITED, Visitor, allowance
from billing.budget import OverBudget
from billing.ledgercheck import check
from billing.models import Budget, Guardrails, Quota, Rung
from billing.quota import QuotaSpent
from billing.tests.conftest import NOON
from billing.tests.spending import spend

pytestmark = pytest.mark.django_db
DEVICE, NETWORK_KEY = "device-1", "network-1"


@pytest.fixture(params=[True, False])
def ways(request, monkeypatch):
    """Both ways to reserve, where there are two."""
    if not request.param:
        monkeypatch.setattr(shortpath, "there_is_one", lambda: False)


def guest(device=DEVICE, network=NETWORK_KEY):
    return Account.objects.create(device_key=device, network_key=network)


def committed():
    rows = Budget.objects.order_by("scope", "pk").values_list("scope", "period", "spent_micros", "reserved_micros")
    return list(rows)


def test_a_guests_hold_counts_on_device_and_network_too(limits, hold, ways):
    hold(account=guest(), amount=100)
    budget.settle("run:1", key="call:1", share_micros=100, spend=spend(80), at=NOON)

    assert committed() == [
        ("account", "month", 80, 0),
        ("device", "month", 80, 0),
        ("network", "day", 80, 0),
        ("platform", "month", 80, 0),
        ("shop", "month", 80, 0),
    ]
    assert check() == []


def test_printing_and_people_have_no_budget_of_a_device(limits, hold, person, ways):
    hold(account=guest(), meter="print")
    Account.objects.filter(pk=person.pk).update(device_key=DEVICE, network_key=NETWORK_KEY)
    hold(key="run:2", account=person)

    assert not Budget.objects.filter(scope__in=["device", "network"]).exists()


def test_a_new_guest_of_the_same_device_has_what_the_last_one_left(limits, hold, ways):
    hold(account=guest(), amount=300)

    with pytest.raises(OverBudget) as refused:
        hold(key="run:2", account=guest(network="elsewhere"), amount=101)
    hold(key="run:3", account=guest(network="elsewhere"), amount=100)

    assert refused.value.details["scope"] == "device"
    assert Budget.objects.get(scope="device").reserved_micros == 400
    assert check() == []


def test_guests_without_a_cookie_share_the_cap_of_their_network_for_a_day(limits, hold, ways):
    Guardrails.objects.update(preview_cap_network_day_micros=500)
    hold(account=guest(device=""), amount=400)

    with pytest.raises(OverBudget) as refused:
        hold(key="run:2", account=guest(device=""), amount=101)
    assert refused.value.details["scope"] == "network"
    hold(key="run:3", account=guest(device=""), amount=400, at=NOON + timedelta(days=1))


def test_logging_in_takes_the_use_along_and_logging_out_wins_none_back(limits, hold, person, ways):
    first = guest()
    hold(account=first, amount=400)
    lifecycle.merge(first, person, at=NOON)
    budget.settle("run:1", key="call:1", share_micros=400, spend=spend(350), at=NOON)

    with pytest.raises(OverBudget):  # 350 of the person's 1,000 are used
        hold(key="run:2", account=person, amount=651)
    hold(key="run:3", account=person, amount=650)
    with pytest.raises(OverBudget):  # and 350 of the device's 400
        hold(key="run:4", account=guest(), amount=51)
    hold(key="run:5", account=guest(), amount=50)
    assert check() == []


def test_a_guest_who_signs_up_is_a_person_for_every_budget_from_then_on(limits, hold, ways):
    visitor = guest()
    hold(account=visitor, amount=400)
    Account.objects.filter(pk=visitor.pk).update(kind="person")

    hold(key="run:2", account=visitor, amount=600)

    assert (
        Budget.objects.get(scope="account").reserved_micros,
        Budget.objects.get(scope="device").reserved_micros,
    ) == (
        1_000,
        400,
    )


def test_quotas_of_a_guest_count_on_the_device(limits):
    quota.use_by(guest().pk, "design", "day", limit=2, amount=2, at=NOON)

    with pytest.raises(QuotaSpent):
        quota.use_by(guest().pk, "design", "day", limit=2, at=NOON)
    quota.use_by(guest(device="other").pk, "design", "day", limit=2, at=NOON)

    assert list(Quota.objects.filter(subject__startswith="device").order_by("pk").values_list("used", flat=True)) == [
        2,
        1,
    ]


def test_guests_of_one_network_share_ten_times_what_one_may_in_a_day(limits):
    for _ in range(quota.NETWORK_TIMES):
        quota.use_by(guest(device="").pk, "photo", "day", limit=2, amount=2, at=NOON)

    with pytest.raises(QuotaSpent) as refused:
        quota.use_by(guest(device="").pk, "photo", "day", limit=2, at=NOON)
    quota.use_by(guest(device="", network="elsewhere").pk, "photo", "day", limit=2, at=NOON)
    quota.use_by(guest(device="").pk, "photo", "day", limit=2, at=NOON + timedelta(days=1))

    assert refused.value.details == {"action": "photo", "limit": 20, "resets_at": "2026-11-22T00:00:00+00:00"}
    assert not Quota.objects.filter(subject__startswith="network", window="week").exists()


def test_the_week_of_a_network_is_not_counted(limits):
    quota.use_by(guest().pk, "begin:card", "week", limit=2, at=NOON)

    assert sorted(Quota.objects.values_list("subject", flat=True))[1:] == ["device:device-1"]


def test_a_refused_use_counts_nowhere(limits):
    visitor = guest()
    quota.use(quota.account_subject(visitor.pk), "design", "day", limit=2, amount=2, at=NOON)

    with pytest.raises(QuotaSpent):
        quota.use_by(visitor.pk, "design", "day", limit=2, at=NOON)
    assert not Quota.objects.filter(subject__startswith="device").exists()


@pytest.mark.parametrize(("used", "reason"), [({}, VISITED), ({"device": "other"}, NETWORK)])
def test_somebody_who_has_no_account_yet_is_told_what_a_guest_would_get(limits, hold, shop, used, reason):
    Rung.objects.create(percent=0, candidates=30, finals=9)
    Guardrails.objects.update(preview_cap_network_day_micros=400)
    hold(account=guest(**used), amount=400)

    found = allowance(
        "candidate",
        "card",
        account_id=None,
        shop_id=shop.pk,
        at=NOON,
        unit_micros=10,
        visitor=Visitor(DEVICE, NETWORK_KEY),
    )

    assert (found.count, found.allowed, found.reasons) == (0, False, (reason,))


@pytest.mark.parametrize("hour", range(24))
def test_a_day_of_a_network_is_found_at_every_hour(limits, hold, shop, hour):
    """At 10:00 and 11:00 UTC there are three dates in the world."""
    Guardrails.objects.update(preview_cap_network_day_micros=400)
    visitor, at = guest(), NOON.replace(hour=hour)
    hold(account=visitor, amount=300, at=at)

    found = allowance("candidate", "card", account_id=visitor.pk, shop_id=shop.pk, at=at, unit_micros=100)

    assert found.count == 1
