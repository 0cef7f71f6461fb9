from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from billing.models import Price
from cardmaker.core.models import Event, Job
from fulfillment import tasks
from fulfillment.models import ShippingQuote, SupplierItem
from fulfillment.sales import losses, offers
from fulfillment.tests.factories import NOON, World, a_proof
from fulfillment.tests.test_api import client_of
from fulfillment.tests.test_offers import STANDARD, told


@pytest.fixture(autouse=True)
def dear(world: World):
    Price.objects.create(shop=None, format_code="card-5x7-flat", amount_minor=490, currency="USD")
    told(world, STANDARD)
    amounts = {"first_minor": 2000, "further_minor": 0, "currency": "USD"}
    for country in ("US", "CA"):
        ShippingQuote.objects.create(item=world.item, country=country, service="standard", checked_at=NOON, **amounts)


def noted(proof, *, at=NOON) -> None:
    losses.note(offers.offer_of(proof, quantity=1, at=NOON), at=at)


def test_what_is_not_sold_is_noted_and_mailed_once_a_day(world: World):
    noted(world.proof)
    noted(world.proof)

    event = Event.objects.get(name="not_sold_there")
    assert event.facts == {
        "design": str(world.proof.design_id), "item": str(world.item), "country": "US", "quantity": 1,
        "left": "-$12.15",
    }  # fmt: skip
    assert Job.objects.filter(kind=losses.MAIL_JOB).count() == 1


def test_what_is_sold_is_not_noted(world: World):
    ShippingQuote.objects.update(first_minor=100)
    noted(world.proof)

    assert (losses.recent(NOON), Job.objects.filter(kind=losses.MAIL_JOB).count()) == ([], 0)


def test_seven_days_are_counted_by_design_item_and_country(world: World):
    other = a_proof(world.account, world.item)
    for days in (7, 2, 0):
        noted(world.proof, at=NOON - timedelta(days=days))
    noted(other)

    assert losses.recent(NOON) == [
        losses.Loss(str(world.proof.design_id), str(world.item), "US", 2),
        losses.Loss(str(other.design_id), str(world.item), "US", 1),
    ]
    assert Job.objects.filter(kind=losses.MAIL_JOB).count() == 3


def test_ops_get_one_mail_that_names_the_countries(world: World):
    noted(world.proof)
    losses.mail(world.item, at=NOON)

    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([settings.OPS_EMAIL], f"{world.item} is not sold everywhere: it would cost us money")
    ]
    assert "US: 1" in mail.outbox[0].body


def test_the_job_mails_about_its_item(world: World):
    tasks.mail_loss(str(SupplierItem.objects.get().pk))

    assert len(mail.outbox) == 1


def test_a_page_looked_at_notes_it(world: World):
    client_of(world.account).get(f"/api/v1/proofs/{world.proof.pk}/")

    assert Event.objects.filter(name="not_sold_there").count() == 1


def test_looking_at_an_offer_and_trying_to_buy_note_it(world: World):
    client: APIClient = client_of(world.account)
    address = f"/api/v1/proofs/{world.proof.pk}"

    assert client.get(f"{address}/offer/").json()["is_sold"] is False
    assert Event.objects.filter(name="not_sold_there").count() == 1
    Event.objects.all().delete()
    refused = client.post(f"{address}/checkout/", {}, format="json", headers={"Idempotency-Key": "k1"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_sold_there")
    assert Event.objects.filter(name="not_sold_there").count() == 1


def test_the_console_shows_it(client, world: World):
    client.force_login(User.objects.create_superuser("ops@example.com", "x"))
    assert "would cost us money" not in client.get("/admin/").content.decode()
    noted(world.proof, at=timezone.now())
    page = client.get("/admin/").content.decode()

    assert "would cost us money (7 days)" in page
    assert str(world.proof.design_id) in page
