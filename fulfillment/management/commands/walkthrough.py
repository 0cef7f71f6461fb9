"""`manage.py walkthrough card` or `calendar`: a sentence becomes a shipped print, over HTTP only, on a live server."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fulfillment.walkthrough import calendar_walk, roads, tampering, walk
from fulfillment.walkthrough.outside import find_sandbox
from fulfillment.walkthrough.report import Story
from fulfillment.walkthrough.web import Deadline, WalkFailed


class Command(BaseCommand):
    help = "Be shopper, buyer, ops and supplier of one piece. The last line is JSON; it fails when anything differs."
    requires_system_checks: list[str] = []  # it only talks to a server

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=["card", "calendar"], help="what to make")
        parser.add_argument("--prompt", default="", help="what the card shows, or the calendar's story in one sentence")
        parser.add_argument("--photos", type=Path, help="calendar: a directory of photos; default: pictures of its own")
        parser.add_argument("--base-url", default=settings.PUBLIC_URL, help="the running server")
        parser.add_argument("--sandbox-url", default="", help="default: where the server's /sandbox/ leads")
        parser.add_argument("--ops-email", default=settings.OPS_EMAIL)
        parser.add_argument("--ops-password", default="", help="default: what is in CARDMAKER_HOME/ops-password")
        parser.add_argument("--json", action="store_true", help="nothing but the last line on stdout")
        parser.add_argument("--tamper", choices=tampering.KINDS, default="", help="do harm; it must end held")
        parser.add_argument("--via", choices=roads.ROADS, default="pages", help="where the studio is met: whose page")
        parser.add_argument("--timeout", type=float, default=300.0, help="seconds for all of it")

    def handle(self, **options: Any) -> None:
        output = self.stderr if options["json"] else self.stdout
        story = Story(lambda line: output.write(line, lambda text: text) or output.flush())
        try:
            outcome = _walk(options, story).run()
        except WalkFailed as failure:
            raise CommandError(f"✗ {failure}") from failure
        self.stdout.write(outcome.as_json())


def _walk(options: dict[str, Any], story: Story) -> walk.Walk:
    """Raises WalkFailed when there is no such server, or not enough photos."""
    places, deadline, tamper = _places(options), Deadline(options["timeout"]), options["tamper"] or ""
    how = {"tamper": tamper, "via": options["via"]}
    if options["kind"] == "card":
        return walk.Walk(places, story, deadline, prompt=options["prompt"] or walk.PROMPT, **how)
    sentence = options["prompt"] or calendar_walk.SENTENCE
    return calendar_walk.CalendarWalk(places, story, deadline, prompt=sentence, photos=options["photos"], **how)


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
