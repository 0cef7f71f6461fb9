"""Who: people who sign in, the accounts that own everything, and the shops they come through."""

from accounts.models.access import AccessToken, BetaEntry, Bucket, SpentProof
from accounts.models.people import Account, User, UserManager
from accounts.models.shops import Shop
from accounts.models.shoptokens import ShopToken

__all__ = ["AccessToken", "Account", "BetaEntry", "Bucket", "Shop", "ShopToken", "SpentProof", "User", "UserManager"]
