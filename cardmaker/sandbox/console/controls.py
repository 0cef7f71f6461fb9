"""The buttons: every one is a POST that takes a form or JSON and answers the page again or JSON."""

import shutil

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cardmaker.sandbox import outbox
from cardmaker.sandbox.faults import KINDS
from cardmaker.sandbox.gooten import machine
from cardmaker.sandbox.models import (
    ApiCall,
    Cart,
    Clock,
    Fault,
    Generation,
    GootenItem,
    GootenOrder,
    Installation,
    Order,
    Product,
    Webhook,
)
from cardmaker.sandbox.printify import events as printify_events
from cardmaker.sandbox.shopify import api, staff
from cardmaker.sandbox.shopify.checkout import again, order_summary, texts

from . import printify
from .asking import Answer, Given, Unusable, control, truth
from .state import fault_state, gooten_state


@require_http_methods(["GET", "POST", "DELETE"])
def faults_switch(request: HttpRequest) -> HttpResponse:
    """GET: what is on and what there is. POST {kind, service?, operation?, times?, value?, on?}. DELETE: all off."""
    if request.method == "GET":
        kinds = {code: {"title": kind.title, "value": kind.value, "unit": kind.unit} for code, kind in KINDS.items()}
        return JsonResponse({"faults": fault_state(), "kinds": kinds})
    if request.method == "DELETE":
        Fault.objects.all().delete()
        return JsonResponse({"faults": {}})
    return control(_switch)(request)


def _switch(given: Given) -> Answer:
    if truth(given.get("clear")):
        Fault.objects.all().delete()
        return {"faults": {}}
    kind = str(given.get("kind"))
    if kind not in KINDS:
        raise Unusable(f"There is no fault {kind!r}. There are: {', '.join(KINDS)}")
    place: Given = {
        "kind": kind,
        "service": str(given.get("service") or ""),
        "operation": str(given.get("operation") or ""),
    }
    if not truth(given.get("on", True)):
        Fault.objects.filter(**{name: value for name, value in place.items() if value}).delete()
        return {"faults": fault_state()}
    value, times = given.get("value"), given.get("times")
    try:
        changes = {
            "value": KINDS[kind].value if value in (None, "") else float(str(value)),
            "times": None if times in (None, "") else int(str(times)),
            "hits": 0,
        }
    except ValueError as exc:
        raise Unusable("Value and times are numbers") from exc
    Fault.objects.update_or_create(**place, defaults=changes)
    return {"faults": fault_state()}


@require_POST
@control
def reset(given: Given) -> Answer:
    """Forget everything. Ids are not used again, and nothing of before arrives after the answer."""
    with transaction.atomic():
        for model in (Webhook, ApiCall, Fault, Generation, Cart, Order, Product, GootenOrder, Clock, Installation):
            model._default_manager.all().delete()
        printify.forget()
        printify_events.seed()
    outbox.come_to_rest(outbox.ANSWER_WITHIN_S)
    api.buckets.clear()
    shutil.rmtree(settings.FILES_DIR, ignore_errors=True)
    settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
    return {"reset": True}


@require_POST
@control
def clock(given: Given) -> Answer:
    """{paused}. Without it the clock stops or goes on, whichever it did not."""
    was = Clock.objects.filter(paused=True).exists()
    paused = truth(given["paused"]) if "paused" in given else not was
    Clock.objects.update_or_create(pk=1, defaults={"paused": paused})
    return {"clock": {"paused": paused, "step_s": settings.STEP_S}}


def _gooten_order(reference: str) -> GootenOrder:
    """By Safe Id, source id or number."""
    wanted = Q(safe_id=reference) | Q(source_id=reference)
    return get_object_or_404(GootenOrder.objects.order_by("pk").filter(wanted)[:1])


def _items(order: GootenOrder, given: Given) -> list[GootenItem]:
    items = list(order.items.select_related("order").order_by("pk"))
    if given.get("item"):
        items = [item for item in items if str(item.number) == str(given["item"])]
    if not items:
        raise Unusable("That item is not of this order")
    return items


@require_POST
@control
def advance(given: Given, reference: str) -> Answer:
    """{to?, item?}: one step, or step by step until `to`."""
    order = _gooten_order(reference)
    to = str(given.get("to") or "")
    if to and to not in machine.STEPS:
        raise Unusable(f"Steps are {', '.join(machine.STEPS)}")
    for item in _items(order, given):
        machine.advance(item, to, at=timezone.now())
    return {"order": gooten_state(_gooten_order(reference))}


@require_POST
@control
def advance_all(given: Given) -> Answer:
    """{to?}: the same for every order; Printify's take one step."""
    items = list(GootenItem.objects.select_related("order").order_by("pk"))
    for item in items:
        machine.advance(item, str(given.get("to") or ""), at=timezone.now())
    return {"items": len(items), "printify_orders": printify.advance_all()}


@require_POST
@control
def fail(given: Given, reference: str) -> Answer:
    """{status?, message?, item?}: put items into a status that is a problem or an end."""
    order = _gooten_order(reference)
    status = str(given.get("status") or "ImageIssue")
    if status not in machine.STATUSES:
        raise Unusable(f"{status!r} is no status of an item")
    message = str(given.get("message") or "Set by hand in the sandbox")
    for item in _items(order, given):
        machine.force(item, status, at=timezone.now(), issue=message)
    return {"order": gooten_state(_gooten_order(reference))}


@require_POST
@control
def staff_action(given: Given, reference: str, action: str) -> Answer:
    """One of staff.ACTIONS on an order, named by its number (of the gid) or its name without #."""
    if action == "again":
        return {"order": order_summary(again(_shopify_order(reference), given, at=timezone.now()))}
    if action not in staff.ACTIONS:
        raise Http404
    if "properties" in given:
        given["properties"] = texts(given["properties"])
    order = _shopify_order(reference)
    staff.act(order, action, given, at=timezone.now())
    order.refresh_from_db()
    return {"order": order_summary(order)}


def _shopify_order(reference: str) -> Order:
    if reference.isdecimal() and int(reference) < Order.BASE:
        return get_object_or_404(Order.objects.filter(order_number=int(reference)).order_by("-pk")[:1])
    return get_object_or_404(Order, pk=Order.key_of(reference))


@require_GET
def delivery(request: HttpRequest, key: int) -> JsonResponse:
    """A webhook ready to be sent by someone else: {url, headers, body}. Load tests deliver it as often as they like."""
    webhook = get_object_or_404(Webhook, pk=key)
    return JsonResponse({"url": webhook.url, "headers": outbox.headers(webhook), "body": webhook.body})


@require_POST
@control
def replay_webhook(given: Given, key: int) -> Answer:
    outbox.replay(get_object_or_404(Webhook, pk=key), at=timezone.now())
    return {"replayed": key}


@require_POST
@control
def flush_webhooks(given: Given) -> Answer:
    """Send at once what waits, delays and pauses notwithstanding."""
    count = Webhook.objects.filter(state=Webhook.State.QUEUED).update(due_at=timezone.now())
    return {"flushed": count}
