"""What `inside` asks the product to do beside an order's own way, each by the job that does it for people too."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

LONG = timedelta(days=40)  # longer than a product may lie unsold
REFUND_MINOR = 100
# A name of many digits would lose them as somebody's number, and be the same in every round.
LETTERS = str.maketrans("0123456789", "bdfghklmnp")
Json = dict[str, Any]


def begin(since: str, unsold: str, sold: str, image: str) -> Json:
    """Start one errand of each kind; from here on orders wait for ops. `unsold` and `sold` are the cards' variants.

    A refund of a dollar, an unsold product taken down, a picture published, and every shop read again.
    """
    from django.utils import timezone

    from billing.models import Guardrails
    from fulfillment.orders import reconciling

    at = timezone.now()
    Guardrails.objects.update(auto_approve=False)
    product_gid, alt = _publish(sold, image, at)
    told = {"refunded": _refund(since, at), "taken_down": _take_down(unsold, at), "product": product_gid, "alt": alt}
    reconciling.queue_all(at=at)
    return told


def let_through(since: str, unsold: str) -> Json:
    """Ops approve what waits, by hand and from here on by machine; what was taken down is put on sale again."""
    from django.utils import timezone

    from billing.models import Guardrails
    from cardmaker.core import jobs
    from fulfillment.models import Listing, Order
    from fulfillment.orders import approval
    from fulfillment.sales import delisting

    at = timezone.now()
    waiting = list(Order.objects.filter(state="held", created_at__gte=datetime.fromisoformat(since)))
    for order in waiting:
        approval.approve(order, by="torture", at=at)
    Guardrails.objects.update(auto_approve=True)
    Listing.objects.filter(variant_id=unsold).update(state="pending", archived_at=at - LONG, wanted_at=at)
    jobs.enqueue(delisting.PUSH, Listing.objects.get(variant_id=unsold).pk, at=at)
    return {"approved": [order.external_ref for order in waiting]}


def clear_draft(calendar: str) -> Json:
    """What Printify has of `calendar`, a proof, is cleared away, as after a month without an order."""
    from django.utils import timezone

    from cardmaker.core import jobs
    from fulfillment.models import Draft
    from fulfillment.printing import clearing

    drafts = list(Draft.objects.filter(proof_id=UUID(calendar)).select_related("proof"))
    for draft in drafts:
        jobs.enqueue(clearing.CLEAR, draft.pk, account_id=draft.proof.account_id, at=timezone.now())
    return {"cleared": len(drafts)}


def _refund(since: str, at: datetime) -> str:
    """Of the first delivered order of which nothing was given back yet; its gid in the shop."""
    from cardmaker.core.money import Money
    from fulfillment.models import Order
    from fulfillment.orders import refunding

    delivered = Order.objects.filter(state="delivered", refunds=None, created_at__gte=datetime.fromisoformat(since))
    order = delivered.order_by("created_at")[0]
    refunding.refund(order, by="torture", note="", amount=Money(REFUND_MINOR, order.currency), at=at)
    return order.external_ref


def _take_down(variant: str, at: datetime) -> str:
    """As when it has long been unsold; the product's gid."""
    from cardmaker.core import jobs
    from fulfillment.models import Checkout, Listing
    from fulfillment.sales import delisting

    listing = Listing.objects.get(variant_id=variant)
    Checkout.objects.filter(product=listing.product).update(created_at=at - LONG)
    Listing.objects.filter(pk=listing.pk).update(wanted_at=at - LONG)
    jobs.enqueue(delisting.TAKE_DOWN, listing.pk, at=at)
    return listing.shopify_product_id


def _publish(variant: str, image_key: str, at: datetime) -> tuple[str, str]:
    """A copy of a known picture, as one of a new brief, for the product of this variant. Its gid, and the alt."""
    from accounts.models import Shop
    from designs.models import Image
    from designs.products import briefs
    from fulfillment.models import Listing
    from fulfillment.sales import product_media

    house, product_gid = Shop.objects.house(), Listing.objects.get(variant_id=variant).shopify_product_id
    assert house.account is not None  # every shop's account is made with it
    name = "Mug " + f"{at:%H%M%S%f}".translate(LETTERS)
    brief, _ = briefs.take_in(briefs.Product(name, "A blue ceramic mug"), house.account, house, at=at)
    image = Image.objects.get(pk=image_key)
    owner = {"account_id": brief.account_id, "shop_id": house.pk, "design_id": brief.design_id}
    fields = {field.attname: getattr(image, field.attname) for field in Image._meta.fields if field.attname != "id"}
    copy = Image.objects.create(**{**fields, **owner, "call_id": None, "candidate_id": None, "position": "shot-001"})
    rows = product_media.begin(brief, shop=house, image_ids=[copy.pk], product_gid=product_gid, at=at)
    return product_gid, rows[0].alt


VERBS: dict[str, Callable[..., Json]] = {"begin_errands": begin, "let_through": let_through, "clear_draft": clear_draft}
