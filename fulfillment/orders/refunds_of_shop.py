"""Refunds that the shop's people gave: written down beside our own, so that both are seen in one place."""

from fulfillment.models import Order, Refund
from fulfillment.shopify.orders import ShopOrder


def note(order: Order, shop_order: ShopOrder) -> None:
    """Keep those that are not known yet. Safe to repeat; our own are recognized by their reference in the note."""
    known = {row.shop_ref for row in order.refunds.all()}
    ours = [row.reference for row in order.refunds.all() if not row.shop_ref]
    new = [
        refund
        for refund in shop_order.refunds
        if refund.gid not in known and not any(reference in refund.note for reference in ours)
    ]
    rows = [
        Refund(
            order=order,
            state=Refund.State.DONE,
            shop_ref=refund.gid,
            amount_minor=refund.amount.minor,
            currency=refund.amount.currency,
            done_at=refund.created_at,
        )
        for refund in new
    ]
    Refund.objects.bulk_create(rows, ignore_conflicts=True)
