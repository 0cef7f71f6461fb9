"""Fill a fresh database with what a shop needs on its first day: formats, styles, prices, limits, catalog."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Shop
from billing.models import Guardrails, Price
from cardmaker.core.jobs import enqueue
from designs.models import Format, StyleTemplate
from designs.sample_files import DRAW
from fulfillment.models import Route, SupplierItem

# Each is loaded only while its table is empty: what ops changed later is theirs.
FIXTURES = {
    "formats": Format,
    "styles": StyleTemplate,
    "guardrails": Guardrails,
    "prices": Price,
    "catalog": SupplierItem,
    "routes": Route,
}


class Command(BaseCommand):
    help = "Load the reference data. Safe to repeat. Not for production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo data is not for production: load the fixtures that you want by name.")
        for name, model in FIXTURES.items():
            if not model._default_manager.exists():
                call_command("loaddata", name, verbosity=0)
        Shop.objects.house()
        enqueue(DRAW)
        self.stdout.write("Ready.")
