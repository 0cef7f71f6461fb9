"""Signing up and logging in through the real pages: what a guest made must come along every time."""

import re

import pytest
from django.conf import settings as site
from django.core import mail
from django.test import RequestFactory

from accounts.identity import ensure_account
from accounts.models import AccessToken, Account, BetaEntry, User
from accounts.tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_billing", "house")]


def become_guest(client):
    """A visitor's first POST on our own pages."""
    request = RequestFactory().post("/")
    request.session = client.session
    account = ensure_account(request)
    request.session.save()
    client.cookies[site.SESSION_COOKIE_NAME] = request.session.session_key
    return account


def code_in_last_mail():
    return re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4}|[A-Z0-9]{6,8})\b", mail.outbox[-1].body).group(1)


def sign_up(client, email="Grace@Example.com"):
    fields = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    return client.post("/accounts/signup/", fields)


def test_signing_up_with_a_code_makes_the_guests_account_the_persons(client):
    guest = become_guest(client)

    answer = sign_up(client)
    assert answer.status_code == 302, answer.content
    client.post(answer.url, {"code": code_in_last_mail()})

    user = User.objects.get()
    assert (user.email, client.session["_auth_user_id"]) == ("grace@example.com", str(user.pk))
    assert list(Account.objects.exclude(kind="shop").values_list("pk", "kind", "user")) == [
        (guest.pk, "person", user.pk)
    ]
    assert "guest_account" not in client.session


def test_logging_in_by_code_merges_the_guest(client, person, verified, house):
    guest = become_guest(client)
    AccessToken.objects.create(account=guest, shop=house, digest="d", expires_at=person.created_at)

    answer = client.post("/accounts/login/code/", {"email": "ada@example.com"})
    client.post(answer.url, {"code": code_in_last_mail()})

    guest.refresh_from_db()
    assert client.session["_auth_user_id"] == str(person.user_id)
    assert guest.merged_into_id == person.pk
    assert AccessToken.objects.get().revoked_at is not None


def test_the_sign_in_code_comes_in_our_own_words_and_letterhead(client, person, verified, house, mailoutbox):
    client.post("/accounts/login/code/", {"email": "ada@example.com"})

    (mail,) = mailoutbox
    (html, kind) = mail.alternatives[0]
    assert (mail.subject, kind) == ("Your sign-in code", "text/html")
    assert code_in_last_mail() in html


def test_the_way_to_a_new_password_comes_in_our_letterhead(client, person, verified, mailoutbox):
    client.post("/accounts/password/reset/", {"email": "ada@example.com"})

    (mail,) = mailoutbox
    assert mail.subject == "Choose a new password"
    assert "/accounts/password/reset/key/" in mail.alternatives[0][0]


def test_logging_in_with_a_password_merges_the_guest(client, person, user, verified):
    guest = become_guest(client)

    client.post("/accounts/login/", {"login": "ADA@example.com", "password": PASSWORD})

    guest.refresh_from_db()
    assert (client.session["_auth_user_id"], guest.merged_into_id) == (str(user.pk), person.pk)


def test_staff_sign_in_to_the_admin_with_email_and_password(client):
    staff = User.objects.create_superuser("ops@example.com", PASSWORD)

    answer = client.post("/admin/login/?next=/admin/", {"username": "Ops@Example.com", "password": PASSWORD})

    assert (answer.status_code, answer.url, client.session["_auth_user_id"]) == (302, "/admin/", str(staff.pk))
    assert staff.account.kind == "person"


def test_the_admin_counts_wrong_passwords_as_the_log_in_of_people_does(client):
    for email in ("ops@example.com", "viewer@example.com"):
        User.objects.create_user(email, PASSWORD, is_staff=True)
    wrong = {"username": "ops@example.com", "password": "guessed"}

    assert [client.post("/admin/login/", wrong).status_code for _ in range(5)] == [200] * 5

    refused = client.post("/admin/login/", wrong | {"password": PASSWORD})
    assert (refused.status_code, "_auth_user_id" in client.session) == (200, False)
    assert "Too many failed login attempts" in refused.content.decode()
    assert client.post("/admin/login/", {"username": "viewer@example.com", "password": PASSWORD}).status_code == 302


def test_staff_need_no_verified_address(client):
    User.objects.create_user("viewer@example.com", PASSWORD, is_staff=True)

    assert client.post("/admin/login/", {"username": "viewer@example.com", "password": PASSWORD}).status_code == 302


def test_the_private_beta_turns_unlisted_addresses_away(client, settings):
    settings.PRIVATE_BETA = True

    answer = sign_up(client)

    assert answer.status_code == 200
    assert "not on the list yet" in answer.content.decode()
    assert (User.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize(("kind", "value"), [("email", "grace@example.com"), ("network", "127.0.0.0/8")])
def test_the_private_beta_lets_listed_people_and_networks_sign_up(client, settings, kind, value):
    settings.PRIVATE_BETA = True
    BetaEntry.objects.create(kind=kind, value=value)

    assert sign_up(client).status_code == 302
    assert User.objects.get().email == "grace@example.com"


def test_a_forged_forwarded_address_opens_nothing(client, settings):
    settings.PRIVATE_BETA = True
    BetaEntry.objects.create(kind="network", value="203.0.113.0/24")
    fields = {"email": "grace@example.com", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/accounts/signup/", fields, headers={"X-Forwarded-For": "203.0.113.9"})

    assert User.objects.count() == 0
