"""Who asks, as a value. Apart from `accounts.identity`, so that DRF can load our authentication early in the start."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from accounts.models import Account, Shop, User

GUEST_KEY = "guest_account"
CALLER_ATTRIBUTE = "cardmaker_caller"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and through which shop. `account` is None until a visitor's first POST. `bearer`: an embed."""

    account: Account | None
    shop: Shop
    user: User | None
    bearer: bool = False

    def owns(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """What of `rows` is the caller's. An embed sees what was made in its own shop only."""
        if self.account is None:
            return rows.none()
        mine = rows.filter(account_id=self.account.pk)
        return mine.filter(shop_id=self.shop.pk) if self.bearer else mine
