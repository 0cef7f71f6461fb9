"""Opening an API session: a token for one account in one shop."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts import tokens
from accounts.identity import Caller
from accounts.intake import new_guest
from accounts.models import Shop
from cardmaker.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Session:
    """`token` is told this once."""

    token: str
    account: UUID
    expires_at: datetime


def open_session(caller: Caller, *, shop: Shop, address: str, device: str = "", at: datetime) -> Session:
    """A token for the caller in the shop, or for a new guest. Raises TooManyGuests.

    A bearer keeps its account only in its own shop: one shop's page must not reach into another's.
    """
    account = caller.account
    if account is None or (caller.bearer and shop != caller.shop):
        account = new_guest(address=address, device=device, at=at)
    text, token = tokens.issue(account, shop, at=at)
    return Session(text, account.pk, token.expires_at)


def shop_named(code: str) -> Shop:
    """By its code or its myshopify.com domain: what a theme knows of itself. Raises BadInput."""
    if code == Shop.HOUSE_CODE:
        return Shop.objects.house()
    shop = Shop.objects.filter(Q(code=code) | Q(domain=code), active=True).first()
    if shop is None:
        raise BadInput.beside("shop", "There is no shop with this code.")
    return shop
