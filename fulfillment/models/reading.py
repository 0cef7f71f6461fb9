"""How far a shop was read, and what reading it costs."""

from django.db import models

from accounts.models import Shop


class OrderCursor(models.Model):
    """Every order that this shop changed before `read_until` was heard of."""

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, primary_key=True, related_name="order_cursor")
    read_until = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    found = models.PositiveIntegerField(default=0, help_text="Orders that only the last reading found.")
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.shop_id} until {self.read_until:%Y-%m-%d %H:%M}"


class ShopPoints(models.Model):
    """A shop's bucket of points at Shopify when it ran low: all processes spend from the same one."""

    domain = models.CharField(max_length=255, primary_key=True)
    available = models.FloatField()
    most = models.FloatField()
    restore_per_s = models.FloatField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.domain}: {self.available:.0f} of {self.most:.0f}"
