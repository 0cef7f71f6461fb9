"""Find again what webhooks lost: read changed orders from every shop and every open job from its supplier."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fulfillment import reconciling


class Command(BaseCommand):
    help = "Queue a fresh reading of every order that its shop changed lately, and of every open print job."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hours", type=float, default=26, help="How far back to look; windows should overlap.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        orders, jobs = reconciling.reconcile(since=now - timedelta(hours=options["hours"]), at=now)
        self.stdout.write(f"Queued {orders} orders and {jobs} print jobs for a fresh reading.")
