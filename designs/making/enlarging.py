"""Masters larger than their model draws: a second paid Call enlarges what the first one brought.

The picture keeps what its model made beside what it was enlarged to, and print resolution is computed from the first:
an enlarged picture looks better on paper, but is never called sharper than it is. Without a service that enlarges, the
page is filled when it is composed, by one Lanczos resampling to the very pixels that are printed.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F

from designs.making import routing
from designs.making.planning import PlannedCall, Wish, outline
from designs.models import Call, Image
from designs.providers import registry
from designs.providers.base import ProviderRejected

WORTH = 1.25  # below that Lanczos does as well, and costs nothing
TASK = "upscale"


def with_enlargements(planned: list[PlannedCall], wishes: list[Wish], kind: str, *, at: datetime) -> list[PlannedCall]:
    """The calls of a Run, and behind them one for each picture that paper wants larger than its model draws it."""
    wanted = {wish.position: wish.print_px for wish in wishes if wish.print_px}
    if not wanted or settings.IMAGE_PROVIDER in registry.PROVIDERS:
        return planned
    small = [
        (number, call)
        for number, call in enumerate(planned)
        if _longest(call) * WORTH < wanted.get(call.position, 0) and not call.offer.provider.capabilities.own_parents
    ]
    if not small:
        return planned
    lineup = routing.lineup(kind, TASK, at=at)
    if not lineup.offers["final"]:
        return planned
    enlarged = []
    for number, call in small:
        request = _request(number, call, wanted[call.position])
        try:
            share_micros = lineup.estimate(outline(request))
        except ProviderRejected:
            continue
        enlarged.append(PlannedCall(call.position, request, share_micros, lineup.first("final")))
    return [*planned, *enlarged]


def is_enlargement(call: Call) -> bool:
    return bool(call.request.get("task") == TASK)


def may_begin(call: Call) -> bool:
    """Whether what it enlarges is there, or will never come. One query."""
    drawn = Call.objects.filter(run=call.run_id, number=call.request["of"])
    return drawn.filter(outcome__in=Call.ENDED).exists()


def picture_for(call: Call) -> Image:
    """What it enlarges. Raises ProviderRejected when that did not come, or came large enough."""
    image = Image.objects.filter(call__run=call.run_id, call__number=call.request["of"]).order_by("number").first()
    if image is None:
        raise ProviderRejected("invalid_request", "There is no picture to enlarge.")
    if max(image.width_px, image.height_px) * WORTH >= max(call.request["width_px"], call.request["height_px"]):
        raise ProviderRejected("invalid_request", "The picture is large enough already.")
    return image


def put_in_place(call: Call, made: list[Image]) -> None:
    """Give the picture its larger file, in the transaction that pays for it."""
    drawn = Image.objects.filter(call__run=call.run_id, call__number=call.request["of"]).order_by("number").first()
    if drawn is None or not made or made[0].width_px < drawn.width_px or made[0].height_px < drawn.height_px:
        return
    large = made[0]
    Image.objects.filter(pk=drawn.pk).update(
        file=large.file,
        sha256=large.sha256,
        width_px=large.width_px,
        height_px=large.height_px,
        cost_micros=F("cost_micros") + large.cost_micros,
        recipe={**drawn.recipe, "enlarged_by": f"{large.provider} {large.model}"},
    )


def files_of(call: Call) -> set[str]:
    """The master that a larger one takes the place of."""
    drawn = Image.objects.filter(call__run=call.run_id, call__number=call.request["of"])
    return set(drawn.values_list("file", flat=True))


def _longest(call: PlannedCall) -> int:
    return int(max(call.request["width_px"], call.request["height_px"]))


def _request(number: int, call: PlannedCall, print_px: int) -> dict[str, Any]:
    scale = print_px / _longest(call)
    return {
        **call.request,
        "task": TASK,
        "of": number,
        "base": f"of:{number}",
        "base_provider": "",
        "width_px": round(call.request["width_px"] * scale),
        "height_px": round(call.request["height_px"] * scale),
        "tier": "final",
        "count": 1,
        "instruction": "",
        "photos": [],
    }
