"""Following a job at its supplier: files first, then parcels, money and states."""

from dataclasses import replace

import pytest

from billing.models import LedgerEntry
from cardmaker.core.models import Job
from fulfillment.models import PrintJob, Shipment
from fulfillment.orders import approval
from fulfillment.printing import following, placing
from fulfillment.suppliers.base import ReportedFile, SupplierUnavailable
from fulfillment.tests.factories import LATER, World
from fulfillment.tests.test_submission import send


def accepted(world: World) -> PrintJob:
    job = world.print_job()
    send(job, world.supplier)
    job.refresh_from_db()
    return job


def follow(job: PrintJob, world: World) -> PrintJob:
    following.follow(job, supplier=world.supplier, at=LATER)
    return PrintJob.objects.select_related("order").get(pk=job.pk)


def test_shipped_at_the_supplier_is_one_shipment_and_one_announcement(world: World):
    job = accepted(world)
    world.supplier.move(job.supplier_ref, "shipped", tracking_number="9400100000000000000001")

    follow(job, world)
    job = follow(job, world)

    shipment = Shipment.objects.get()
    assert (job.state, job.order.state) == ("shipped", "shipped")
    assert (shipment.carrier, shipment.tracking_number) == ("USPS", "9400100000000000000001")
    assert Job.objects.filter(kind="fulfillment.announce_shipment").count() == 1


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("https://track.example/1", "https://track.example/1"),
        ("javascript:alert(1)", ""),
        ("track.example/1", ""),
        ("https://track.example/" + "1" * 500, ""),
    ],
)
def test_what_a_supplier_says_of_a_parcel_is_kept_as_far_as_it_can_be(world: World, told: str, kept: str):
    job = accepted(world)
    world.supplier.move(job.supplier_ref, "shipped", tracking_number="9" * 130)
    reading = world.supplier.readings[job.supplier_ref]
    parcel = replace(reading.items[0].shipments[0], carrier="c" * 90, tracking_url=told)
    items = tuple(replace(item, shipments=(parcel,)) for item in reading.items)
    world.supplier.readings[job.supplier_ref] = replace(reading, items=items)

    for _ in range(2):
        follow(job, world)

    shipment = Shipment.objects.get()
    assert (shipment.carrier, shipment.tracking_number, shipment.tracking_url) == ("c" * 80, "9" * 120, kept)


def test_production_is_charged_once(world: World):
    job = accepted(world)
    for state in ("in_production", "in_production", "shipped", "delivered"):
        world.supplier.move(job.supplier_ref, state, tracking_number="9400")
        job = follow(job, world)

    assert [entry.amount_micros for entry in LedgerEntry.objects.filter(meter="print")] == [5_440_000]
    assert (job.state, job.order.state, job.over_at) == ("delivered", "delivered", LATER)


def test_a_file_of_another_size_at_the_supplier_stops_the_print(world: World):
    job = accepted(world)
    (item,) = world.supplier.readings[job.supplier_ref].items
    wrong = (replace(item.files[0], width_px=100), *item.files[1:])
    world.supplier.report_files(job.supplier_ref, wrong)

    job = follow(job, world)

    assert (job.state, job.order.state) == ("needs_attention", "needs_attention")
    assert world.supplier.readings[job.supplier_ref].items[0].state == "cancelled"


def test_a_file_from_another_address_at_the_supplier_stops_the_print(world: World):
    job = accepted(world)
    world.supplier.report_files(job.supplier_ref, [ReportedFile("https://elsewhere.example.com/x.jpg")])

    assert follow(job, world).state == "needs_attention"


def test_a_supplier_that_cannot_stop_it_any_more_says_so_to_ops(world: World):
    job = accepted(world)
    world.supplier.report_files(job.supplier_ref, [ReportedFile("https://elsewhere.example.com/x.jpg")])
    world.supplier.move(job.supplier_ref, "in_production")

    assert "NOT STOPPED" in follow(job, world).last_error


def test_a_job_cancelled_by_the_supplier_gives_the_money_back(world: World):
    job = accepted(world)
    world.supplier.move(job.supplier_ref, "cancelled")

    job = follow(job, world)

    assert job.state == "cancelled"
    assert LedgerEntry.objects.filter(meter="print").count() == 0


def test_an_answer_about_another_order_changes_nothing(world: World):
    job = accepted(world)
    world.supplier.move(job.supplier_ref, "shipped", tracking_number="9400100000000000000001")
    reading = world.supplier.readings[job.supplier_ref]
    world.supplier.readings[job.supplier_ref] = replace(reading, reference="CM-SOMEBODYELSE-G1")

    with pytest.raises(SupplierUnavailable):
        follow(job, world)

    assert (Shipment.objects.count(), PrintJob.objects.get().state) == (0, "accepted")


@pytest.fixture
def left_out(world: World) -> PrintJob:
    """Of two lines the supplier cancelled one and ships the other."""
    order = world.order(lines=(world.line(), world.line(gid="gid://shopify/LineItem/2")))
    approval.approve(order, by="1", at=LATER)
    (job,) = placing.place(order, at=LATER)
    send(job, world.supplier)
    job.refresh_from_db()
    world.supplier.move(job.supplier_ref, "shipped", tracking_number="9400100000000000000001")
    reading = world.supplier.readings[job.supplier_ref]
    items = (reading.items[0], replace(reading.items[1], state="cancelled", shipments=()))
    world.supplier.readings[job.supplier_ref] = replace(reading, items=items)
    return job


def test_a_line_that_the_supplier_leaves_out_is_for_a_person(world: World, left_out: PrintJob):
    job = follow(left_out, world)

    assert (job.state, job.order.state) == ("shipped", "needs_attention")
    assert [row["code"] for row in job.order.unseen_news()] == ["part_not_printed"]
    assert job.order.unseen_news()[0]["message"] == f"The supplier left 1 of 2 lines out of {job.reference}."


def test_who_has_seen_that_a_line_was_left_out_is_not_told_again(world: World, left_out: PrintJob):
    approval.dismiss_news(follow(left_out, world).order, by="7", at=LATER)

    job = follow(left_out, world)

    assert (job.order.state, job.order.unseen_news()) == ("shipped", [])
