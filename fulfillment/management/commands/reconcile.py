"""Find again what webhooks lost: read changed orders from every shop and every open job from its supplier."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.models import Shop
from cardmaker.core.errors import Refused, Unavailable
from fulfillment.merchants.shops import shopify_of
from fulfillment.orders import reconciling


class Command(BaseCommand):
    help = "Queue a fresh reading of every order that its shop changed lately, and of every open print job."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hours", type=float, default=26, help="How far back to look; windows should overlap.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        since, orders = now - timedelta(hours=options["hours"]), 0
        for shop in Shop.objects.filter(active=True).order_by("pk"):
            try:
                orders += reconciling.reconcile_shop(shop, shopify_of(shop), since=since, at=now)
            except (Refused, Unavailable) as failure:
                self.stderr.write(f"{shop}: {failure}")
        jobs = reconciling.queue_open_jobs(at=now)
        self.stdout.write(f"Queued {orders} orders and {jobs} print jobs for a fresh reading.")
