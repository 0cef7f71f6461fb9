"""`manage.py check_provider NAME`: one picture from each model of a provider, with its real keys or its stand-in."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cardmaker.core.money import dollars
from designs.imaging.pictures import UnreadablePicture, size_px
from designs.models import ProviderModel
from designs.providers import registry
from designs.providers.base import (
    Done,
    ImageProvider,
    ImageRequest,
    Parent,
    ProviderRejected,
    ProviderUnavailable,
    Running,
)

PATIENCE_S = 300.0
PROMPT = "a single red maple leaf on a plain light background"


class Command(BaseCommand):
    help = "Draw one picture with each model of this provider, and say what it cost and how long it took. Costs money."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(registry.ADAPTERS))
        parser.add_argument("--model", default="", help="only this model id")
        parser.add_argument("--estimate", action="store_true", help="say what it would cost at most, and draw nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        if not registry.has_keys(name):
            raise CommandError(f"{name} has no key: see .env.example.")
        rows = ProviderModel.objects.filter(provider=name, purpose="image", active=True).order_by("tier", "model_id")
        rows = rows.filter(model_id=options["model"]) if options["model"] else rows
        failed = [not self._check(row, estimate_only=options["estimate"]) for row in rows]
        if not failed:
            raise CommandError(f"There is no such model of {name}. `loaddata providers` brings the usual ones.")
        if any(failed):
            raise CommandError(f"{sum(failed)} of {len(failed)} models did not pass.")

    def _check(self, row: ProviderModel, *, estimate_only: bool) -> bool:
        provider = registry.bound(row.facts())
        request = _request(row, provider)
        at_most = f"at most {dollars(provider.estimate(request))}"
        if estimate_only:
            self.stdout.write(f"{row}: {at_most}")
            return True
        started = time.monotonic()
        try:
            done = _finished(provider, provider.start(request, f"check:{timezone.now():%Y%m%d%H%M%S}"), request)
        except (ProviderRejected, ProviderUnavailable) as exc:
            self.stdout.write(f"{row}: {exc.reason} after {time.monotonic() - started:.1f} s ({exc.message})")
            return False
        wrong = _wrong(done, provider.estimate(request))
        told = ", ".join(f"{output.width_px} × {output.height_px}" for output in done.outputs) or "no picture"
        cost = f"{dollars(done.actual_micros)} ({at_most})"
        self.stdout.write(f"{row}: {told} for {cost} in {time.monotonic() - started:.1f} s{wrong and f'; {wrong}'}")
        return not wrong


def _request(row: ProviderModel, provider: ImageProvider) -> ImageRequest:
    """The smallest picture that this model draws; one that needs a picture to start from gets a plain one."""
    from designs.providers.fake import plain_png

    side_px = min(1024, provider.capabilities.sizes["draft"])
    needs = row.options.get("needs_picture")
    return ImageRequest(
        prompt=PROMPT,
        width_px=side_px,
        height_px=side_px,
        tier="final" if row.tier == "final" else "draft",
        parent=Parent(plain_png(512, 512, b"\xd8\xe4\xf0")) if needs else None,
        instruction="put a red leaf on it" if needs else "",
    )


def _finished(provider: ImageProvider, answer: Running | Done, request: ImageRequest) -> Done:
    until = time.monotonic() + PATIENCE_S
    while isinstance(answer, Running):
        if time.monotonic() > until:
            raise ProviderUnavailable("unknown_outcome", f"still running as {answer.ref}")
        time.sleep(answer.poll_after_s)
        answer = provider.collect(answer.ref, request)
    return answer


def _wrong(done: Done, estimate_micros: int) -> str:
    """What of the contract this answer breaks; "" when nothing."""
    if done.refusals:
        return f"refused: {', '.join(done.refusals)}"
    if done.actual_micros > estimate_micros:
        return "dearer than its price rule says"
    for output in done.outputs:
        try:
            if size_px(output.data) != (output.width_px, output.height_px):
                return "another size than it says"
        except UnreadablePicture:
            return "no picture that can be read"
    return ""
