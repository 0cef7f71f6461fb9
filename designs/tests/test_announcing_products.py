"""The one mail of a run of product pictures: at its end, once, and only where nobody sat and watched it."""

from dataclasses import replace

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models import Shop, User
from cardmaker.core import mails
from designs.lifecycle import delete_design
from designs.making import announcing, generation
from designs.making.generation import start_run
from designs.products import briefs
from designs.products.briefs import Product
from designs.providers.fake import CAPABILITIES
from designs.tests.factories import NOON, AccountFactory

pytestmark = pytest.mark.usefixtures("shelf")
ADDRESS = "robin@example.com"


@pytest.fixture
def fake(fake):
    fake.capabilities = replace(CAPABILITIES, sizes={"draft": 16, "final": 32})
    return fake


def planned(count, *, user=None):
    call_command("loaddata", "products", "guardrails", verbosity=0)
    account = AccountFactory(kind="person", user=user) if user else AccountFactory()
    brief, _ = briefs.take_in(Product("Meadow mug", "A blue ceramic mug"), account, Shop.objects.house(), at=NOON)
    briefs.plan_shots(brief, {"angle": ["angle-front", "angle-above"]}, count, at=NOON)
    return brief


def drawn(brief, *, email=""):
    return start_run(brief.design, stage="page", positions=[], notify_email=email, at=NOON)


def told():
    return [(sent.to, sent.subject) for sent in mail.outbox]


def ada():
    return User.objects.create_user("ada@example.com")


def test_a_merchant_hears_once_that_the_pictures_are_ready(fake, drain):
    brief = planned(7, user=ada())
    run = drawn(brief)
    drain(ignore_delays=True)
    for _ in range(2):
        announcing.mail_ended(str(run.pk))

    assert told() == [(["ada@example.com"], "Meadow mug: the pictures are ready")]
    assert "7 pictures of Meadow mug are there." in mail.outbox[0].body
    assert f"/studio/products/{brief.pk}/" in mail.outbox[0].body
    assert "browser" not in mail.outbox[0].body


@pytest.mark.parametrize(("count", "email", "expected"), [(6, "", 0), (6, ADDRESS, 1), (7, ADDRESS, 1), (7, "", 0)])
def test_a_guest_hears_of_it_where_an_address_was_given(fake, drain, count, email, expected):
    drawn(planned(count), email=email)
    drain(ignore_delays=True)

    assert [to for to, _ in told()] == [[ADDRESS]] * expected


def test_few_pictures_are_watched_and_not_written_of(fake, drain):
    drawn(planned(6, user=ada()))
    drain(ignore_delays=True)

    assert told() == []


def test_how_many_did_not_come_is_said(fake, drain):
    run = drawn(planned(8, user=ada()))
    run.calls.filter(number__gte=6).update(outcome="failed", error="no")
    drain(ignore_delays=True)

    assert "2 could not be drawn. One press tries again." in mail.outbox[0].body


def test_a_run_that_brought_nothing_says_why(fake, drain):
    fake.reject = "quota_or_credit"
    drawn(planned(7, user=ada()))
    drain(ignore_delays=True)

    assert told() == [(["ada@example.com"], "Meadow mug: the pictures could not be made yet")]
    assert "The provider's credit is used up." in mail.outbox[0].body


def test_nobody_hears_of_what_was_called_off_or_deleted(fake, drain):
    called_off, deleted = drawn(planned(7, user=ada())), drawn(planned(7))
    generation.cancel(called_off, at=NOON)
    delete_design(deleted.design, at=NOON)
    for run in (called_off, deleted):
        announcing.mail_ended(str(run.pk))

    assert told() == []


def test_ops_see_both_mails_as_they_are_sent(admin_client):
    shown = {
        name: mails.render(name, mails.KINDS[name].sample()) for name in ("product_run_ready", "product_run_failed")
    }

    assert shown["product_run_ready"].subject == "Meadow mug: the pictures are ready"
    assert "<strong>Meadow mug</strong>" in shown["product_run_failed"].html
    assert admin_client.get("/admin/mails/product_run_ready/").status_code == 200
