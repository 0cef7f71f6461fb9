"""Rows that nobody edits still have verbs: who may only look must not press them."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.models import AccessToken, Account, Shop, User
from accounts.tokens import issue
from cardmaker.core.models import InboxEvent, Job

pytestmark = pytest.mark.django_db


def staff(*permissions: str) -> Client:
    user = User.objects.create_user("staff@example.com", "correct horse battery", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def a_stuck_job() -> Job:
    return Job.objects.create(kind="accounts.forget", state="stuck", attempts=5, run_at=timezone.now())


def a_dead_letter() -> InboxEvent:
    fields = {
        "source": "shopify",
        "external_id": "w-1",
        "topic": "orders/paid",
        "payload": {},
        "then": "accounts.forget",
    }
    return InboxEvent.objects.create(**fields, received_at=timezone.now(), state="dead")


def a_token() -> AccessToken:
    return issue(Account.objects.create(), Shop.objects.house(), at=timezone.now())[1]


VERBS = [
    ("core/job", "revive", a_stuck_job, "state", "job"),
    ("core/inboxevent", "replay", a_dead_letter, "state", "inboxevent"),
    ("accounts/accesstoken", "revoke", a_token, "revoked_at", "accesstoken"),
]


@pytest.mark.parametrize(("page", "verb", "make", "column", "model"), VERBS)
def test_who_may_only_look_presses_nothing(page, verb, make, column, model):
    row, client = make(), staff(f"view_{model}")

    client.post(f"/admin/{page}/", {"action": verb, "_selected_action": [row.pk]})

    assert client.get(f"/admin/{page}/").status_code == 200
    assert getattr(type(row).objects.get(pk=row.pk), column) == getattr(row, column)


@pytest.mark.parametrize(("page", "verb", "make", "column", "model"), VERBS)
def test_who_may_change_presses_it(page, verb, make, column, model):
    row, client = make(), staff(f"view_{model}", f"change_{model}")

    client.post(f"/admin/{page}/", {"action": verb, "_selected_action": [row.pk]})

    assert getattr(type(row).objects.get(pk=row.pk), column) != getattr(row, column)
