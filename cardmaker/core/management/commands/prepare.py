"""`manage.py prepare`: what must stand before `make run` can serve. One process, because starting one costs seconds."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring tables up to date, load the demo, make the ops log-in. Safe to repeat; not for production."
    requires_system_checks: list[str] = []  # `make check` asks them; a start should be quick

    def handle(self, **options: Any) -> None:
        # Alone and first: a second process that switches a fresh SQLite file to WAL at the same time fails.
        call_command("migrate", verbosity=0, interactive=False)
        if "demo" in get_commands():
            call_command("demo", verbosity=0)
        call_command("ops_login", quiet=True)
