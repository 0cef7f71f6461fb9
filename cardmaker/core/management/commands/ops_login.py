"""`manage.py ops_login`: the log-in of the demo's ops person. In production `createsuperuser` asks for a password."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Make sure that the ops account has the password kept in CARDMAKER_HOME/ops-password, and print both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="print nothing")

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This password is for demonstrations. In production use createsuperuser.")
        password = kept_password(settings.HOME / "ops-password")
        ensure_ops(settings.OPS_EMAIL, password)
        if not options["quiet"]:
            self.stdout.write(f"{settings.OPS_EMAIL} {password}")


def kept_password(path: Path) -> str:
    """The password in this file, made and written for our eyes only when there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(9) + "\n")
    return path.read_text().strip()


def ensure_ops(email: str, password: str) -> None:
    """An active superuser with this password, whatever was there before."""
    user, _ = get_user_model()._default_manager.get_or_create(email=email)
    if user.check_password(password) and user.is_active and user.is_superuser and user.is_staff:
        return
    user.is_staff = user.is_superuser = user.is_active = True
    user.set_password(password)
    user.save(update_fields=["is_staff", "is_superuser", "is_active", "password"])
