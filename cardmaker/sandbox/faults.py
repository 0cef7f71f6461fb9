"""Fault switches: what they are, and the gate every call to a stand-in passes."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from cardmaker.sandbox.models import ApiCall, Fault

CALLS_KEPT = 5_000


@dataclass(frozen=True)
class Kind:
    title: str
    value: float  # the default
    unit: str = ""  # what `value` counts; blank when it means nothing


KINDS: dict[str, Kind] = {
    "timeout_before": Kind("Time-out, nothing stored", 30, "s"),
    "timeout_after": Kind("Time-out after storing", 30, "s"),
    "http_429": Kind("429 Too many requests", 1, "s to wait"),
    "http_500": Kind("500, nothing stored", 0),
    "http_500_after": Kind("500 after storing", 0),
    "slow": Kind("Slow answers", 1500, "ms"),
    "throttled": Kind("Shopify: THROTTLED", 0),
    "shopify_small_bucket": Kind("Shopify: hardly any points left", 60, "points"),
    "shopify_withheld": Kind("Shopify: who and where withheld", 0),
    "shopify_other_version": Kind("Shopify: another API version answers", 0),
    "late_routing": Kind("Shopify: late fulfillment order", 10, "s"),
    "webhooks_duplicate": Kind("Webhooks: duplicates", 2, "more"),
    "webhooks_shuffle": Kind("Webhooks: shuffled", 3, "s window"),
    "webhooks_delay": Kind("Webhooks: delayed", 10, "s"),
    "webhooks_lost": Kind("Webhooks: lost", 0),
    "webhooks_wrong_signature": Kind("Webhooks: wrong signature", 0),
    "gooten_400": Kind("Gooten: errors as HTTP 400", 0),
    "gooten_duplicate_tells_id": Kind("Gooten: duplicate refusal names the order", 0),
    "gooten_old_spelling": Kind("Gooten: SouceId, Canceled", 0),
    "gooten_plain_images": Kind("Gooten: images without sizes", 0),
    "gooten_manual_approval": Kind("Gooten: new orders wait for approval", 0),
    "pictures_moderated_prompt": Kind("Words are refused", 0),
    "pictures_moderated_input_image": Kind("A picture sent along is refused", 0),
    "pictures_moderated_output": Kind("The picture that came out is withheld", 0),
    "pictures_no_image": Kind("An answer without a picture", 0),
    "pictures_partial": Kind("Half of the pictures are missing", 0),
    "pictures_corrupt": Kind("Damaged pictures", 0),
    "pictures_huge": Kind("An answer too large to be taken", 0),
    "pictures_eol": Kind("The model is no more", 0),
    "pictures_quota": Kind("Credit used up", 0),
    "pictures_auth": Kind("Key refused", 0),
    "pictures_rate_limited": Kind("Throttled, without saying for how long", 0),
    "pictures_server_error": Kind("An error in the provider's own words", 0),
    "pictures_failed": Kind("A call that fails while it runs", 0),
    "pictures_bad_json": Kind("Text that fits no schema at first", 0),
    "pictures_never_json": Kind("Text that never fits its schema", 0),
    "printify_8502": Kind("Printify: first sending fails with 8502", 1, "probability"),
    "printify_accept_duplicates": Kind("Printify: external_id need not be unique", 0),
    "printify_late_mockups": Kind("Printify: late mock-ups", 10, "s"),
    "printify_no_payment": Kind("Printify: payment not received", 0),
    "printify_rate_limit": Kind("Printify: fewer calls a minute", 20, "calls"),
    "printify_rich_images": Kind("Printify: print areas repeat the uploads", 0),
    "printify_unknown_status": Kind("Printify: a status nobody knows", 0),
}


def take(kind: str, service: str, operation: str = "") -> Fault | None:
    """The switch that applies here, counted down by one; None when there is none."""
    for fault in Fault.objects.filter(
        Q(service="") | Q(service=service), Q(times=None) | Q(times__gt=0), kind=kind
    ).order_by("pk"):
        if fault.operation.lower() not in operation.lower():
            continue
        # Two calls at once must not both take the last one: the WHERE decides.
        left = Fault.objects.filter(Q(times=None) | Q(times__gt=0), pk=fault.pk)
        if left.update(times=F("times") - 1, hits=F("hits") + 1):
            return fault
    return None


def gate(request: HttpRequest, service: str, operation: str, handle: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer one call: `handle`, unless a switch answers in its place or spoils the answer."""
    slow = take("slow", service, operation)
    if slow:
        time.sleep(slow.value / 1000)
    response, fault, hang_s = _before(service, operation)
    if response is None:
        response = handle()
        response, fault, hang_s = _after(service, operation, response)
    _note(service, operation, response.status_code, fault or ("slow" if slow else ""))
    if hang_s:
        time.sleep(hang_s)
    return response


def _before(service: str, operation: str) -> tuple[HttpResponse | None, str, float]:
    if fault := take("timeout_before", service, operation):
        return HttpResponse("Gateway time-out", status=504), fault.kind, fault.value
    if fault := take("http_429", service, operation):
        headers = {"Retry-After": str(int(fault.value))}
        return JsonResponse({"errors": "Too many requests"}, status=429, headers=headers), fault.kind, 0
    if fault := take("http_500", service, operation):
        return HttpResponse("Internal server error", status=500), fault.kind, 0
    return None, "", 0


def _after(service: str, operation: str, response: HttpResponse) -> tuple[HttpResponse, str, float]:
    if fault := take("timeout_after", service, operation):
        return HttpResponse("Gateway time-out", status=504), fault.kind, fault.value
    if fault := take("http_500_after", service, operation):
        return HttpResponse("Internal server error", status=500), fault.kind, 0
    return response, "", 0


def _note(service: str, operation: str, status_code: int, fault: str) -> None:
    call = ApiCall.objects.create(
        service=service, operation=operation[:120], status_code=status_code, fault=fault, at=timezone.now()
    )
    if call.pk % 500 == 0:
        ApiCall.objects.filter(pk__lt=call.pk - CALLS_KEPT).delete()
