"""Remove what is kept no longer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from fulfillment import retention


class Command(BaseCommand):
    help = "Remove print files, deliveries and addresses that have outlived their use."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in retention.purge(at=timezone.now()).items():
            self.stdout.write(f"{count} {what}")
