"""How the API knows its caller. Bearer comes before session; only the session checks CSRF."""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from accounts.callers import CALLER_ATTRIBUTE, GUEST_KEY, Caller
from accounts.models import AccessToken, User
from accounts.tokens import bearer_text, token_of


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`. Raises TokenRefused (401) rather than going on as somebody else."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, AccessToken] | None:
        text = bearer_text(request._request)
        if text is None:
            return None
        token = token_of(text, at=timezone.now())
        setattr(request._request, CALLER_ATTRIBUTE, Caller(token.account, token.shop, None, bearer=True))
        return AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionIdentity(SessionAuthentication):
    """The session cookie of our own pages, of people and of guests: both need the CSRF token to change anything."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, None] | None:
        user = getattr(request._request, "user", None)
        person = cast(User, user) if user is not None and user.is_active else None
        if person is None and GUEST_KEY not in getattr(request._request, "session", {}):
            return None
        self.enforce_csrf(request)
        return person or AnonymousUser(), None
