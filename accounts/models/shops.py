"""Shops: the tenants."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from accounts.models.people import Account
from accounts.zones import valid_zone
from cardmaker.core.models import PublicRow

MOST_BRANDS = 30
BRAND_LENGTHS = (2, 60)  # characters of one


def valid_brands(value: Any) -> None:
    """Raises ValidationError unless these are a few short names."""
    shortest, longest = BRAND_LENGTHS
    is_list = isinstance(value, list) and len(value) <= MOST_BRANDS
    if not is_list or not all(isinstance(name, str) and shortest <= len(name.strip()) <= longest for name in value):
        raise ValidationError(f"At most {MOST_BRANDS} names of {shortest} to {longest} characters each.")


class ShopManager(models.Manager["Shop"]):
    def house(self) -> "Shop":
        """The shop behind our own pages. Its domain comes from the settings, which win over the row."""
        shop = self.filter(code=Shop.HOUSE_CODE).first() or self._open_house()
        if shop.domain != settings.HOUSE_SHOP_DOMAIN:
            shop.domain = settings.HOUSE_SHOP_DOMAIN
            shop.save(update_fields=["domain"])
        return shop

    def _open_house(self) -> "Shop":
        fields = {"kind": Shop.Kind.HOUSE, "name": "Cardmaker", "domain": settings.HOUSE_SHOP_DOMAIN}
        with transaction.atomic():
            shop, _ = self.get_or_create(code=Shop.HOUSE_CODE, defaults=fields)
            if shop.account is None:
                shop.account = Account.objects.create(kind=Account.Kind.SHOP)
                shop.save(update_fields=["account"])
        return shop


class Shop(PublicRow):
    """The tenant somebody comes through. Design, Run, Hold, LedgerEntry, Product and Order carry it."""

    HOUSE_CODE = "house"

    class Kind(models.TextChoices):
        SHOPIFY = "shopify"
        HOUSE = "house"

    class Strategy(models.TextChoices):
        PER_DESIGN = "product_per_design", "One product per design"
        PER_FORMAT = "product_per_format", "One product per format"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    domain = models.CharField(max_length=255, unique=True, help_text="The myshopify.com domain.")
    currency = models.CharField(max_length=3, default="USD")
    zone = models.CharField(max_length=64, default="UTC", validators=[valid_zone])
    country = models.CharField(max_length=2, default="US")
    account = models.OneToOneField(Account, null=True, blank=True, on_delete=models.PROTECT)
    shopify_id = models.CharField(max_length=40, blank=True, help_text="Shopify's number of the shop.")
    scopes = models.JSONField(default=list, blank=True, help_text="What the merchant allows the app.")
    installed_at = models.DateTimeField(null=True, blank=True, help_text="The last time the app was installed.")
    uninstalled_at = models.DateTimeField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True, help_text="What was personal in it is gone.")
    publication_id = models.CharField(max_length=120, blank=True)
    strategy = models.CharField(max_length=20, choices=Strategy.choices, default=Strategy.PER_DESIGN)
    formats_off = models.JSONField(default=list, blank=True, help_text="Codes of formats that are not sold here.")
    own_brands = models.JSONField(
        default=list,
        blank=True,
        validators=[valid_brands],
        help_text="Brands that pictures of this shop's own goods may name, whatever the list of protected names says.",
    )
    allowed_origins = models.JSONField(default=list, blank=True)
    storefront_url = models.URLField(blank=True)
    active = models.BooleanField(default=True)

    objects = ShopManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="house"), name="one_house_shop"),
        ]

    def __str__(self) -> str:
        return self.code
