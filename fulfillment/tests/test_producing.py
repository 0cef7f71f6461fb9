"""Telling the supplier to print: after everything else, alone, as often as it takes, and never without approval."""

from dataclasses import replace
from datetime import timedelta

import pytest

from billing.models import Guardrails
from cardmaker.core.jobs import Later
from cardmaker.core.models import IllegalMove
from fulfillment.models import Draft, PrintJob
from fulfillment.orders import calling_off
from fulfillment.printing import following, producing, recovery, submission
from fulfillment.suppliers.base import SupplierRejected, SupplierUnavailable
from fulfillment.suppliers.fake import FakeSupplier
from fulfillment.tests.factories import LATER, NOON, World, a_world
from fulfillment.tests.test_drafts import Killed, UploadingSupplier, copy
from fulfillment.tests.test_submission import SETTLE


class Hesitating(UploadingSupplier):
    """Accepts orders, but does not print at once: `fails` holds what happens at the next words."""

    def produce(self, supplier_ref: str) -> None:
        if self.fails:
            raise self.fails.pop(0)
        super().produce(supplier_ref)


def hesitating(*fails: Exception) -> Hesitating:
    supplier = Hesitating()
    supplier.fails = list(fails)
    return supplier


@pytest.fixture
def world(db: None) -> World:
    return a_world(draws_grid=True)


@pytest.fixture
def job(world: World) -> PrintJob:
    return world.print_job()


def send(job: PrintJob, supplier: FakeSupplier, *, at=NOON, live=False) -> Later | None:
    fresh = PrintJob.objects.select_related("order").get(pk=job.pk)
    answer = submission.submit(fresh, supplier=supplier, clock=lambda: at, settle=SETTLE, live=live, picture=copy)
    job.refresh_from_db()
    return answer


def facts(job: PrintJob) -> tuple[str, object]:
    job.refresh_from_db()
    return job.state, job.produced_at


def test_an_order_is_prepared_placed_and_printed(job: PrintJob):
    supplier = hesitating()

    assert send(job, supplier) is None

    assert facts(job) == ("accepted", NOON)
    assert supplier.produced == [job.supplier_ref]
    assert supplier.requests[0].lines[0].refs == Draft.objects.get().refs


def test_a_word_to_print_that_was_not_heard_is_said_again_and_the_order_is_not_sent_again(job: PrintJob):
    supplier = hesitating(SupplierUnavailable("8502"), SupplierUnavailable("8502"))

    assert isinstance(send(job, supplier), Later)
    assert facts(job) == ("accepted", None)
    assert job.awaits_production
    assert isinstance(send(job, supplier), Later)
    assert send(job, supplier, at=LATER) is None

    assert facts(job) == ("accepted", LATER)
    assert (len(supplier.requests), supplier.produced) == (1, [job.supplier_ref])
    assert send(job, supplier, at=LATER) is None
    assert len(supplier.produced) == 1


@pytest.mark.parametrize("point", ["submit.answered", "submit.receipt_kept", "submit.produced"])
def test_a_worker_killed_anywhere_neither_loses_nor_doubles_the_order(job: PrintJob, monkeypatch, point: str):
    supplier = hesitating()

    def kill(name: str) -> None:
        if name == point:
            raise Killed

    for module in (submission, producing):
        monkeypatch.setattr(module.crash, "point", kill)
    with pytest.raises(Killed):
        send(job, supplier)
    monkeypatch.setattr(submission.crash, "point", lambda name: None)
    send(job, supplier, at=NOON + SETTLE)

    assert facts(job) == ("accepted", NOON + SETTLE)
    assert (len(supplier.requests), set(supplier.produced)) == (1, {job.supplier_ref})
    assert supplier.sent == ["upload:back", "upload:front", "product"]


