"""Mails to the buyer: one of each kind, however often its job runs."""

import pytest
from django.core import mail

from fulfillment import tasks
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
