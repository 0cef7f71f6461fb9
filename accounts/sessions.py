"""Opening an API session: a token for one account in one shop."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts import tokens
from accounts.identity import Caller
from accounts.intake import admit_guest
from accounts.models import Account, Shop
from cardmaker.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Session:
    """`token` is told this once."""

    token: str
    account: UUID
    expires_at: datetime


def open_session(caller: Caller, *, shop_code: str, address: str, at: datetime) -> Session:
    """A token for the caller in the shop, or for a new guest. Raises BadInput for an unknown shop, TooManyGuests.

    A bearer keeps its account only in its own shop: one shop's page must not reach into another's.
    """
    shop = _shop(shop_code) if shop_code else caller.shop
    account = caller.account
    if account is None or (caller.bearer and shop != caller.shop):
        admit_guest(address, at=at)
        account = Account.objects.create()
    text, token = tokens.issue(account, shop, at=at)
    return Session(text, account.pk, token.expires_at)


def _shop(code: str) -> Shop:
    if code == Shop.HOUSE_CODE:
        return Shop.objects.house()
    shop = Shop.objects.filter(code=code, active=True).first()
    if shop is None:
        raise BadInput.beside("shop", "There is no shop with this code.")
    return shop
