"""What privacy law makes shops ask of us: a customer's data, a customer erased, the whole shop erased.

Each is a row, answered by a job well before it is due. What belongs to another shop is never touched or told.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import Shop
from cardmaker.core.console import Need
from cardmaker.core.inbox import InboxEvent
from cardmaker.core.jobs import Later, enqueue
from cardmaker.core.sealing import blinds
from fulfillment.lifecycle import order_facts
from fulfillment.merchants import erasing
from fulfillment.models import Order, PrivacyRequest

ANSWER = "fulfillment.answer_privacy"
DUE = timedelta(days=30)  # what Shopify's terms allow
ANSWER_KEPT = timedelta(days=30)  # so long the merchant can fetch what we keep about somebody
SOON = timedelta(hours=6)  # by then its job has answered it, or is stuck
LIST = "admin:fulfillment_privacyrequest_changelist"
AUTOMATIC = "automatic"
GID = "gid://shopify/Order/"
State, Topic = PrivacyRequest.State, PrivacyRequest.Topic


@dataclass(frozen=True, slots=True)
class Told:
    """Who a request is about, as the delivery said. `orders` are Shopify's bare numbers."""

    shop_id: str = ""
    customer_id: str = ""
    email: str = ""
    orders: list[str] = field(default_factory=list)


def receive(shop: Shop, *, topic: str, told: Told, delivery: str, at: datetime) -> PrivacyRequest:
    """Write down what was asked, and queue its answer. The same delivery again: the same row."""
    subject = salted_hmac("fulfillment.compliance", told.customer_id, algorithm="sha256").hexdigest()
    asked = {
        "shop": shop,
        "topic": topic,
        "told": asdict(told),
        "subject_digest": subject if told.customer_id else "",
        "asked_at": at,
        "due_at": at + DUE,
    }
    with transaction.atomic():
        request, new = PrivacyRequest.objects.get_or_create(delivery=delivery, defaults=asked)
        if new:
            enqueue(ANSWER, request.pk, account_id=shop.account_id, at=at)
    return request


def answer(key: UUID | str, *, at: datetime, by: str = AUTOMATIC) -> Later | None:
    """Do what was asked. Safe to repeat; a large shop takes several turns."""
    request = PrivacyRequest.objects.select_related("shop").get(pk=key)
    if request.state != State.OPEN:
        return None
    told = Told(**(request.told or {}))
    if request.topic == Topic.SHOP:
        return _redact_shop(request, at=at, by=by)
    orders = orders_of(request.shop, told)
    if request.topic == Topic.DATA:
        facts = _facts(request.shop, told, orders)
        counts = {"orders": len(orders), "designs": len(facts["designs"])}
        _close(request, counts, at=at, by=by, answer=facts, answer_until=at + ANSWER_KEPT)
        return None
    counts = erasing.erase_customer(request.shop, orders, at=at)
    counts["deliveries"] = _forget_deliveries(request.shop, told, keep=request.delivery)
    _forget_answers(request)
    _close(request, counts, at=at, by=by)
    return None


def orders_of(shop: Shop, told: Told) -> list[Order]:
    """Orders of this shop that the request names, or that went to the customer's email address."""
    named = Q(external_ref__in=[f"{GID}{number}" for number in told.orders])
    theirs = Q(email_key__in=blinds(told.email)) if told.email else Q(pk=None)
    found = Order.objects.filter(named | theirs, shop=shop)
    return list(found.prefetch_related("lines").order_by("created_at", "pk"))


def needs(at: datetime) -> list[Need]:
    """For the console's start page: what is answered neither by itself nor by anybody. One query."""
    waiting = PrivacyRequest.objects.filter(state=State.OPEN, asked_at__lt=at - SOON).count()
    return [Need("privacy requests", waiting, reverse(LIST) + "?state__exact=open", urgent=waiting > 0)]


def forget(*, at: datetime) -> int:
    """Delete answers whose time is over. Answers how many."""
    over = PrivacyRequest.objects.filter(answer_until__lte=at)
    return over.update(answer=None, answer_until=None)


def _redact_shop(request: PrivacyRequest, *, at: datetime, by: str) -> Later | None:
    shop = request.shop
    if shop.uninstalled_at is None or shop.kind == Shop.Kind.HOUSE:
        _close(request, {}, at=at, by=by, state=State.SET_ASIDE, note="The app is installed there (again).")
        return None
    if erasing.erase_guests(shop, at=at):
        return Later(1)  # there may be more of them
    counts = erasing.erase_shop(shop, at=at)
    counts["deliveries"] = _forget_deliveries(shop, None, keep=request.delivery)
    _close(request, counts, at=at, by=by)
    return None


def _forget_answers(request: PrivacyRequest) -> None:
    """What was told about the same customer before, and nobody has to be able to fetch any more."""
    same = PrivacyRequest.objects.filter(shop=request.shop, subject_digest=request.subject_digest)
    same.exclude(subject_digest="").update(answer=None, answer_until=None)


def _facts(shop: Shop, told: Told, orders: list[Order]) -> dict[str, Any]:
    facts: dict[str, Any] = {"shop": shop.domain, "customer": told.customer_id}
    facts["orders"] = [order_facts(order) for order in orders]
    return facts | {"designs": erasing.designs_of(shop, orders)}


def _close(
    request: PrivacyRequest, counts: dict[str, int], *, at: datetime, by: str, state: str = State.DONE, **fields: Any
) -> None:
    """Write down what was done; from now on the row names nobody."""
    said = {"state": state, "done": counts, "done_at": at, "done_by": by, "told": None, **fields}
    PrivacyRequest.objects.filter(pk=request.pk, state=State.OPEN).update(**said)


def _forget_deliveries(shop: Shop, told: Told | None, *, keep: str) -> int:
    """Delete what the shop's webhooks told of the customer, or all they told. The request's own goes with its age."""
    events = InboxEvent.objects.filter(source="shopify", shop_domain=shop.domain).exclude(external_id=keep)
    over = events.exclude(state=InboxEvent.State.NEW)
    doomed = [event.pk for event in over.iterator() if told is None or _is_about(event.payload, told)]
    return InboxEvent.objects.filter(pk__in=doomed).delete()[0]


def _is_about(payload: dict[str, Any], told: Told) -> bool:
    customer = payload.get("customer")
    number = str(customer.get("id") or "") if isinstance(customer, dict) else ""
    order = str(payload.get("order_id") or payload.get("id") or "")
    email = str(payload.get("email") or "").strip().lower()
    return order in told.orders or bool(told.customer_id and number == told.customer_id) or email == told.email != ""
