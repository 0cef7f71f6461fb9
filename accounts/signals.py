"""The one signal we listen to: the admin's log-in passes by allauth's adapter, `user_logged_in` sees every log-in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts import lifecycle
from accounts.callers import GUEST_KEY
from accounts.identity import guest_in
from accounts.models import User


@receiver(user_logged_in, dispatch_uid="accounts.bring_guest_along")
def bring_guest_along(sender: type[User], request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """What the visitor made before logging in becomes the person's."""
    session = getattr(request, "session", None)
    guest = guest_in(session) if session is not None else None
    lifecycle.arrive(user, guest, at=timezone.now())
    if session is not None:
        session.pop(GUEST_KEY, None)
