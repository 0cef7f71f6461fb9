"""What opens a shop's Admin API to us."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction

from accounts.models.shops import Shop
from cardmaker.core.sealing import SealedTextField

AHEAD = timedelta(minutes=5)  # renewed this long before its end, while the old one still serves
# Longer than any answer of Shopify can take. A renewal that was claimed before that belongs to a worker that died.
LEASE = timedelta(seconds=90)


class ShopToken(models.Model):
    """An access token of an hour, and the token that renews it. Gone with the app's uninstalling.

    Renewing calls Shopify, so it holds no lock: it is claimed first, and stored only under the same claim.
    """

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="shopify_token")
    access_token = SealedTextField()
    expires_at = models.DateTimeField()
    refresh_token = SealedTextField()
    refresh_expires_at = models.DateTimeField()
    renewed_at = models.DateTimeField()
    renewal = models.UUIDField(null=True, editable=False, help_text="The renewal under way.")
    renewal_until = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, help_text="Shopify renews it no more: the merchant opens the app.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="renewal_has_an_end",
                condition=models.Q(renewal=None, renewal_until=None)
                | models.Q(renewal__isnull=False, renewal_until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"token of {self.shop_id}"

    def serves(self, *, at: datetime, seen: str = "", ahead: timedelta = AHEAD) -> bool:
        """Whether it is good for a while yet, and another one than `seen`, which was refused."""
        return self.access_token != seen and self.expires_at - ahead > at

    @classmethod
    def claim(cls, shop_id: UUID, *, seen: str, at: datetime) -> "ShopToken":
        """The row, with `renewal` set by us if it is ours to renew now. Of many at once one claims it.

        `claimed_here` says which. Raises DoesNotExist.
        """
        with transaction.atomic():
            token = cls.objects.select_for_update().get(shop=shop_id)
            under_way = token.renewal_until is not None and token.renewal_until > at
            token.claimed_here = not (under_way or token.refused_at or token.serves(at=at, seen=seen))
            if token.claimed_here:
                token.renewal, token.renewal_until = uuid4(), at + LEASE
                token.save(update_fields=["renewal", "renewal_until"])
        return token

    claimed_here = False

    def end_renewal(self, **fields: Any) -> bool:
        """Store what came of our renewal. False: it is not ours any more, and nothing was stored."""
        mine = ShopToken.objects.filter(pk=self.pk, renewal=self.renewal)
        return mine.update(renewal=None, renewal_until=None, **fields) == 1
