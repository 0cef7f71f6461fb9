"""What was prepared at suppliers goes: long after delivery, or when nobody bought it; never under an order."""

from datetime import timedelta

import pytest

from cardmaker.core import storage
from cardmaker.core.models import Job
from fulfillment.models import Draft, PrintJob
from fulfillment.printing import clearing, drafts
from fulfillment.suppliers.base import SupplierUnavailable
from fulfillment.tests.factories import NOON, World, a_world
from fulfillment.tests.test_drafts import UploadingSupplier, copy

LONG_AFTER = NOON + timedelta(days=40)


class Forgetful(UploadingSupplier):
    """Counts what it was asked to delete."""

    def discard(self, refs) -> None:
        self._answer()
        self.discarded = [*getattr(self, "discarded", []), dict(refs)]


@pytest.fixture
def world(db: None) -> World:
    return a_world(draws_grid=True)


@pytest.fixture
def supplier() -> Forgetful:
    return Forgetful()


@pytest.fixture
def draft(world: World, supplier: Forgetful) -> Draft:
    made = drafts.start(world.proof, world.item, at=NOON)
    drafts.prepare(made, supplier=supplier, picture=copy, clock=lambda: NOON)
    Draft.objects.update(created_at=NOON)
    return Draft.objects.select_related("proof").get()


def due() -> list[Draft]:
    return list(clearing.due_drafts(at=LONG_AFTER))


def test_what_nobody_bought_is_cleared_after_a_month(draft: Draft):
    assert list(clearing.due_drafts(at=NOON + timedelta(days=29))) == []
    assert due() == [draft]


@pytest.mark.parametrize(("days_over", "is_due"), [(None, False), (29, False), (31, True)])
def test_what_was_ordered_is_cleared_a_month_after_it_is_over(world: World, draft: Draft, days_over, is_due):
    job = world.print_job()
    over_at = None if days_over is None else LONG_AFTER - timedelta(days=days_over)
    PrintJob.objects.filter(pk=job.pk).update(over_at=over_at)

    assert due() == ([draft] if is_due else [])


def test_clearing_twice_deletes_once(draft: Draft, supplier: Forgetful):
    refs = dict(draft.refs)
    for _ in range(2):
        clearing.clear(Draft.objects.select_related("proof").get(), supplier=supplier, at=LONG_AFTER)

    draft.refresh_from_db()
    assert supplier.discarded == [refs]
    assert (draft.refs, draft.leftovers, draft.cleared_at, draft.mockups) == ({}, {}, LONG_AFTER, [])


def test_a_worker_killed_while_clearing_leaves_it_to_the_next(draft: Draft, supplier: Forgetful):
    refs = dict(draft.refs)
    supplier.unavailable = True
    with pytest.raises(SupplierUnavailable):
        clearing.clear(draft, supplier=supplier, at=LONG_AFTER)

    supplier.unavailable = False
    clearing.clear(Draft.objects.select_related("proof").get(), supplier=supplier, at=LONG_AFTER)

    assert supplier.discarded == [refs]


def test_an_order_after_the_clearing_prepares_it_afresh(world: World, draft: Draft, supplier: Forgetful):
    clearing.clear(draft, supplier=supplier, at=LONG_AFTER)

    drafts.for_order(world.print_job(), supplier=supplier, picture=copy, clock=lambda: LONG_AFTER)

    draft.refresh_from_db()
    assert (draft.is_at_supplier, draft.refs["product"]) == (True, "product-6")


def test_the_pictures_of_what_was_ordered_stay_until_its_files_go(world: World, draft: Draft, supplier: Forgetful):
    world.print_job()
    clearing.clear(draft, supplier=supplier, at=LONG_AFTER)

    draft.refresh_from_db()
    assert len(draft.mockups) == 2


def test_forgetting_removes_our_copies(draft: Draft):
    names = [storage.put(f"mock-up {number}".encode(), "webp") for number in range(2)]
    draft.mockups = [{"url": "u", "file": name} for name in names]

    assert clearing.forget_mockups(draft) == 2
    assert [storage.exists(name) for name in names] == [False, False]


def test_the_due_ones_are_queued(draft: Draft):
    assert clearing.queue_due(at=LONG_AFTER) == 1
    assert Job.objects.filter(kind=clearing.CLEAR, subject=str(draft.pk)).count() == 1
