"""The support page: one box, one screen, and buttons that make domain calls."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from cardmaker.core.models import Job
from fulfillment.care import announcing, resending
from fulfillment.models import Order, PrintJob, Refund, Shipment
from fulfillment.tests.factories import LATER, NOON, World
from fulfillment.tests.test_console import act, ops, page_of, watcher  # noqa: F401


def look(client: Client, text: str) -> str:
    return client.get(reverse("admin:support"), {"q": text}).content.decode()


@pytest.fixture
def parcel(world: World) -> Shipment:
    job = world.print_job()
    PrintJob.objects.filter(pk=job.pk).update(state="shipped", supplier_ref="G-1")
    Order.objects.filter(pk=job.order_id).update(state="shipped")
    return Shipment.objects.create(
        job=job,
        carrier="USPS",
        tracking_number="94001",
        tracking_url="https://example.com/t",
        shipped_at=NOON,
        mailed_at=NOON,
    )


def test_one_screen_says_what_they_approved_and_where_it_is(ops: Client, world: World, parcel: Shipment):  # noqa: F811
    page = look(ops, "94001")

    assert world.proof.digest in page
    assert page.count("as it will be printed") == 2
    assert "https://example.com/t" in page
    assert "12 Example Street" in page
    assert "Send the “shipped” mail again" in page


def test_several_orders_are_listed_and_each_opens(ops: Client, world: World):  # noqa: F811
    first, second = world.order(), world.order()

    page = look(ops, str(world.account.pk))

    assert f"?q={first.pk}" in page
    assert f"?q={second.pk}" in page


def test_what_nobody_knows_is_said(ops: Client, world: World):  # noqa: F811
    assert "Nothing is known under “&lt;b&gt;”" in look(ops, "<b>")
    assert "Type what the buyer" in look(ops, "")


def test_a_mail_goes_out_once_more_however_often_it_is_pressed(ops: Client, parcel: Shipment, drain):  # noqa: F811
    Job.objects.all().delete()
    order = parcel.job.order
    form = {"name": "shipped", "key": str(parcel.pk), "then": "support"}

    act(ops, order, "resend", **form)
    act(ops, order, "resend", **form)
    drain()

    assert [sent.to for sent in mail.outbox] == [["robin@example.com"]]
    assert resending.sent(order)[-1][:2] == ("shipped", parcel.pk)


def test_a_mail_sent_again_is_not_taken_for_the_first_one(world: World, drain):
    order = world.order()
    announcing.mail_received(order, at=NOON)

    resending.resend(order, "received", order.pk, by="1", at=LATER)
    drain()

    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first != second


@pytest.mark.parametrize("form", [{}, {"name": "secret", "key": "x"}, {"name": "shipped", "key": "not-a-key"}])
def test_a_form_that_lacks_something_sends_nothing(ops: Client, parcel: Shipment, form):  # noqa: F811
    assert act(ops, parcel.job.order, "resend", **form) == 404


def test_another_orders_mail_cannot_be_sent_from_here(ops: Client, world: World, parcel: Shipment):  # noqa: F811
    act(ops, world.order(), "resend", name="shipped", key=str(parcel.pk))

    parcel.refresh_from_db()
    assert parcel.mailed_at == NOON


def test_a_reprint_names_the_same_proof_and_keeps_within_the_limits(ops: Client, world: World, parcel: Shipment):  # noqa: F811
    order = parcel.job.order

    act(ops, order, "reprint", reason="Arrived damaged")
    act(ops, order, "reprint", reason="Arrived damaged")

    jobs = list(order.print_jobs.order_by("round"))
    assert [job.round for job in jobs] == [0, 1]
    assert [line.approval.proof_digest for line in jobs[1].lines.all()] == [world.proof.digest]


def test_money_is_given_back_with_a_reason_and_never_without(ops: Client, parcel: Shipment):  # noqa: F811
    order = parcel.job.order

    act(ops, order, "refund", amount="4.90")
    act(ops, order, "refund", amount="much", note="late")
    act(ops, order, "refund", amount="-1", note="late")
    assert not Refund.objects.exists()
    act(ops, order, "refund", amount="4.90", note="late")

    assert [(given.amount_minor, given.note) for given in Refund.objects.all()] == [(490, "late")]


def test_who_may_only_look_gets_no_buttons(watcher: Client, parcel: Shipment):  # noqa: F811
    page = look(watcher, "94001")

    assert "Reprint" not in page
    assert "Refund" not in page
    for verb in ("resend", "reprint", "refund", "cancel"):
        assert act(watcher, parcel.job.order, verb, note="x", name="shipped", key=str(parcel.pk)) == 403


def test_staff_without_orders_have_no_support_page(world: World):
    from accounts.models import User

    client = Client()
    client.force_login(User.objects.create_user("clerk@example.com", "correct horse battery", is_staff=True))

    assert client.get(reverse("admin:support")).status_code == 403
    assert Client().get(reverse("admin:support")).status_code == 302


def test_the_order_page_leads_to_support_and_back(ops: Client, parcel: Shipment):  # noqa: F811
    order = parcel.job.order

    assert f"/admin/support/?q={order.pk}" in ops.get(page_of(order)).content.decode()
    assert page_of(order) in look(ops, str(order.pk))


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_costs_the_same_for_one_line_and_three(
    ops: Client,  # noqa: F811
    world: World,
    count: int,
    django_assert_max_num_queries,
):
    order = world.order(lines=tuple(world.line(gid=f"gid://shopify/LineItem/{number}") for number in range(count)))
    look(ops, str(order.pk))

    with django_assert_max_num_queries(30):
        look(ops, str(order.pk))
