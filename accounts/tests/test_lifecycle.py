from datetime import timedelta

import pytest

from accounts import lifecycle
from accounts.lifecycle import NotMergeable, StaffNotErased
from accounts.models import AccessToken, Account, User
from accounts.tests.conftest import NOON
from accounts.tokens import TokenRefused, issue, token_of
from billing.budget import reserve, settle
from billing.ledgercheck import check
from billing.models import Budget, Hold, LedgerEntry, Quota
from billing.quota import account_subject, use
from billing.tests.spending import spend
from cardmaker.core.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_billing")]


def pay(account, house, key, amount):
    reserve(key=key, meter="ai", amount_micros=amount, account_id=account.pk, shop_id=house.pk, at=NOON)
    settle(key, key=f"{key}:1", share_micros=amount // 2, spend=spend(amount // 2), at=NOON)


def account_budgets():
    rows = Budget.objects.filter(scope="account").order_by("pk")
    return list(rows.values_list("scope_key", "spent_micros", "reserved_micros", "visitor"))


def test_merging_twice_is_merging_once(guest, person, house):
    issue(guest, house, at=NOON)
    for _ in range(2):
        lifecycle.merge(guest, person, at=NOON)

    assert (guest.merged_into_id, person.family_ids()) == (person.pk, [person.pk, guest.pk])
    assert list(AccessToken.objects.values_list("revoked_at", flat=True)) == [NOON]


def test_a_token_given_to_a_guest_who_was_merged_meanwhile_opens_nothing(guest, person, house):
    lifecycle.merge(guest, person, at=NOON)
    text, _ = issue(guest, house, at=NOON)

    with pytest.raises(TokenRefused):
        token_of(text, at=NOON)


def test_a_merge_is_done_again_a_minute_later_for_what_was_under_way(guest, person, house):
    use(account_subject(person.pk), "post", "day", limit=9, amount=3, at=NOON)
    lifecycle.merge(guest, person, at=NOON)
    use(account_subject(guest.pk), "post", "day", limit=9, amount=2, at=NOON)

    job = Job.objects.get(kind=lifecycle.MERGE_AGAIN)
    for _ in range(2):
        lifecycle.merge_again(job.subject)

    assert (job.subject, job.run_at - NOON) == (str(guest.pk), timedelta(minutes=1))
    assert list(Quota.objects.values_list("subject", "used")) == [(account_subject(person.pk), 5)]


def test_what_comes_late_for_somebody_erased_is_erased_too(guest, person, house):
    lifecycle.merge(guest, person, at=NOON)
    lifecycle.erase(person, at=NOON)
    use(account_subject(guest.pk), "post", "day", limit=9, at=NOON)

    lifecycle.merge_again(str(guest.pk))

    assert not Quota.objects.exists()


def test_merging_adds_up_what_both_have_spent(guest, person, house):
    pay(guest, house, "run:1", 100)
    pay(person, house, "run:2", 1_000)

    lifecycle.merge(guest, person, at=NOON)

    assert account_budgets() == [(str(person.pk), 550, 550, False)]
    assert sorted(LedgerEntry.objects.values_list("account_id", flat=True)) == sorted([guest.pk, person.pk])
    assert check() == []


def test_a_guests_budget_becomes_the_persons_when_there_is_none(guest, person, house):
    pay(guest, house, "run:1", 100)

    lifecycle.merge(guest, person, at=NOON)

    assert account_budgets() == [(str(person.pk), 50, 50, False)]
    assert check() == []


def test_a_hold_of_the_guest_is_settled_in_the_persons_budget(guest, person, house):
    pay(guest, house, "run:1", 100)
    pay(person, house, "run:2", 1_000)
    lifecycle.merge(guest, person, at=NOON)

    settle("run:1", key="late", share_micros=50, spend=spend(50), at=NOON)
    reserve(key="run:3", meter="ai", amount_micros=7, account_id=guest.pk, shop_id=house.pk, at=NOON)

    assert account_budgets() == [(str(person.pk), 600, 507, False)]
    assert check() == []


def test_a_guests_quota_follows_into_the_account(guest, person, house):
    use(account_subject(guest.pk), "post", "day", limit=9, amount=2, at=NOON)
    use(account_subject(guest.pk), "card", "day", limit=9, at=NOON)
    use(account_subject(person.pk), "post", "day", limit=9, amount=3, at=NOON)

    lifecycle.merge(guest, person, at=NOON)

    rows = Quota.objects.order_by("action").values_list("subject", "action", "used")
    assert list(rows) == [(account_subject(person.pk), "card", 1), (account_subject(person.pk), "post", 5)]


def test_only_a_guest_who_was_not_merged_can_be(guest, person, house):
    other = Account.objects.create(kind="person")
    lifecycle.merge(guest, person, at=NOON)

    with pytest.raises(NotMergeable):
        lifecycle.merge(guest, other, at=NOON)
    with pytest.raises(NotMergeable):
        lifecycle.merge(other, person, at=NOON)
    with pytest.raises(NotMergeable):
        lifecycle.merge(Account.objects.create(), guest, at=NOON)


def test_an_export_covers_the_family(guest, person, house):
    pay(guest, house, "run:1", 100)
    lifecycle.merge(guest, person, at=NOON)

    exported = lifecycle.export(person)

    assert exported["account"]["email"] == "ada@example.com"
    assert exported["account"]["merged_guests"] == [str(guest.pk)]
    assert [line["amount_micros"] for line in exported["billing"]["ledger"]] == [50]


def test_erasing_leaves_the_ledger_adding_up_and_naming_nobody(guest, person, house):
    pay(guest, house, "run:1", 100)
    pay(person, house, "run:2", 1_000)
    lifecycle.merge(guest, person, at=NOON)
    for _ in range(2):
        lifecycle.erase(person, at=NOON)

    named = {guest.pk, person.pk}
    assert User.objects.count() == 0
    assert named.isdisjoint(LedgerEntry.objects.values_list("account_id", flat=True))
    assert named.isdisjoint(Hold.objects.values_list("account_id", flat=True))
    assert {str(pk) for pk in named}.isdisjoint(Budget.objects.values_list("scope_key", flat=True))
    assert sorted(LedgerEntry.objects.values_list("amount_micros", flat=True)) == [50, 500]
    assert set(Account.objects.exclude(kind="shop").values_list("erased_at", "user")) == {(NOON, None)}
    assert check() == []


def test_staff_are_not_erased_by_mistake(person, user):
    User.objects.update(is_staff=True)

    with pytest.raises(StaffNotErased):
        lifecycle.erase(person, at=NOON)
    assert User.objects.count() == 1


def test_somebody_new_is_welcomed_once_and_staff_is_not(drain, mailoutbox):
    somebody, ops = User.objects.create_user("new@example.com"), User.objects.create_superuser("ops@example.com", "x")
    for user in (somebody, ops, somebody):
        lifecycle.arrive(user, None, at=NOON)
    drain(ignore_delays=True)

    assert [(sent.to, sent.subject) for sent in mailoutbox] == [(["new@example.com"], "Welcome to Cardmaker")]
