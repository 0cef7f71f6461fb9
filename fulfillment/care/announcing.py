"""Telling the shop and the buyer that a parcel is on its way. Only we write to the buyer about printing."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from cardmaker.core import crash
from cardmaker.core.jobs import enqueue
from fulfillment.models import Order, PrintJob, Question, Rating, Shipment, Transition
from fulfillment.shopify.answers import ScopeMissing
from fulfillment.shopify.shop import ShopifyShop

SENT_AGAIN = "mail_again"  # ops had a mail sent once more: mailboxes drop a second one of the same Message-ID


def announce(shipment: Shipment, *, shop: ShopifyShop | None, at: datetime) -> None:
    """Create the shop's fulfilment once, found again by its tracking number, then queue the buyer's mail.

    A shop that has uninstalled the app is told nothing; the buyer is. So is he where the merchant does not allow us to
    tell the shop: raises ScopeMissing after that.
    """
    try:
        if shop is not None and not shipment.shopify_fulfillment_id:
            _tell_shop(shipment, shop)
    except ScopeMissing:
        _queue_mail(shipment, at=at)
        raise
    _queue_mail(shipment, at=at)


def _tell_shop(shipment: Shipment, shop: ShopifyShop) -> None:
    fulfillment_id = shop.ship(
        shipment.job.order.external_ref,
        tracking_number=shipment.tracking_number,
        carrier=shipment.carrier,
        tracking_url=shipment.tracking_url,
        line_quantities=_line_quantities(shipment),
        beside=_shipped_before(shipment),
    )
    crash.point("announce.answered")
    Shipment.objects.filter(pk=shipment.pk).update(shopify_fulfillment_id=fulfillment_id)
    crash.point("announce.stored")


def _queue_mail(shipment: Shipment, *, at: datetime) -> None:
    with transaction.atomic():
        current = Shipment.objects.select_for_update().get(pk=shipment.pk)
        if current.mailed_at is None:
            enqueue("fulfillment.mail_shipped", shipment.pk, account_id=shipment.job.order.account_id, at=at)


def mail_shipped(shipment: Shipment, *, at: datetime) -> None:
    """One mail a parcel."""
    mine = Shipment.objects.filter(pk=shipment.pk)
    _once(mine, "mailed_at", shipment.job.order, "shipped", {"shipment": shipment}, at=at)


def mail_received(order: Order, *, at: datetime) -> None:
    """Thanks for the order: what happens next, and where to look. Once an order."""
    _once(Order.objects.filter(pk=order.pk), "received_mailed_at", order, "received", {}, at=at)


def mail_delivered(job: PrintJob, *, at: datetime) -> None:
    """It has arrived; one press reorders it. Once a print job."""
    mine = PrintJob.objects.filter(pk=job.pk)
    _once(mine, "delivered_mailed_at", job.order, "delivered", {"job": job}, at=at)


def mail_rating(rating: Rating, *, token: str, at: datetime) -> None:
    """How did you like it? Once an order. Every star is a link to the page where one press gives it."""
    url = settings.PUBLIC_URL + reverse("rate", args=[token])
    _once(Rating.objects.filter(pk=rating.pk), "mailed_at", rating.order, "rating", {"rate_url": url}, at=at)


def mail_question(question: Question, *, at: datetime) -> None:
    """Ops ask the buyer something before they decide. Once a question; the answer comes to ops."""
    mine = Question.objects.filter(pk=question.pk)
    _once(mine, "mailed_at", question.order, "question", {"question": question.text}, at=at)


def _once(row: QuerySet[Any], field: str, order: Order, name: str, facts: dict[str, object], *, at: datetime) -> None:
    """Claim, send, note. A mail that failed is let go of and sent again by the job's next attempt.

    A worker that dies between claim and note leaves a claim: nobody sends a second mail by guess. Ops see on the order
    that it was begun and not noted as sent. Its Message-ID is the same at every try, until ops have it sent again.
    """
    if not order.email:
        return
    with transaction.atomic():
        if not row.filter(**{field: None}).update(**{field: at}):
            return
        _note(order, "mail_begun", name, at=at)
    crash.point("mail.claimed")
    sent, key = False, str(row.get().pk)
    again = order.transitions.filter(after=SENT_AGAIN, note=f"{name} {key}").count()
    try:
        _mail(order, name, facts, message_id=_message_id(name, f"{key}.{again}" if again else key))
        sent = True
    finally:
        if not sent:
            row.update(**{field: None})
    crash.point("mail.sent")
    _note(order, "mail_sent", name, at=at)
    crash.point("mail.noted")


def _message_id(name: str, key: object) -> str:
    """The same for every try at the same mail."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{name}.{key}@{domain}>"


def _note(order: Order, step: str, name: str, *, at: datetime) -> None:
    Transition.objects.create(order=order, before=order.state, after=step, note=name, at=at)


def _mail(order: Order, name: str, context: dict[str, object], *, message_id: str) -> None:
    facts = {"order": order, "order_url": settings.PUBLIC_URL + reverse("order", args=[order.pk]), **context}
    subject = render_to_string(f"email/order_{name}_subject.txt", facts).strip()
    text = render_to_string(f"email/order_{name}.txt", facts)
    headers = {"Message-ID": message_id}
    reply_to = [settings.OPS_EMAIL] if name == "question" else None  # who asked reads the answer
    message = EmailMultiAlternatives(subject, text, to=[order.email], headers=headers, reply_to=reply_to)
    message.attach_alternative(render_to_string(f"email/order_{name}.html", facts), "text/html")
    message.send()


def _shipped_before(shipment: Shipment) -> str:
    """The shop's fulfillment of an earlier parcel with some of the same lines; "" without one."""
    told = Shipment.objects.filter(job__order=shipment.job.order_id).exclude(shopify_fulfillment_id="")
    inside = set(shipment.line_refs)
    for earlier in told.exclude(pk=shipment.pk).order_by("created_at"):
        same_job = earlier.job_id == shipment.job_id
        if inside & set(earlier.line_refs) or (same_job and not (inside and earlier.line_refs)):
            return str(earlier.shopify_fulfillment_id)
    return ""


def _line_quantities(shipment: Shipment) -> dict[str, int]:
    """The shop's line ids and copies in this parcel; all lines of the job when the supplier does not say."""
    lines = shipment.job.lines.select_related("line")
    inside = [line for line in lines if not shipment.line_refs or str(line.line_id) in shipment.line_refs]
    return {line.line.external_ref: line.quantity for line in inside}
