"""Mails to the buyer: one of each kind, however often its job runs."""

from uuid import uuid4

import pytest
from django.core import mail

from cardmaker.core.models import Job
from fulfillment import tasks
from fulfillment.care import announcing
from fulfillment.models import Order, PrintJob, Shipment
from fulfillment.shopify.fake import FakeShop
from fulfillment.tests.factories import NOON, World


def test_the_thanks_for_an_order_are_sent_once(world: World):
    order, other = world.order(), world.order()
    for _ in range(2):
        tasks.mail_received(str(order.pk))

    assert [message.to for message in mail.outbox] == [["robin@example.com"]]
    assert Order.objects.get(pk=order.pk).received_mailed_at is not None
    assert Order.objects.get(pk=other.pk).received_mailed_at is None


def test_the_news_of_the_arrival_is_sent_once(world: World):
    job = world.print_job()
    for _ in range(2):
        tasks.mail_delivered(str(job.pk))

    assert [message.to for message in mail.outbox] == [["robin@example.com"]]
    assert PrintJob.objects.get().delivered_mailed_at is not None


def test_a_mail_that_could_not_be_sent_is_tried_again(world: World, settings):
    order, backend = world.order(), settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "no.such.backend"
    with pytest.raises(ImportError):
        tasks.mail_received(str(order.pk))
    settings.EMAIL_BACKEND = backend

    tasks.mail_received(str(order.pk))

    assert len(mail.outbox) == 1


def steps(order: Order) -> list[str]:
    return [step.after for step in order.transitions.filter(after__startswith="mail").order_by("pk")]


class Killed(BaseException):
    """The worker is gone."""


@pytest.mark.parametrize(
    ("point", "mails", "noted"),
    [
        ("mail.claimed", 0, ["mail_begun"]),
        ("mail.sent", 1, ["mail_begun"]),
        ("mail.noted", 1, ["mail_begun", "mail_sent"]),
    ],
)
def test_a_worker_killed_on_the_way_never_makes_two_mails_of_one(world: World, monkeypatch, point, mails, noted):
    order = world.order()

    def kill(name: str) -> None:
        if name == point:
            raise Killed

    monkeypatch.setattr(announcing.crash, "point", kill)
    with pytest.raises(Killed):
        tasks.mail_received(str(order.pk))
    monkeypatch.setattr(announcing.crash, "point", lambda name: None)
    tasks.mail_received(str(order.pk))

    assert len(mail.outbox) == mails
    assert steps(order) == noted  # what was begun and not noted is there for ops to see


def test_a_mail_is_the_same_message_whoever_sends_it_again(world: World):
    order = world.order()
    tasks.mail_received(str(order.pk))

    (message,) = mail.outbox
    assert message.extra_headers["Message-ID"] == f"<received.{order.pk}@cardmaker.example.com>"


def a_parcel(job: PrintJob, number: str, *lines: object) -> Shipment:
    return Shipment.objects.create(
        job=job, carrier="USPS", tracking_number=number, line_refs=[str(line) for line in lines], shipped_at=NOON
    )


def test_a_second_parcel_of_a_line_is_told_beside_the_first(world: World):
    job = world.print_job()
    line = job.order.lines.get()
    first, second = a_parcel(job, "1Z1", line.pk), a_parcel(job, "1Z2", line.pk)
    beside = []

    class Watched(FakeShop):
        def ship(self, order_gid, **parcel):
            beside.append(parcel["beside"])
            return super().ship(order_gid, **parcel)

    for parcel in (first, second):
        announcing.announce(parcel, shop=Watched(), at=NOON)  # type: ignore[arg-type]

    first.refresh_from_db()
    assert beside == ["", first.shopify_fulfillment_id]


def test_parcels_of_two_suppliers_are_fulfillments_of_their_own(world: World):
    job = world.print_job()
    other = PrintJob.objects.create(
        order=job.order, supplier="printify", reference="CM-X-P1", hold_key="x", cost_minor=1, state="cancelled"
    )
    first, second = a_parcel(job, "1Z1", job.order.lines.get().pk), a_parcel(other, "1Z2", uuid4())

    for parcel in (first, second):
        announcing.announce(parcel, shop=world.shop, at=NOON)  # type: ignore[arg-type]

    assert world.shop.shipped == [(job.order.external_ref, "1Z1"), (job.order.external_ref, "1Z2")]
    assert announcing._shipped_before(second) == ""


def test_a_shop_that_left_is_told_nothing_and_the_buyer_is(world: World):
    job = world.print_job()
    parcel = a_parcel(job, "1Z1", job.order.lines.get().pk)

    announcing.announce(parcel, shop=None, at=NOON)

    parcel.refresh_from_db()
    assert parcel.shopify_fulfillment_id == ""
    assert [job.subject for job in Job.objects.filter(kind="fulfillment.mail_shipped")] == [str(parcel.pk)]
