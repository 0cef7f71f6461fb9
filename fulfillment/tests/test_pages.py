import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, User
from designs.models import Run
from designs.tests.factories import DesignFactory, ImageFactory, pick
from fulfillment import lifecycle
from fulfillment.models import Checkout, Order
from fulfillment.page_facts import PASSED
from fulfillment.tests.factories import a_world


@pytest.fixture
def guest(world, client):
    """The browser of the guest in `world`."""
    session = client.session
    session["guest_account"] = str(world.account.pk)
    session.save()
    return client


@pytest.fixture
def person(db, client):
    """A signed-in person with an account."""
    user = User.objects.create_user(email="robin@example.com", password="a long pass phrase")
    Account.objects.create(kind="person", user=user)
    client.force_login(user)
    return client


def test_proof_page_is_for_its_owner_alone(world, guest):
    stranger = a_world().proof

    assert guest.get(reverse("proof", args=[world.proof.pk])).status_code == 200
    assert guest.get(reverse("proof", args=[stranger.pk])).status_code == 404


def test_order_page_shows_state_pages_and_fingerprint(world, guest):
    order = world.order()

    html = guest.get(reverse("order", args=[order.pk])).content.decode()

    assert "We are looking at your order before it is printed." in html
    assert world.proof.digest[:16] in html
    assert 'aria-current="step"' in html


def test_order_page_of_a_stranger_is_not_found(world, guest):
    assert guest.get(reverse("order", args=[a_world().order().pk])).status_code == 404


def test_cart_page_opens_the_cart_and_makes_nobody_a_guest(db, client):
    html = client.get(reverse("cart")).content.decode()

    assert '<cardmaker-studio kind="card" cart ' in html
    assert "guest_account" not in client.session


def test_dashboard_without_anything_invites_to_begin(db, client):
    html = client.get(reverse("dashboard")).content.decode()

    assert "Nothing here yet" in html
    assert "No orders yet" in html
    assert "guest_account" not in client.session


@pytest.mark.parametrize("count", [1, 3])
def test_dashboard_reads_a_fixed_number_of_queries(world, guest, count, django_assert_num_queries):
    for _ in range(count):
        world.order()
    guest.get(reverse("dashboard"))

    with django_assert_num_queries(11):
        html = guest.get(reverse("dashboard")).content.decode()

    assert html.count("data-reorder=") == count


@pytest.mark.parametrize(
    ("state", "text"), [("running", "Drawing: 1 of 13"), ("paused", "Paused at 1 of 13"), ("done", "1 of 13 pages")]
)
def test_dashboard_shows_how_far_a_calendar_is_and_leads_on(world, guest, state, text):
    design = DesignFactory(account=world.account, shop=world.proof.shop, kind="calendar", title="Our year")
    pick(design, ImageFactory(design=design))
    owner = {"account": world.account, "shop": design.shop}
    Run.objects.create(design=design, stage="page", positions=["month-01"], count=1, state=state, **owner)

    html = guest.get(reverse("dashboard")).content.decode()

    assert (text in html, "Our year" in html, "Go on" in html) == (True, True, True)
    assert reverse("calendar_studio_design", args=[design.pk]) in html


def test_the_dashboard_calls_a_design_by_its_prompt_until_somebody_names_it(world, guest):
    owner = {"account": world.account, "shop": world.proof.shop}
    for title in ("", "For Ada"):
        DesignFactory(title=title, **owner).pages.filter(position="front").update(prompt="a fox in the rain")

    html = guest.get(reverse("dashboard")).content.decode()

    names = re.findall(r'<span class="design-title">(.+?)</span>', html)
    assert sorted(names) == ["A fox in the rain", "For Ada", "Untitled card"]


def test_checkout_returns_to_the_order_just_paid(world, guest):
    order = world.order()
    Order.objects.filter(pk=order.pk).update(created_at=timezone.now())

    assert guest.get(reverse("orders")).url == reverse("order", args=[order.pk])


def test_checkout_returns_to_a_waiting_page_until_the_order_is_heard_of(world, guest):
    older = world.order()
    Order.objects.filter(pk=older.pk).update(created_at=timezone.now() - timedelta(minutes=10))
    checkout = Checkout.objects.create(account=world.account, product=world.listing.product, quantity=1)
    Checkout.objects.filter(pk=checkout.pk).update(created_at=timezone.now() - timedelta(minutes=1))

    assert "Waiting for your order" in guest.get(reverse("orders")).content.decode()


def test_old_orders_lead_to_the_dashboard(world, guest):
    order = world.order()
    Order.objects.filter(pk=order.pk).update(created_at=timezone.now() - timedelta(days=2))

    assert guest.get(reverse("orders")).url == reverse("dashboard") + "#orders"


def test_every_order_on_the_road_has_a_stop():
    off_the_road = {"rejected", "cancelled", "refunded", "not_ours"}

    assert set(PASSED) == set(Order.State.values) - off_the_road


@pytest.mark.parametrize(("state", "stop"), [("held", "Check"), ("shipped", "Shipped"), ("delivered", None)])
def test_the_order_page_marks_the_stop_where_the_order_is(world, guest, state, stop):
    order = world.order()
    Order.objects.filter(pk=order.pk).update(state=state)

    steps = guest.get(reverse("order", args=[order.pk])).context["steps"]

    assert [str(step["title"]) for step in steps if step["state"] == "now"] == ([stop] if stop else [])


def test_the_order_page_says_where_it_goes_and_that_its_times_are_utc(world, guest):
    order = world.order()
    Order.objects.filter(pk=order.pk).update(placed_at=datetime(2026, 11, 22, 13, 44, tzinfo=UTC))

    html = guest.get(reverse("order", args=[order.pk])).content.decode()

    address = re.findall(r"<address>(.+)</address>", html)
    assert [re.findall(r"<bdi>(.+?)</bdi>", lines) for lines in address] == [
        ["Robin Sample", "12 Example Street", "Portland OR 97201", "United States"]
    ]
    placed = '<time datetime="2026-11-22T13:44:00+00:00" data-moment="time">Nov. 22, 2026, 1:44 p.m. UTC</time>'
    assert placed in html


def test_a_forgotten_order_has_no_address_any_more(world, guest):
    order = world.order()
    lifecycle.forget(Order.objects.filter(pk=order.pk), at=timezone.now())

    html = guest.get(reverse("order", args=[order.pk])).content.decode()

    assert ("Where it goes" in html, "Example Street" in html) == (False, False)
