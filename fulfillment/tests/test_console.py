"""The ops console: what waits is in sight, a button makes the domain call, and nothing can be edited around it."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from fulfillment.models import Approval, Order
from fulfillment.tests.factories import World


@pytest.fixture
def ops(db) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("ops@example.com", "correct horse battery"))
    return client


@pytest.fixture
def watcher(db) -> Client:
    """Staff who may look but not decide."""
    user = User.objects.create_user("watch@example.com", "correct horse battery", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_order"))
    client = Client()
    client.force_login(user)
    return client


def page_of(order: Order) -> str:
    return f"/admin/fulfillment/order/{order.pk}/change/"


def act(client: Client, order: Order, verb: str, **data: str) -> int:
    return client.post(reverse("admin:order-act", args=[order.pk, verb]), data).status_code


def test_the_start_page_shows_what_waits(ops: Client, world: World):
    order = world.order()

    page = ops.get("/admin/").content.decode()

    assert "Orders waiting for you (1)" in page
    assert page_of(order) in page


def test_who_may_not_see_orders_sees_none_on_the_start_page(world: World):
    world.order()
    client = Client()
    client.force_login(User.objects.create_user("clerk@example.com", "correct horse battery", is_staff=True))

    page = client.get("/admin/").content.decode()

    assert "Orders waiting for you" not in page
    assert world.proof.digest[:8] not in page
    assert "Machinery" in page


def test_who_may_look_at_orders_sees_what_waits(watcher: Client, world: World):
    world.order()

    assert "Orders waiting for you (1)" in watcher.get("/admin/").content.decode()


def test_the_orders_page_shows_the_proof_pages_and_the_whole_digest(ops: Client, world: World):
    page = ops.get(page_of(world.order())).content.decode()

    assert world.proof.digest in page
    assert page.count("as it will be printed") == 2


def test_the_button_approves_in_the_name_of_who_pressed_it(ops: Client, world: World):
    order = world.order()

    assert act(ops, order, "approve") == 302
    assert act(ops, order, "approve") == 302

    assert Order.objects.get(pk=order.pk).state == "approved"
    assert [given.approved_by for given in Approval.objects.all()] == [
        str(User.objects.get(email="ops@example.com").pk)
    ]


def test_a_reason_that_blocks_disables_the_button_and_the_call(ops: Client, world: World):
    order = world.order(financial_status="PENDING")

    act(ops, order, "approve")

    assert "disabled" in ops.get(page_of(order)).content.decode()
    assert Order.objects.get(pk=order.pk).state == "held"


def test_who_may_only_look_cannot_decide(watcher: Client, world: World):
    order = world.order()

    assert watcher.get(page_of(order)).status_code == 200
    assert act(watcher, order, "approve") == 403
    assert Order.objects.get(pk=order.pk).state == "held"


def test_a_stranger_is_sent_to_the_login(client, world: World):
    order = world.order()

    assert client.get(page_of(order)).status_code == 302
    assert act(client, order, "approve") == 302
    assert Order.objects.get(pk=order.pk).state == "held"


def test_no_order_can_be_edited_or_deleted_by_hand(ops: Client, world: World):
    order = world.order()
    ops.post(page_of(order), {"state": "shipped"})

    assert ops.post(f"/admin/fulfillment/order/{order.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Order.objects.get(pk=order.pk).state == "held"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("/admin/fulfillment/order/", 7), ("/admin/", 24)])
def test_lists_have_a_fixed_number_of_queries(
    ops: Client, world: World, count: int, page: str, queries: int, django_assert_max_num_queries
):
    for _ in range(count):
        world.order()
    ops.get(page)

    with django_assert_max_num_queries(queries):
        ops.get(page)
