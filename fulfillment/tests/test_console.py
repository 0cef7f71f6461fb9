"""The ops console: what waits is in sight, a button makes the domain call, and nothing can be edited around it."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cardmaker.core import storage
from designs.screening import flags
from fulfillment.models import Approval, Order, Question, Refund
from fulfillment.tests.factories import NOON, World, a_world


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
    assert "Machinery" not in page
    assert "kinds of mail" in page


def test_who_may_look_at_orders_sees_what_waits(watcher: Client, world: World):
    world.order()

    assert "Orders waiting for you (1)" in watcher.get("/admin/").content.decode()


def test_the_orders_page_shows_the_proof_pages_and_the_whole_digest(ops: Client, world: World):
    page = ops.get(page_of(world.order())).content.decode()

    assert world.proof.digest in page
    assert page.count("as it will be printed") == 2


def test_a_page_on_the_orders_page_opens_its_print_file(ops: Client, world: World):
    page = ops.get(page_of(world.order())).content.decode()

    links = re.findall(r'<a href="(/files/[^"]+)" title="Open the print file', page)
    opened = [b"".join(ops.get(link).streaming_content) for link in links]
    assert opened == [storage.read(world.proof.files.get(position=name).file) for name in ("front", "back")]


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


def test_a_rejection_says_why(ops: Client, world: World):
    order = world.order()

    act(ops, order, "reject")
    assert Order.objects.get(pk=order.pk).state == "held"
    act(ops, order, "reject", reason="Offensive or unlawful", note="front page")

    assert Order.objects.get(pk=order.pk).state == "rejected"
    assert order.transitions.get(after="rejected").note == "Offensive or unlawful: front page"


def test_a_rejection_with_a_refund_does_both_or_nothing(ops: Client, world: World):
    order, unpaid = world.order(), world.order(financial_status="PENDING", outstanding_minor=839)

    act(ops, order, "reject-and-refund", reason="Suspected fraud")
    act(ops, unpaid, "reject-and-refund", reason="Suspected fraud")

    assert [(refund.order_id, refund.note) for refund in Refund.objects.all()] == [(order.pk, "Suspected fraud")]
    assert Order.objects.get(pk=order.pk).state == "rejected"
    assert Order.objects.get(pk=unpaid.pk).state == "held"


def test_approving_can_lead_to_the_next_that_waits(ops: Client, world: World):
    first, second = world.order(), world.order()

    answer = ops.post(reverse("admin:order-act", args=[first.pk, "approve"]), {"then": "next"})
    last = ops.post(reverse("admin:order-act", args=[second.pk, "approve"]), {"then": "next"})

    assert (answer.url, last.url) == (page_of(second), "/admin/")


def test_many_are_decided_at_once_and_a_refusal_stops_no_other(ops: Client, world: World):
    good, unpaid, late = world.order(), world.order(financial_status="PENDING"), world.order()
    everything = {"_selected_action": [good.pk, unpaid.pk, late.pk]}

    page = ops.post("/admin/fulfillment/order/", everything | {"action": "approve_selected"}, follow=True)
    states = [Order.objects.get(pk=each.pk).state for each in (good, unpaid, late)]
    ops.post("/admin/fulfillment/order/", everything | {"action": "reject_selected", "reason": "Suspected fraud"})

    assert states == ["approved", "held", "approved"]
    assert "Approved 2 of 3 orders." in page.content.decode()
    assert Order.objects.get(pk=unpaid.pk).state == "rejected"


def test_many_buyers_are_asked_the_same(ops: Client, world: World):
    asked = [world.order(), world.order()]
    body = {"_selected_action": [each.pk for each in asked], "action": "ask_selected", "question": "Flat or folded?"}

    ops.post("/admin/fulfillment/order/", body)

    assert [question.text for question in Question.objects.all()] == ["Flat or folded?"] * 2


def test_the_approver_sees_what_it_brings_and_costs(ops: Client, world: World):
    page = ops.get(page_of(world.order())).content.decode()

    assert [text for text in ("$4.90", "$3.49", "$8.39", "$5.44", "$2.95 (35 %)") if text not in page] == []


def test_the_approver_sees_the_accounts_other_orders_and_nobody_elses(ops: Client, world: World):
    order, earlier = world.order(), world.order()
    stranger = a_world().order()

    page = ops.get(page_of(order)).content.decode()
    section = page[page.index('id="earlier"') :]

    assert page_of(earlier) in section
    assert page_of(stranger) not in section


def test_a_flag_that_stands_is_shown_to_the_approver(ops: Client, world: World):
    flags.flag(
        "proof",
        world.proof.pk,
        [flags.Concern("protected_name")],
        account_id=world.account.pk,
        design_id=world.proof.design_id,
        at=NOON,
    )

    assert "protected_name (to be judged)" in ops.get(page_of(world.order())).content.decode()


def test_any_name_of_an_order_finds_it_in_the_list(ops: Client, world: World):
    order, other = world.order(), world.order(email="else@example.com")

    page = ops.get("/admin/fulfillment/order/", {"q": "robin@example.com"}).content.decode()

    assert page_of(order) in page
    assert page_of(other) not in page


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
@pytest.mark.parametrize(("page", "queries"), [("/admin/fulfillment/order/", 8), ("/admin/", 39)])
def test_lists_have_a_fixed_number_of_queries(
    ops: Client, world: World, count: int, page: str, queries: int, django_assert_max_num_queries
):
    for _ in range(count):
        world.order()
    ops.get(page)

    with django_assert_max_num_queries(queries):
        ops.get(page)
