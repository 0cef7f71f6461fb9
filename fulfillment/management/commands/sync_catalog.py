"""Compare our catalog with the suppliers' and take over what changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fulfillment import catalog
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
        self.stdout.write(f"{len(found)} differences{' (nothing written)' if options['dry_run'] else ''}.")
