"""Fill a fresh database with what a shop needs on its first day: formats, styles, prices, limits, catalog, an ops login."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Shop, User
from billing.models import Guardrails, Price
from designs.models import Format, StyleTemplate
from fulfillment.models import SupplierItem

# Each is loaded only while its table is empty: what ops changed later is theirs.
FIXTURES = {"formats": Format, "styles": StyleTemplate, "guardrails": Guardrails, "prices": Price, "catalog": SupplierItem}
OPS_EMAIL = "ops@example.com"


class Command(BaseCommand):
    help = "Load the reference data and make the ops login. Safe to repeat. Not for production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo data is not for production: load the fixtures that you want by name.")
        for name, model in FIXTURES.items():
            if not model._default_manager.exists():
                call_command("loaddata", name, verbosity=0)
        Shop.objects.house()
        self._ops_login(settings.HOME / "ops-password")
        self.stdout.write(f"Ready. Ops log in as {OPS_EMAIL}; the password is in {settings.HOME / 'ops-password'}.")

    def _ops_login(self, kept: Path) -> None:
        """One superuser whose password lies beside the database, readable by its owner only."""
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(12))
        user = User.objects.filter(email=OPS_EMAIL).first()
        if user is None:
            user = User.objects.create_superuser(OPS_EMAIL)
        if not user.check_password(kept.read_text()):
            user.set_password(kept.read_text())
            user.save(update_fields=["password"])
