"""Mails to the buyer: one of each kind, however often its job runs."""

import pytest
from django.core import mail

from fulfillment import announcing, tasks
from fulfillment.models import Order, PrintJob
from fulfillment.tests.factories import World


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
