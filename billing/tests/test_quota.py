from datetime import UTC, datetime
from threading import Event, Timer

import pytest
from django.db import transaction

from accounts.models import Account
from billing import lifecycle
from billing.models import Quota
from billing.periods import window_of
from billing.quota import QuotaSpent, account_subject, use, used
from billing.tests.conftest import NOON
from billing.tests.test_budget_races import at_once


@pytest.mark.django_db
def test_a_quota_is_used_up_to_its_limit_and_says_when_it_resets():
    use("platform", "order", "day", limit=3, amount=2, at=NOON)
    with pytest.raises(QuotaSpent) as refused:
        use("platform", "order", "day", limit=3, amount=2, at=NOON)
    use("platform", "order", "day", limit=3, at=NOON)

    assert refused.value.details == {"action": "order", "limit": 3, "resets_at": "2026-11-22T00:00:00+00:00"}
    assert used("platform", "order", "day", at=NOON) == 3


@pytest.mark.django_db
def test_subjects_actions_and_days_are_counted_apart():
    use("platform", "order", "day", limit=1, at=NOON)
    use("account:1", "order", "day", limit=1, at=NOON)
    use("platform", "post", "day", limit=1, at=NOON)
    use("platform", "order", "day", limit=1, at=NOON.replace(day=22))

    assert list(Quota.objects.values_list("used", flat=True)) == [1, 1, 1, 1]


@pytest.mark.django_db
def test_a_limit_of_zero_allows_nothing_and_none_counts_only():
    with pytest.raises(QuotaSpent):
        use("platform", "order", "day", limit=0, at=NOON)
    use("platform", "order", "day", limit=None, at=NOON)

    assert used("platform", "order", "day", at=NOON) == 1


@pytest.mark.django_db
def test_a_raised_limit_acts_at_once():
    use("platform", "order", "day", limit=1, at=NOON)
    use("platform", "order", "day", limit=2, at=NOON)

    assert (Quota.objects.get().used, Quota.objects.get().limit) == (2, 2)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("window", "zone", "at", "start", "end"),
    [
        ("hour", "UTC", utc(2026, 1, 1, 0, 59), utc(2026, 1, 1), utc(2026, 1, 1, 1)),
        ("day", "America/New_York", utc(2026, 3, 8, 12), utc(2026, 3, 8, 5), utc(2026, 3, 9, 4)),  # clocks go forward
        ("day", "America/New_York", utc(2026, 11, 1, 12), utc(2026, 11, 1, 4), utc(2026, 11, 2, 5)),  # and back
        ("week", "UTC", utc(2026, 11, 22, 23, 59), utc(2026, 11, 16), utc(2026, 11, 23)),
        ("week", "Pacific/Auckland", utc(2026, 11, 22, 12), utc(2026, 11, 22, 11), utc(2026, 11, 29, 11)),
        ("week", "UTC", utc(2027, 1, 1), utc(2026, 12, 28), utc(2027, 1, 4)),  # over the end of the year
        ("month", "Europe/Paris", utc(2026, 12, 31, 23), utc(2026, 12, 31, 23), utc(2027, 1, 31, 23)),
        ("month", "UTC", utc(2028, 2, 29), utc(2028, 2, 1), utc(2028, 3, 1)),
        ("ever", "UTC", utc(2026, 1, 1), utc(1970, 1, 1), None),
    ],
)
def test_windows_begin_at_local_midnight(window, zone, at, start, end):
    assert window_of(window, zone=zone, at=at) == (start, end)


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_64_threads_use_a_quota_exactly():
    def work(number):
        try:
            use("platform", "order", "day", limit=40, at=NOON)
        except QuotaSpent:
            return 0
        return 1

    assert sum(at_once(work)) == 40
    assert Quota.objects.get().used == 40


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_what_a_guest_used_is_added_to_what_the_person_begins_to_use_meanwhile(limits):
    guest, person = Account.objects.create(kind="guest"), Account.objects.create(kind="person")
    use(account_subject(guest.pk), "order", "day", limit=9, amount=2, at=NOON)
    begun, logged_in = Event(), Event()

    def merge():
        begun.wait(30)
        Timer(0.5, logged_in.set).start()  # by then the merge waits for the row that is not committed yet
        with transaction.atomic():
            lifecycle.merge(guest, person, at=NOON)

    def begin():
        with transaction.atomic():
            use(account_subject(person.pk), "order", "day", limit=9, at=NOON)
            begun.set()
            logged_in.wait(30)

    at_once(lambda number: (merge, begin)[number](), count=2)

    assert used(account_subject(person.pk), "order", "day", at=NOON) == 3
    assert Quota.objects.count() == 1


@pytest.mark.django_db
def test_the_console_says_what_is_only_counted(admin_client):
    use("account:1", "begin:card", "week", limit=None, at=NOON)
    use("account:2", "begin:card", "week", limit=2, at=NOON)

    page = admin_client.get("/admin/billing/quota/").content.decode()

    assert ("counted only" in page, "2147483647" in page) == (True, False)
