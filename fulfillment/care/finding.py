"""Finding an order by whatever a buyer, a shop or a printer can read out. Every look-up uses an index."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Account
from cardmaker.core.sealing import blinds
from designs.models import Design, Proof
from fulfillment.models import Order, PrintJob, Shipment

MOST = 50
SHORTEST_ID = 6  # hexadecimal digits: what people copy of a key
GID = re.compile(r"^gid://shopify/(\w+)/(\d+)$")


@dataclass(frozen=True, slots=True)
class Found:
    """`orders`: the newest first, at most MOST. `proof`, `design`: what the text named, ordered or not."""

    text: str
    orders: list[Order]
    proof: Proof | None = None
    design: Design | None = None

    @property
    def is_empty(self) -> bool:
        return not self.orders and self.proof is None and self.design is None


def find(text: str) -> Found:
    """By email, order name, tracking number, Shopify id, print reference, or the key of a proof, design or account.

    A fixed number of queries for each kind of text.
    """
    text = text.strip()
    keys = set(order_keys(text)) if text else set()
    shown = Order.objects.filter(pk__in=keys).exclude(state=Order.State.NOT_OURS)
    orders = shown.select_related("shop").prefetch_related("lines__proof__files").order_by("-created_at", "-pk")
    low, high = _id_range(text) or (None, None)
    within = Q(pk__gte=low, pk__lte=high)
    return Found(
        text=text,
        orders=list(orders[:MOST]),
        proof=Proof.objects.filter(within).order_by("pk").first() if low else None,
        design=Design.objects.filter(within).order_by("pk").first() if low else None,
    )


def order_keys(text: str) -> Iterator[UUID]:
    """The keys of all orders, at most MOST a look-up, that `text` may mean."""
    text = text.strip()
    if "@" in text:
        yield from _of_email(text)
        return
    span = _id_range(text)
    if span:
        yield from _of_id(*span)
    yield from _newest(Q(name__in={text, f"#{text.lstrip('#')}"}))
    yield from _newest(Q(external_ref__in=_shop_references(text)))
    packed = text.replace(" ", "")
    numbers = {text, packed, packed.upper()}
    yield from _limited(Shipment.objects.filter(tracking_number__in=numbers).values_list("job__order", flat=True))
    jobs = PrintJob.objects.filter(Q(reference__in={text, text.upper()}) | Q(supplier_ref=text))
    yield from _limited(jobs.values_list("order", flat=True))
    yield from _of_listing(text)


def _of_email(text: str) -> Iterator[UUID]:
    yield from _newest(Q(email_key__in=blinds(text)))
    owners = Account.objects.filter(user__email=text.lower()).values_list("pk", flat=True)
    yield from _newest(Q(account__in=list(owners)))


def _of_id(low: UUID, high: UUID) -> Iterator[UUID]:
    """Of the order itself, or of its proof, design or account, by the whole key or by how it begins."""
    yield from _newest(Q(pk__gte=low, pk__lte=high))
    yield from _newest(Q(lines__proof__in=list(_keys(Proof.objects.filter(pk__gte=low, pk__lte=high)))))
    yield from _newest(Q(lines__proof__design__in=list(_keys(Design.objects.filter(pk__gte=low, pk__lte=high)))))
    yield from _newest(Q(account__in=list(_keys(Account.objects.filter(pk__gte=low, pk__lte=high)))))


def _of_listing(text: str) -> Iterator[UUID]:
    """By the shop's id of the product or its variant that was bought."""
    number = GID.match(text)
    digits = number[2] if number else text
    if not digits.isdigit():
        return
    product = Q(lines__product__listing__shopify_product_id=f"gid://shopify/Product/{digits}")
    variant = Q(lines__product__listing__variant_id=f"gid://shopify/ProductVariant/{digits}")
    yield from _newest(product)
    yield from _newest(variant)


def _shop_references(text: str) -> list[str]:
    """The shop's id of an order: the whole, or its number as it stands in the shop's addresses."""
    return [text, f"gid://shopify/Order/{text}"] if text.isdigit() else [text]


def _id_range(text: str) -> tuple[UUID, UUID] | None:
    """The first and last key that begin with these hexadecimal digits; None when that is no beginning of a key."""
    digits = text.replace("-", "").lower()
    if not SHORTEST_ID <= len(digits) <= 32 or re.search(r"[^0-9a-f]", digits):
        return None
    return UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))


def _newest(wanted: Q) -> Iterator[UUID]:
    return iter(Order.objects.filter(wanted).order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST])


def _limited(rows: "QuerySet[Any, UUID]") -> Iterator[UUID]:
    return iter(rows[:MOST])


def _keys(rows: "QuerySet[Any]") -> "QuerySet[Any, UUID]":
    return rows.values_list("pk", flat=True)[:MOST]
