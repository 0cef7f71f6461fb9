"""Tell Printify where to send its news, and show that the token and the shop are right."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from fulfillment.suppliers.base import SupplierRejected, SupplierUnavailable
from fulfillment.suppliers.printify import Printify
from fulfillment.suppliers.printify_words import TOPICS
from fulfillment.suppliers.registry import supplier


class Command(BaseCommand):
    help = "Register our webhooks at Printify. Safe to repeat; registrations of other addresses are left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--renew", action="store_true", help="Register ours anew: after a change of the secret.")

    def handle(self, *args: Any, **options: Any) -> None:
        printify = supplier("printify")
        assert isinstance(printify, Printify)
        try:
            made, removed = connect(printify, renew=options["renew"])
        except (SupplierRejected, SupplierUnavailable) as failure:
            raise CommandError(f"Printify: {failure}") from failure
        self.stdout.write(f"{made} webhooks registered, {removed} removed, {len(TOPICS)} topics in all.")


def connect(printify: Printify, *, renew: bool) -> tuple[int, int]:
    """Register each topic once at our address; how many were made and removed."""
    address = settings.PUBLIC_URL + reverse("webhook-printify")
    host = urlsplit(address).netloc
    ours = [hook for hook in printify.webhooks() if urlsplit(str(hook.get("url"))).netloc == host]
    there: set[str] = set()
    removed = 0
    for hook in ours:
        topic = str(hook.get("topic"))
        if renew or hook.get("url") != address or topic not in TOPICS or topic in there:
            printify.remove_webhook(str(hook["id"]), host)
            removed += 1
        else:
            there.add(topic)
    missing = [topic for topic in TOPICS if topic not in there]
    for topic in missing:
        printify.register_webhook(topic, address, settings.PRINTIFY_WEBHOOK_SECRET)
    return len(missing), removed
