import pytest
from django.db import connection

from accounts import lifecycle
from accounts.models import Account
from accounts.tests.conftest import NOON
from billing.budget import reserve, settle
from billing.ledgercheck import check
from billing.models import Budget
from billing.quota import account_subject, use, used
from billing.tests.spending import spend
from billing.tests.test_budget_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.serial,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("only_billing"),
]


def test_the_same_guest_merged_from_16_log_ins_at_once_counts_once(guest, person):
    use(account_subject(guest.pk), "post", "day", limit=9, amount=2, at=NOON)
    use(account_subject(person.pk), "post", "day", limit=9, amount=3, at=NOON)

    at_once(lambda number: lifecycle.merge(Account.objects.get(pk=guest.pk), person, at=NOON), 16)

    assert used(account_subject(person.pk), "post", "day", at=NOON) == 5


def test_first_log_ins_at_once_make_one_account(guest, user):
    found = at_once(lambda number: lifecycle.arrive(user, Account.objects.get(pk=guest.pk), at=NOON).pk, 16)

    assert set(found) == {guest.pk}
    assert Account.objects.filter(user=user).count() == 1


def test_spending_goes_on_while_the_guest_is_merged(guest, person, house):
    for account in (guest, person):
        reserve(
            key=f"first:{account.pk}", meter="ai", amount_micros=1, account_id=account.pk, shop_id=house.pk, at=NOON
        )

    def work(number):
        if number == 5:
            return lifecycle.merge(Account.objects.get(pk=guest.pk), person, at=NOON)
        payer = guest if number % 2 else person
        key = f"run:{number}"
        reserve(key=key, meter="ai", amount_micros=10, account_id=payer.pk, shop_id=house.pk, at=NOON)
        return settle(key, key=f"call:{number}", share_micros=10, spend=spend(9), at=NOON)

    at_once(work, 24)

    rows = Budget.objects.filter(scope="account").values_list("scope_key", "spent_micros", "reserved_micros")
    assert list(rows) == [(str(person.pk), 23 * 9, 2)]
    assert check() == []


def test_two_merges_in_opposite_order_do_not_wait_for_each_other(db):
    people = [Account.objects.create(kind="person") for _ in range(2)]
    guests = Account.objects.bulk_create([Account() for _ in range(16)])

    at_once(lambda number: lifecycle.merge(guests[number], people[number % 2], at=NOON), 16)

    assert connection.vendor == "postgresql"
    assert Account.objects.filter(merged_into__isnull=False).count() == 16
