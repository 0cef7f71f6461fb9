"""Who: people who sign in, the accounts that own everything, and the shops they come through."""

from accounts.models.access import AccessToken, BetaEntry, GuestIntake
from accounts.models.people import Account, User, UserManager
from accounts.models.shops import Shop

__all__ = ["AccessToken", "Account", "BetaEntry", "GuestIntake", "Shop", "User", "UserManager"]
