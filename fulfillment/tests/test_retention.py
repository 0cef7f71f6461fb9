"""What is kept how long: print files go when every job of theirs has been over for the set time, and not before."""

from datetime import timedelta

import pytest
from django.conf import settings

from cardmaker.core import storage
from cardmaker.core.inbox import InboxEvent
from designs.models import Design
from fulfillment import retention
from fulfillment.models import Checkout, Order, PrintJob
from fulfillment.orders import approval
from fulfillment.tests.factories import NOON, World

KEPT = timedelta(days=settings.PRINT_FILE_DAYS)


def over(job: PrintJob) -> list[str]:
    PrintJob.objects.filter(pk=job.pk).update(state="delivered", over_at=NOON, supplier_ref="1")
    Order.objects.filter(pk=job.order_id).update(state="delivered")
    return [file.file for file in job.lines.get().line.proof.files.all()]


def test_print_files_go_when_their_time_is_over_and_only_once(world: World):
    names = over(world.print_job())

    assert retention.purge(at=NOON + KEPT)["print files"] == 0
    assert [storage.exists(name) for name in names] == [True, True]

    later = NOON + KEPT + timedelta(seconds=1)
    assert [retention.purge(at=later)["print files"] for _ in range(2)] == [2, 0]
    assert [storage.exists(name) for name in names] == [False, False]
    assert world.proof.files.filter(file="").exclude(preview_file="").count() == 2


@pytest.mark.parametrize("approved", [False, True])
def test_an_order_that_waits_to_be_printed_keeps_the_files_of_a_proof_printed_before(world: World, approved: bool):
    names = over(world.print_job())
    again = world.order()
    if approved:
        approval.approve(again, by="1", at=NOON)

    assert retention.purge(at=NOON + 2 * KEPT)["print files"] == 0
    assert [storage.exists(name) for name in names] == [True, True]


def test_an_order_that_was_refused_keeps_no_files(world: World):
    over(world.print_job())
    approval.reject(world.order(), by="1", note="", at=NOON)

    assert retention.purge(at=NOON + 2 * KEPT)["print files"] == 2


def delivery(state: str) -> InboxEvent:
    return InboxEvent.objects.create(
        source="shopify", external_id=state, topic="orders/paid", payload={}, then="none", received_at=NOON, state=state
    )


@pytest.mark.django_db
def test_a_dead_letter_waits_half_a_year_to_be_replayed_and_then_goes_with_whom_it_names():
    for state in ("handled", "ignored", "dead", "new"):
        delivery(state)

    assert retention.purge(at=NOON + timedelta(days=179))["deliveries"] == 2
    assert retention.purge(at=NOON + timedelta(days=181))["deliveries"] == 1
    assert [event.state for event in InboxEvent.objects.all()] == ["new"]


def test_a_job_still_under_way_keeps_the_files_of_the_same_proof(world: World):
    names = over(world.print_job())
    world.print_job()

    assert retention.purge(at=NOON + 2 * KEPT)["print files"] == 0
    assert [storage.exists(name) for name in names] == [True, True]


def shown(world: World) -> list[bool]:
    """Whether each file and each preview of the proof is still there."""
    files = world.proof.files.order_by("pk").values_list("file", "preview_file")
    return [bool(name) and storage.exists(name) for row in files for name in row]


def delete_design(world: World) -> None:
    Design.objects.filter(pk=world.proof.design_id).update(deleted_at=NOON)


LONG_AFTER = NOON + timedelta(days=31)


def test_a_deleted_design_that_nobody_bought_leaves_no_picture_behind(world: World):
    delete_design(world)

    assert retention.purge(at=NOON + timedelta(days=29))["print files"] == 0
    assert [retention.purge(at=LONG_AFTER)["print files"] for _ in range(2)] == [4, 0]
    assert shown(world) == [False] * 4


@pytest.mark.parametrize("deleted", [False, True])
def test_what_somebody_may_still_buy_or_has_bought_is_kept(world: World, deleted: bool):
    if deleted:
        delete_design(world)
        Checkout.objects.create(account=world.account, product=world.listing.product, quantity=1)
        Checkout.objects.update(created_at=NOON + timedelta(days=10))

    assert retention.purge(at=LONG_AFTER)["print files"] == 0

    world.order()
    assert retention.purge(at=NOON + timedelta(days=60))["print files"] == 0
    assert shown(world) == [True] * 4


def test_what_a_forgotten_buyer_bought_goes_whole_when_it_is_printed(world: World):
    job = world.print_job()
    delete_design(world)
    Order.objects.update(forgotten_at=NOON)

    assert retention.purge(at=LONG_AFTER)["print files"] == 0
    over(job)
    assert retention.purge(at=LONG_AFTER)["print files"] == 4
