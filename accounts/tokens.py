"""Bearer tokens: signed text that names a token row, its account and its shop, so that reading it needs no query."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Exists, QuerySet
from django.http import HttpRequest

from accounts.models import AccessToken, Account, Shop
from cardmaker.core.errors import Refused

GUEST_TOKEN_LIFE = timedelta(days=30)
# A person can always get a new one from the session; a stolen one should not last.
PERSON_TOKEN_LIFE = timedelta(hours=12)
SIGNER = Signer(salt="accounts.tokens")


class TokenRefused(Refused):
    """The bearer token is altered, expired or revoked."""

    code = "not_authenticated"
    auth_header = "Bearer"

    def __init__(self) -> None:
        super().__init__("This access token is not valid any more. Get a new one from POST /api/v1/session/.")


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a token's text says. Believed only as far as `live_token` finds the row in the caller's query."""

    token_id: UUID
    account_id: UUID
    shop_id: UUID
    digest: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Check the signature without a query. Raises TokenRefused."""
        try:
            token_id, account_id, shop_id = (UUID(part) for part in SIGNER.unsign(text).split("."))
        except (BadSignature, ValueError) as exc:
            raise TokenRefused from exc
        return cls(token_id, account_id, shop_id, digest_of(text))

    def rows(self, *, at: datetime) -> QuerySet[AccessToken]:
        """The token's own row, unless it is dead."""
        named = {"pk": self.token_id, "digest": self.digest, "account_id": self.account_id, "shop_id": self.shop_id}
        return AccessToken.objects.live(at=at).filter(**named)


def live_token(claims: TokenClaims, *, at: datetime) -> Exists:
    """A filter for the caller's own query: no row comes back once the token is dead."""
    return Exists(claims.rows(at=at))


def issue(account: Account, shop: Shop, *, at: datetime) -> tuple[str, AccessToken]:
    """A new token for `account` in `shop`. Its text is told once and not kept.

    Raises TokenRefused when the account became somebody's while it was asked for: a guest's request must not be
    answered with a key to a person's things, nor one that outlives the log-in which ends all of a guest's tokens.
    """
    with transaction.atomic():
        today = Account.objects.select_for_update().get(pk=account.pk)
        if (today.kind, today.merged_into_id, today.erased_at) != (account.kind, account.merged_into_id, None):
            raise TokenRefused
        return _issue(account, shop, at=at)


def bearer_text(request: HttpRequest) -> str | None:
    """The token in the Authorization header, or None when the request carries no bearer token."""
    scheme, _, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else None


def token_of(text: str, *, at: datetime) -> AccessToken:
    """The live token with its account and shop. One query. Raises TokenRefused."""
    token = TokenClaims.read(text).rows(at=at).select_related("account", "shop").first()
    if token is None:
        raise TokenRefused
    return token


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _issue(account: Account, shop: Shop, *, at: datetime) -> tuple[str, AccessToken]:
    life = GUEST_TOKEN_LIFE if account.kind == Account.Kind.GUEST else PERSON_TOKEN_LIFE
    token = AccessToken(account=account, shop=shop, expires_at=at + life)
    text = SIGNER.sign(f"{token.pk.hex}.{account.pk.hex}.{shop.pk.hex}")
    token.digest = digest_of(text)
    token.save(force_insert=True)
    return text, token
