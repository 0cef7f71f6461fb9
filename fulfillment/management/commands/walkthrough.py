"""`manage.py walkthrough card`: a card from a sentence to a shipped print, over HTTP only, against a running server."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fulfillment.walkthrough import tampering, walk
from fulfillment.walkthrough.outside import find_sandbox
from fulfillment.walkthrough.report import Story
from fulfillment.walkthrough.web import Deadline, WalkFailed


class Command(BaseCommand):
    help = "Be shopper, buyer, ops and supplier of one card. The last line is JSON; it fails when anything differs."
    requires_system_checks: list[str] = []  # it only talks to a server

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=["card"], help="what to make")
        parser.add_argument("--prompt", default=walk.PROMPT)
        parser.add_argument("--base-url", default=settings.PUBLIC_URL, help="the running server")
        parser.add_argument("--sandbox-url", default="", help="default: where the server's /sandbox/ leads")
        parser.add_argument("--ops-email", default=settings.OPS_EMAIL)
        parser.add_argument("--ops-password", default="", help="default: what is in CARDMAKER_HOME/ops-password")
        parser.add_argument("--json", action="store_true", help="nothing but the last line on stdout")
        parser.add_argument("--tamper", choices=tampering.KINDS, default="", help="do harm; it must end held")
        parser.add_argument("--timeout", type=float, default=180.0, help="seconds for all of it")

    def handle(self, **options: Any) -> None:
        output = self.stderr if options["json"] else self.stdout
        story = Story(lambda line: output.write(line, lambda text: text) or output.flush())
        try:
            deadline = Deadline(options["timeout"])
            walking = walk.Walk(
                _places(options), story, deadline, prompt=options["prompt"], tamper=options["tamper"] or ""
            )
            outcome = walking.run()
        except WalkFailed as failure:
            raise CommandError(f"✗ {failure}") from failure
        self.stdout.write(outcome.as_json())


def _places(options: dict[str, Any]) -> walk.Places:
    """Raises WalkFailed when the ops password is nowhere to be found."""
    return walk.Places(
        base_url=options["base_url"].rstrip("/"),
        sandbox_url=options["sandbox_url"].rstrip("/") or find_sandbox(options["base_url"]),
        recipe_id=settings.GOOTEN_RECIPE_ID,
        ops_email=options["ops_email"],
        ops_password=options["ops_password"] or _kept_password(settings.HOME / "ops-password"),
        files=settings.HOME / "files",
    )


def _kept_password(path: Path) -> str:
    if not path.is_file():
        raise WalkFailed(f"There is no {path}. Name the server's CARDMAKER_HOME, or give --ops-password.")
    return path.read_text().strip()
