"""What a shop needs on its first day, and after an upgrade: formats, styles, prices, limits, catalog."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Shop
from cardmaker.core.jobs import enqueue
from designs.studio.sample_files import DRAW
from fulfillment import reference_rows


class Command(BaseCommand):
    help = "Add the reference data that is missing. Safe to repeat. Not for production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo data is not for production: use add_reference.")
        reference_rows.add()
        _let_in(Shop.objects.house())
        enqueue(DRAW)
        self.stdout.write("Ready.")


def _let_in(house: Shop) -> None:
    """The sandbox's site on another origin, as a merchant lets his own in."""
    site = settings.SANDBOX_URL.replace("//127.0.0.1:", "//localhost:")
    if settings.SANDBOX and site not in house.allowed_origins:
        house.allowed_origins = [*house.allowed_origins, site]
        house.save(update_fields=["allowed_origins"])
