"""What allauth asks us: who may sign up, and how its mail looks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError

from accounts import beta
from accounts.beta import NotInvited
from accounts.models import User
from cardmaker.core.middleware import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no stubs
    """allauth with the private beta in front. Its mails come from templates/account/email/."""

    def validate_unique_email(self, email: str) -> str:
        """Called for sign-ups only. Raises ValidationError for an address that the private beta does not list.

        It comes before the check for a taken address: an unlisted visitor learns nothing about who has an account.
        """
        if beta.closed():
            try:
                beta.check(email=email, address=client_address(self.request))
            except NotInvited as exc:
                raise ValidationError(exc.message, code=exc.code) from exc
        return str(super().validate_unique_email(email))

    def save_user(self, request: Any, user: User, form: Any, commit: bool = True) -> User:
        """As allauth does, in our one spelling of an address."""
        saved: User = super().save_user(request, user, form, commit=False)
        saved.email = saved.email.lower()
        if commit:
            saved.save()
        return saved
