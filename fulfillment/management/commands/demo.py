"""What a shop needs on its first day, and after an upgrade: formats, styles, prices, limits, catalog."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Shop
from billing.models import Guardrails, Price, Rung
from cardmaker.core import reference
from cardmaker.core.jobs import enqueue
from designs.models import Format, PrintSpec, StyleTemplate
from designs.sample_files import DRAW
from fulfillment.models import Route, SupplierItem

FIXTURES = ["formats", "styles", "guardrails", "prices", "catalog", "routes"]
# What says that a row is there already: whatever ops changed in it later is theirs.
KEYS = {
    Format: ("code",),
    StyleTemplate: ("code",),
    Guardrails: ("id",),
    Rung: ("kind",),  # a ladder whose steps were moved is not to get the old ones back
    Price: ("shop", "format_code"),
    PrintSpec: ("supplier", "item_code", "digest"),
    SupplierItem: ("supplier", "sku"),
    Route: ("format", "country", "item"),
}


class Command(BaseCommand):
    help = "Add the reference data that is missing. Safe to repeat. Not for production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo data is not for production: load the fixtures that you want by name.")
        reference.add_missing(FIXTURES, KEYS)
        Shop.objects.house()
        enqueue(DRAW)
        self.stdout.write("Ready.")