def test_the_kill_switch_stops_what_is_accepted_and_not_printed(job: PrintJob):
    supplier = hesitating(SupplierUnavailable("8502"))
    send(job, supplier)
    Guardrails.objects.update(supplier_orders_stopped=True)

    assert isinstance(send(job, supplier), Later)
    assert supplier.produced == []

    Guardrails.objects.update(supplier_orders_stopped=False)
    assert send(job, supplier) is None
    assert supplier.produced == [job.supplier_ref]


def test_live_printing_that_is_off_stops_it_as_well(job: PrintJob):
    supplier = hesitating(SupplierUnavailable("8502"))
    send(job, supplier)

    assert isinstance(send(job, supplier, live=True), Later)
    assert supplier.produced == []


def test_an_approval_withdrawn_meanwhile_is_not_printed(job: PrintJob):
    supplier = hesitating(SupplierUnavailable("8502"))
    send(job, supplier)
    calling_off.withdraw_approval(job.order, at=NOON)

    assert send(job, supplier) is None

    assert facts(job) == ("accepted", None)
    assert supplier.produced == []


def test_what_is_owed_again_is_not_printed_and_needs_a_person(world: World, job: PrintJob):
    supplier = hesitating(SupplierUnavailable("8502"))
    send(job, supplier)
    world.read_again(job.order, financial_status="PARTIALLY_PAID", outstanding_minor=490)

    assert send(job, supplier) is None

    assert facts(job) == ("needs_attention", None)
    assert supplier.produced == []


def test_what_was_changed_in_the_shop_meanwhile_waits_for_a_person(world: World, job: PrintJob):
    supplier = hesitating(SupplierUnavailable("8502"))
    send(job, supplier)
    world.read_again(job.order, lines=(world.line(current_quantity=9),))

    assert isinstance(send(job, supplier), Later)
    assert supplier.produced == []


def test_files_that_differ_are_seen_before_anything_is_printed(job: PrintJob):
    supplier = hesitating(SupplierUnavailable("8502"))
    send(job, supplier)
    PrintJob.objects.update(files_checked_at=None)
    job.refresh_from_db()
    (item,) = supplier.readings[job.supplier_ref].items
    supplier.report_files(job.supplier_ref, (replace(item.files[0], width_px=100), *item.files[1:]))

    assert send(job, supplier) is None

    assert facts(job) == ("needs_attention", None)
    assert supplier.produced == []
    assert supplier.readings[job.supplier_ref].items[0].state == "cancelled"


def test_a_refusal_to_print_needs_a_person_who_can_have_it_tried_again(job: PrintJob):
    supplier = hesitating(SupplierRejected("Payment method declined"))
    send(job, supplier)
    assert facts(job) == ("needs_attention", None)
    assert job.last_error == "Accepted, but not printed: Payment method declined"

    recovery.produce_again(job, at=LATER)
    send(job, supplier, at=LATER)

    assert facts(job) == ("accepted", LATER)
    assert len(supplier.requests) == 1
    with pytest.raises(IllegalMove):
        recovery.produce_again(job, at=LATER)


def test_a_supplier_that_stays_silent_about_printing_needs_a_person(job: PrintJob):
    supplier = hesitating(*[SupplierUnavailable("8502")] * 3)
    send(job, supplier)

    assert send(job, supplier, at=NOON + timedelta(minutes=61)) is None

    assert facts(job) == ("needs_attention", None)


def test_what_the_supplier_prints_anyway_counts_as_told(job: PrintJob):
    supplier = hesitating(SupplierUnavailable("8502"))
    send(job, supplier)
    supplier.move(job.supplier_ref, "in_production")

    following.follow(PrintJob.objects.get(pk=job.pk), supplier=supplier, at=LATER)

    assert facts(job) == ("in_production", LATER)


def test_what_is_still_prepared_is_waited_for_without_the_settle_time(job: PrintJob):
    supplier = hesitating()
    supplier.unavailable = True

    assert isinstance(send(job, supplier), Later)
    assert facts(job) == ("ready", None)

    supplier.unavailable = False
    assert send(job, supplier, at=NOON + timedelta(seconds=3)) is None
    assert facts(job) == ("accepted", NOON + timedelta(seconds=3))
