"""Who is asking: a bearer token first, then the session. Views ask here and nowhere else."""

from datetime import datetime
from typing import cast

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from accounts import beta
from accounts.beta import NotInvited
from accounts.callers import CALLER_ATTRIBUTE, GUEST_KEY, Caller
from accounts.devices import ensure_device
from accounts.intake import new_guest
from accounts.models import Account, Shop, User
from accounts.tokens import TokenClaims, TokenRefused, bearer_text, live_token, token_of
from cardmaker.core.middleware import client_address

__all__ = [
    "Caller",
    "NotInvited",
    "TokenClaims",
    "TokenRefused",
    "caller_of",
    "ensure_account",
    "live_token",
    "open_to",
    "token_claims",
]


def caller_of(request: HttpRequest | Request) -> Caller:
    """Who is asking. Remembered on the request. Raises TokenRefused for a bearer token that is not valid."""
    plain = _plain(request)
    caller: Caller | None = getattr(plain, CALLER_ATTRIBUTE, None)
    if caller is None:
        text = bearer_text(plain)
        caller = _by_session(plain) if text is None else _by_token(text, at=timezone.now())
        setattr(plain, CALLER_ATTRIBUTE, caller)
    return caller


def ensure_account(request: HttpRequest | Request) -> Account:
    """The caller's account; the first POST of a visitor makes a guest. Raises TooManyGuests for busy networks."""
    plain, caller = _plain(request), caller_of(request)
    if caller.account is not None:
        return caller.account
    account = _person(caller.user) if caller.user else _new_guest(plain, at=timezone.now())
    setattr(plain, CALLER_ATTRIBUTE, Caller(account, caller.shop, caller.user, caller.bearer))
    return account


def open_to(account: Account | None, request: HttpRequest | Request) -> None:
    """Let through whom the private beta lists, by email or by network. Raises NotInvited."""
    if beta.closed():
        user = account.user if account else None
        beta.check(email=user.email if user else "", address=client_address(_plain(request)))


def token_claims(text: str) -> TokenClaims:
    """What a bearer token says, by its signature alone: no query. Join `live_token(claims, at=...)` to your own."""
    return TokenClaims.read(text)


def guest_in(session: SessionBase) -> Account | None:
    """The guest this session made, while it is still a guest."""
    pk = session.get(GUEST_KEY)
    guests = Account.objects.filter(kind=Account.Kind.GUEST, merged_into=None, erased_at=None)
    return guests.filter(pk=pk).first() if pk else None


def _plain(request: HttpRequest | Request) -> HttpRequest:
    return request._request if isinstance(request, Request) else request


def _by_token(text: str, *, at: datetime) -> Caller:
    token = token_of(text, at=at)
    return Caller(token.account, token.shop, None, bearer=True)


def _by_session(request: HttpRequest) -> Caller:
    house = Shop.objects.house()
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        account = Account.objects.filter(user_id=user.pk, erased_at=None).first()
        return Caller(account, house, cast(User, user))
    session = getattr(request, "session", None)
    return Caller(guest_in(session) if session is not None else None, house, None)


def _person(user: User) -> Account:
    return Account.objects.get_or_create(user=user, defaults={"kind": Account.Kind.PERSON})[0]


def _new_guest(request: HttpRequest, *, at: datetime) -> Account:
    guest = new_guest(address=client_address(request), device=ensure_device(request), at=at)
    request.session[GUEST_KEY] = str(guest.pk)
    return guest
