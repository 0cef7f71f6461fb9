"""Compare our catalog with the suppliers', take over what changed, and read what delivery costs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.models import Shop
from cardmaker.core.errors import Refused, Unavailable
from fulfillment.merchants.shops import shopify_of
from fulfillment.sales import catalog, rates
from fulfillment.suppliers.registry import SUPPLIERS, supplier


class Command(BaseCommand):
    help = "Read the suppliers' catalogs, report what differs from ours, and take it over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only report.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for name in sorted(SUPPLIERS):
            found += catalog.sync(supplier(name), at=timezone.now(), write=not options["dry_run"])
        for drift in found:
            self.stdout.write(f"{drift.item}: {drift.what}")
        if not options["dry_run"]:
            self._read_rates()
        self.stdout.write(f"{len(found)} differences{' (nothing written)' if options['dry_run'] else ''}.")

    def _read_rates(self) -> None:
        """What delivery costs, by the shops and by the suppliers; what cannot be read now is read by the next round."""
        at = timezone.now()
        for shop in Shop.objects.filter(active=True).exclude(domain="").order_by("pk"):
            self._read(shop.name, partial(rates.read_delivery, shop, shopify=shopify_of(shop), at=at))
        for item in rates.sold_items():
            self._read(item.sku, partial(rates.read_quotes, item, supplier=supplier(item.supplier), at=at))

    def _read(self, whose: str, read: Callable[[], int]) -> None:
        try:
            self.stdout.write(f"{whose}: {read()} rates")
        except (Refused, Unavailable) as failure:
            self.stderr.write(f"{whose}: {failure}")
