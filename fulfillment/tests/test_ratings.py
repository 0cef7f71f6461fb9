"""Stars after the delivery: asked once, given by a press and never by a look, counted for ops."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from accounts.models import Account
from cardmaker.core.jobs import drain
from cardmaker.core.models import Event, Job
from fulfillment import lifecycle, tasks
from fulfillment.care import ratings
from fulfillment.models import Order, PrintJob, Rating
from fulfillment.printing import following
from fulfillment.suppliers.base import ItemReading, Reading
from fulfillment.tests.factories import NOON, World

DAY = timedelta(days=1)


def delivered(world: World) -> Order:
    """An order whose print job has arrived; the question about it is queued."""
    job = world.print_job()
    PrintJob.objects.filter(pk=job.pk).update(state="shipped", supplier_ref=f"S-{job.pk}", produced_at=NOON)
    Order.objects.filter(pk=job.order_id).update(state="shipped")
    job.refresh_from_db()
    line = job.lines.get()
    item = ItemReading(line_ref=str(line.line_id), state="delivered", raw_state="Delivered")
    reading = Reading(supplier_ref=job.supplier_ref, reference=job.reference, items=(item,))
    following.apply(job, reading, at=NOON)
    return Order.objects.get(pk=job.order_id)


def asked(world: World) -> Rating:
    order = delivered(world)
    ratings.ask(order, at=NOON)
    return Rating.objects.select_related("order").get(order=order)


def address_of(rating: Rating) -> str:
    return reverse("rate", args=[ratings.token_of(rating)])


def test_the_question_waits_some_days_and_is_asked_once(world: World, settings):
    settings.RATING_DELAY_S = 5 * 86_400
    order = delivered(world)
    job = Job.objects.get(kind=ratings.ASK)

    for _ in range(2):
        tasks.ask_rating(str(order.pk))

    assert (job.subject, job.run_at) == (str(order.pk), NOON + 5 * DAY)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["robin@example.com"], f"How did you like your order {order.name}?")
    assert address_of(Rating.objects.get()) in message.body
    assert "?stars=5" in message.alternatives[0].content


def test_nobody_is_asked_before_all_has_arrived(world: World):
    order = delivered(world)
    Order.objects.filter(pk=order.pk).update(state="partly_shipped")

    tasks.ask_rating(str(order.pk))

    assert (mail.outbox, Rating.objects.count()) == ([], 0)


def test_nobody_is_asked_who_was_forgotten(world: World):
    order = delivered(world)
    lifecycle.forget(Order.objects.filter(pk=order.pk), at=NOON)

    tasks.ask_rating(str(order.pk))

    assert mail.outbox == []


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_a_star_does_not_give_it(world: World, client, method):
    rating = asked(world)

    with time_machine.travel(NOON + DAY, tick=False):
        answer = getattr(client, method)(address_of(rating), {"stars": "1"})

    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "same-origin"  # with less, browsers send no origin with the press
    assert Rating.objects.get(pk=rating.pk).stars is None


def test_one_press_rates_and_a_second_one_changes_it(world: World, client):
    rating = asked(world)
    with time_machine.travel(NOON + DAY, tick=False):
        client.post(address_of(rating), {"stars": "4"})
    with time_machine.travel(NOON + 2 * DAY, tick=False):
        client.post(address_of(rating), {"stars": "5", "comment": "The blue is lovely."})
        client.post(address_of(rating), {"stars": "3"})

    rating.refresh_from_db()
    assert (rating.stars, rating.comment) == (3, "The blue is lovely.")
    assert (rating.rated_at, rating.changed_at) == (NOON + DAY, NOON + 2 * DAY)
    assert Event.objects.filter(name="rated").values_list("facts", flat=True).get() == {"stars": 4}


def test_after_a_month_the_rating_stands(world: World, client):
    rating = asked(world)
    ratings.rate(rating, stars=5, at=NOON)

    with time_machine.travel(NOON + 31 * DAY, tick=False):
        answer = client.post(address_of(rating), {"stars": "1"})

    assert answer.status_code == 400
    assert "cannot be changed any more" in answer.content.decode()
    assert Rating.objects.get(pk=rating.pk).stars == 5


@pytest.mark.parametrize("stars", ["0", "6", "", "five", "-1", "１"])
def test_other_numbers_are_refused_and_the_words_stay(world: World, client, stars):
    rating = asked(world)

    with time_machine.travel(NOON + DAY, tick=False):
        answer = client.post(address_of(rating), {"stars": stars, "comment": "Nearly sent"})

    assert answer.status_code == 400
    assert Rating.objects.get(pk=rating.pk).stars is None


def test_a_forged_link_leads_nowhere(world: World, client):
    rating = asked(world)

    for token in (rating.pk.hex, ratings.token_of(rating)[:-1] + "x", "nonsense"):
        assert client.get(reverse("rate", args=[token])).status_code == 404


def test_a_rating_names_proof_supplier_and_format(world: World):
    rating = asked(world)

    (printed,) = rating.prints.all()
    assert (printed.proof, printed.supplier, printed.format_id) == (world.proof, "gooten", "card-5x7-flat")


def test_the_figures_count_by_day_and_by_supplier(world: World, django_assert_num_queries):
    for number, stars in enumerate((5, 4, 3)):
        ratings.rate(asked(world), stars=stars, at=NOON + (number // 2) * DAY)
    asked(world)

    with django_assert_num_queries(2):
        found = ratings.figures(NOON - DAY, NOON + 2 * DAY)

    assert (found.asked, found.count, found.average) == (4, 3, 4.0)
    assert [(day.day, day.count, day.average) for day in found.days] == [
        (date(2026, 11, 21), 2, 4.5),
        (date(2026, 11, 22), 1, 3.0),
    ]
    assert ratings.figures(NOON - DAY, NOON + DAY, supplier="gooten", format_code="card-5x7-flat").count == 2
    nothing = ratings.figures(NOON - DAY, NOON + DAY, supplier="printify")
    assert (nothing.asked, nothing.count, nothing.average, nothing.days) == (0, 0, None, [])


def test_a_rating_follows_its_account(world: World, django_user_model):
    rating = asked(world)
    ratings.rate(rating, stars=2, comment="Too dark.", at=NOON)
    person = Account.objects.create(kind="person", user=django_user_model.objects.create_user("ada@example.com"))

    lifecycle.merge(world.account, person, at=NOON)
    exported = lifecycle.export(person)["ratings"]
    lifecycle.erase(person, at=NOON)

    rating.refresh_from_db()
    assert [(row["stars"], row["comment"]) for row in exported] == [(2, "Too dark.")]
    assert (rating.stars, rating.comment, rating.account) == (2, "", None)


def test_the_question_goes_out_by_the_queue(world: World, settings):
    settings.RATING_DELAY_S = 0
    delivered(world)

    drain(ignore_delays=True)

    assert [message.subject for message in mail.outbox if "How did" in message.subject] != []


@pytest.mark.parametrize("count", [1, 3])
def test_the_console_lists_ratings_with_their_average(world: World, admin_client, django_assert_num_queries, count):
    for stars in range(1, count + 1):
        ratings.rate(asked(world), stars=stars, at=NOON)
    address = reverse("admin:fulfillment_rating_changelist")

    with django_assert_num_queries(8):
        page = admin_client.get(address, {"prints__supplier__exact": "gooten"}).content.decode()

    assert f"{(count + 1) / 2:.2f} stars on average, {count} given" in page
    assert "0 given" in admin_client.get(address, {"prints__supplier__exact": "printify"}).content.decode()
