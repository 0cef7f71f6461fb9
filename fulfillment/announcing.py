"""Telling the shop and the buyer that a parcel is on its way. Only we write to the buyer about printing."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse

from cardmaker.core import crash
from cardmaker.core.jobs import enqueue
from fulfillment.models import Order, PrintJob, Shipment
from fulfillment.shopify.shop import ShopifyShop


def announce(shipment: Shipment, *, shop: ShopifyShop, at: datetime) -> None:
    """Create the shop's fulfilment once, found again by its tracking number, then queue the buyer's mail."""
    order = shipment.job.order
    if not shipment.shopify_fulfillment_id:
        fulfillment_id = shop.ship(
            order.external_ref,
            tracking_number=shipment.tracking_number,
            carrier=shipment.carrier,
            tracking_url=shipment.tracking_url,
            line_quantities=_line_quantities(shipment),
        )
        crash.point("announce.answered")
        Shipment.objects.filter(pk=shipment.pk).update(shopify_fulfillment_id=fulfillment_id)
        crash.point("announce.stored")
    with transaction.atomic():
        current = Shipment.objects.select_for_update().get(pk=shipment.pk)
        if current.mailed_at is None:
            enqueue("fulfillment.mail_shipped", shipment.pk, account_id=order.account_id, at=at)


def mail_shipped(shipment: Shipment, *, at: datetime) -> None:
    """One mail a parcel. A worker that dies between sending and noting it may send a second one; none is lost."""
    if shipment.mailed_at is None:
        _mail(shipment.job.order, "shipped", {"shipment": shipment})
        crash.point("mail.sent")
        Shipment.objects.filter(pk=shipment.pk, mailed_at__isnull=True).update(mailed_at=at)
        crash.point("mail.noted")


def mail_received(order: Order) -> None:
    """Thanks for the order: what happens next, and where to look. Once an order, as far as `mail_shipped` can."""
    if order.received_mailed_at is None:
        _mail(order, "received", {})
        Order.objects.filter(pk=order.pk, received_mailed_at__isnull=True).update(received_mailed_at=Now())


def mail_delivered(job: PrintJob) -> None:
    """It has arrived; one press reorders it. Once a print job, as far as `mail_shipped` can."""
    if job.delivered_mailed_at is None:
        _mail(job.order, "delivered", {"job": job})
        PrintJob.objects.filter(pk=job.pk, delivered_mailed_at__isnull=True).update(delivered_mailed_at=Now())


def _mail(order: Order, name: str, context: dict[str, object]) -> None:
    if not order.email:
        return
    facts = {"order": order, "order_url": settings.PUBLIC_URL + reverse("order", args=[order.pk]), **context}
    subject = render_to_string(f"email/order_{name}_subject.txt", facts).strip()
    message = EmailMultiAlternatives(subject, render_to_string(f"email/order_{name}.txt", facts), to=[order.email])
    message.attach_alternative(render_to_string(f"email/order_{name}.html", facts), "text/html")
    message.send()


def _line_quantities(shipment: Shipment) -> dict[str, int]:
    """The shop's line ids and copies in this parcel; all lines of the job when the supplier does not say."""
    lines = shipment.job.lines.select_related("line")
    inside = [line for line in lines if not shipment.line_refs or str(line.line_id) in shipment.line_refs]
    return {line.line.external_ref: line.quantity for line in inside}
