"""The first mail to somebody who signed up. The mails with codes are allauth's, in our templates."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import Account
from cardmaker.core import mails

MAIL_WELCOME = "accounts.mail_welcome"


def mail_welcome(account_id: str) -> None:
    """The job behind it, queued by the log-in that gives somebody an account: that happens once."""
    account = Account.objects.select_related("user").filter(pk=account_id, erased_at=None).first()
    if account is not None and account.user is not None:
        mails.send("welcome", _facts(), to=account.user.email, key=str(account.pk))


def register_mails() -> None:
    """Name this app's mails, and show ops what they look like."""
    mails.register("welcome", "Account: welcome", _facts)
    mails.register(
        "verification", "Account: verification of the address", _code_sample,
        path="account/email/email_confirmation_signup", infix="_message",
    )  # fmt: skip
    mails.register(
        "login-code", "Account: sign-in code", _code_sample,
        path="account/email/login_code", infix="_message",
    )  # fmt: skip
    mails.register(
        "password-reset", "Account: new password", _reset_sample,
        path="account/email/password_reset_key", infix="_message",
    )  # fmt: skip


def _facts() -> dict[str, Any]:
    return {"url": settings.PUBLIC_URL}


def _reset_sample() -> dict[str, Any]:
    return {"password_reset_url": f"{settings.PUBLIC_URL}/accounts/password/reset/key/1-fictional/"}


def _code_sample() -> dict[str, Any]:
    return {"user": AnonymousUser(), "code": "KX4-M2P", "current_site": {"name": "Cardmaker", "domain": "example.com"}}
