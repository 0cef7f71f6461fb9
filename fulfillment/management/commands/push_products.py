"""Push to the shops what is not there yet: listings whose push never finished."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from cardmaker.core.errors import Refused, Unavailable
from fulfillment.merchants.shops import shopify_of
from fulfillment.models import Listing
from fulfillment.sales import selling


class Command(BaseCommand):
    help = "Push every pending listing to its shop. Safe to repeat: a push is an upsert by handle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=200, help="At most so many.")

    def handle(self, *args: Any, **options: Any) -> None:
        pending = Listing.objects.filter(state=Listing.State.PENDING).select_related(
            "product__shop", "product__proof__format", "shop", "format"
        )
        done = 0
        for listing in list(pending.order_by("created_at")[: options["limit"]]):
            try:
                selling.push(listing, shopify=shopify_of(listing.seller), at=timezone.now())
                done += 1
            except (Refused, Unavailable) as failure:
                self.stderr.write(f"{listing.handle}: {failure}")
        self.stdout.write(f"Pushed {done} products.")
