"""What a supplier draws itself is prepared before anybody pays: once, whatever gets lost, and seen before checkout."""

from datetime import timedelta

import pytest

from billing.models import Price
from cardmaker.core.http import OutsideUnavailable
from cardmaker.core.jobs import Later
from cardmaker.core.models import Job
from designs.models import Proof
from fulfillment.models import Draft, SupplierItem
from fulfillment.printing import drafts
from fulfillment.sales import caldates, selling
from fulfillment.sales.selling import DatesNotConfirmed, MockupNotReady, Purchase
from fulfillment.suppliers.base import Draft as Made
from fulfillment.suppliers.base import SupplierRejected, SupplierUnavailable
from fulfillment.suppliers.fake import FakeSupplier
from fulfillment.tests.factories import LATER, NOON, World, a_world


class Killed(BaseException):
    """The worker is gone, as after SIGKILL: nothing of ours may catch it."""


class UploadingSupplier(FakeSupplier):
    """Uploads each file, then makes a product of them; counts what it was sent."""

    def prepare(self, draft, known, keep) -> Made:
        self._answer()
        refs = dict(known)
        self.sent = getattr(self, "sent", [])
        for name in [*(f"upload:{file.position}" for file in draft.files), "product"]:
            if name not in refs:
                self.sent.append(name)
                refs[name] = f"{name}-{len(self.sent)}"
                keep(name, refs[name])
        return Made(refs, ("https://mockups.example/1.jpg", "https://mockups.example/2.jpg"))


def copy(url: str) -> str:
    return f"ab/cd/{url.rsplit('/', 1)[-1]}.webp"


@pytest.fixture
def world(db: None) -> World:
    """Something with a calendar grid that the supplier prints, and somebody else's of the same."""
    Price.objects.create(shop=None, format_code="card-5x7-flat", amount_minor=490, currency="USD")
    a_world(draws_grid=True, year=2027)
    return a_world()


@pytest.fixture
def draft(world: World) -> Draft:
    return drafts.start(world.proof, world.item, at=NOON)


def prepare(draft: Draft, supplier: FakeSupplier, *, at=NOON, picture=copy) -> Later | None:
    fresh = Draft.objects.select_related("proof__format", "item__print_spec").get(pk=draft.pk)
    return drafts.prepare(fresh, supplier=supplier, picture=picture, clock=lambda: at)


def buy(world: World, **changes):
    purchase = Purchase(**{"quantity": 1, "shows_design": True, "accepts_warnings": False, **changes})
    return selling.start_checkout(world.proof, purchase, account=world.account, shop=world.proof.shop, at=NOON)


def test_a_draft_keeps_its_refs_and_our_copies_of_the_mock_ups(draft: Draft):
    assert prepare(draft, UploadingSupplier()) is None

    draft.refresh_from_db()
    assert (draft.state, draft.ready_at) == ("ready", NOON)
    assert draft.refs == {"upload:front": "upload:front-2", "upload:back": "upload:back-1", "product": "product-3"}
    assert [mockup["file"] for mockup in draft.mockups] == ["ab/cd/1.jpg.webp", "ab/cd/2.jpg.webp"]


def test_starting_twice_queues_once_and_preparing_twice_sends_once(world: World, draft: Draft):
    supplier = UploadingSupplier()
    assert drafts.start(world.proof, world.item, at=LATER) == draft

    for _ in range(2):
        prepare(draft, supplier)

    assert supplier.sent == ["upload:back", "upload:front", "product"]
    assert Job.objects.filter(kind=drafts.PREPARE).count() == 1


def test_of_two_workers_the_first_ones_ref_is_kept(draft: Draft):
    other = Draft.objects.get(pk=draft.pk)

    assert (draft.keep_ref("product", "1"), other.keep_ref("product", "2")) == ("1", "1")


@pytest.mark.parametrize("kill_at", range(1, 6))
def test_a_worker_killed_at_any_ref_leaves_nothing_to_be_sent_again(draft: Draft, monkeypatch, kill_at: int):
    supplier, passed = UploadingSupplier(), []

    def point(name: str) -> None:
        passed.append(name)
        if len(passed) == kill_at:
            raise Killed

    monkeypatch.setattr(drafts.crash, "point", point)
    with pytest.raises(Killed):
        prepare(draft, supplier)
    prepare(draft, supplier)

    draft.refresh_from_db()
    assert draft.state == "ready"
    assert supplier.sent == ["upload:back", "upload:front", "product"]
    assert [mockup["file"] for mockup in draft.mockups] == ["ab/cd/1.jpg.webp", "ab/cd/2.jpg.webp"]
    assert passed == ["draft.kept"] * 3 + ["draft.pictured"] * 2


def test_a_long_preparation_makes_room_and_goes_on_after_its_refs(draft: Draft):
    supplier, times = UploadingSupplier(), iter(NOON + timedelta(seconds=15 * step) for step in range(20))
    fresh = Draft.objects.select_related("proof__format", "item__print_spec").get(pk=draft.pk)

    turn = drafts.prepare(fresh, supplier=supplier, picture=copy, clock=lambda: next(times))

    assert turn == Later(0)
    assert prepare(draft, supplier) is None
    assert supplier.sent == ["upload:back", "upload:front", "product"]


def test_a_proof_that_is_still_rendered_is_waited_for(world: World, draft: Draft):
    draft.proof = Proof(state=Proof.State.RENDERING)

    assert drafts.prepare(draft, supplier=FakeSupplier(), picture=copy, clock=lambda: NOON) == Later(drafts.AGAIN_S)


def test_mock_ups_that_are_not_drawn_yet_are_asked_for_again(draft: Draft):
    supplier = FakeSupplier(draws_mockups=True, mockups_after=1)

    assert isinstance(prepare(draft, supplier), Later)
    assert prepare(draft, supplier) is None
    assert len(supplier.drafts) == 1


def test_a_picture_that_cannot_be_fetched_yet_is_fetched_later(draft: Draft):
    def missing(url: str) -> str:
        raise OutsideUnavailable("not there")

    assert isinstance(prepare(draft, UploadingSupplier(), picture=missing), Later)

    draft.refresh_from_db()
    assert (draft.state, draft.mockups) == ("preparing", [])


def test_a_supplier_that_stays_silent_is_given_up_and_asked_again_on_demand(world: World, draft: Draft):
    silent = FakeSupplier(unavailable=True)
    prepare(draft, silent, at=NOON + drafts.GIVE_UP_AFTER + timedelta(seconds=1))
    draft.refresh_from_db()
    assert (draft.state, draft.error) == ("failed", drafts.NO_ANSWER)

    drafts.start(world.proof, world.item, at=LATER)

    draft.refresh_from_db()
    assert (draft.state, draft.started_at) == ("preparing", LATER)


def test_a_refusal_is_final_and_said(draft: Draft):
    class Refusing(FakeSupplier):
        def prepare(self, draft, known, keep) -> Made:
            raise SupplierRejected("Image has low quality")

    assert prepare(draft, Refusing()) is None

    draft.refresh_from_db()
    assert (draft.state, draft.error) == ("failed", "Image has low quality")


def test_no_mock_up_no_checkout(world: World, draft: Draft):
    with pytest.raises(MockupNotReady):
        buy(world, confirms_dates=True)

    prepare(draft, UploadingSupplier())
    assert buy(world, confirms_dates=True).confirms_dates is True


def test_a_draft_that_is_ready_without_a_picture_is_not_enough(world: World, draft: Draft):
    Draft.objects.update(state="ready", ready_at=NOON, mockups=[])

    with pytest.raises(MockupNotReady):
        buy(world, confirms_dates=True)


def test_a_calendar_is_not_sold_before_its_months_are_confirmed(world: World, draft: Draft):
    prepare(draft, UploadingSupplier())

    with pytest.raises(DatesNotConfirmed) as refusal:
        buy(world)

    assert refusal.value.message == "Please confirm that the calendar is to run January to December 2027."


@pytest.mark.parametrize(
    ("year", "start", "text"),
    [(2027, 1, "January to December 2027"), (2027, 9, "September 2027 to August 2028")],
)
def test_the_months_are_said_in_words(year, start, text):
    assert caldates.Dates(year, start).text == text


def test_an_order_uses_what_was_prepared(world: World, draft: Draft):
    supplier = UploadingSupplier()
    prepare(draft, supplier)
    sent = list(supplier.sent)
    job = world.print_job()

    drafts.for_order(job, supplier=supplier, picture=copy, clock=lambda: NOON)

    assert supplier.sent == sent


def test_an_order_of_what_was_never_prepared_prepares_it_first(world: World):
    job, supplier = world.print_job(), UploadingSupplier()

    drafts.for_order(job, supplier=supplier, picture=copy, clock=lambda: NOON)

    assert Draft.objects.get().refs["product"] == "product-3"


def test_an_order_waits_while_the_supplier_is_silent(world: World):

    with pytest.raises(SupplierUnavailable):
        drafts.for_order(world.print_job(), supplier=FakeSupplier(unavailable=True), picture=copy, clock=lambda: NOON)


def test_a_card_needs_no_draft(world: World):
    SupplierItem.objects.update(draws_grid=False)
    job = world.print_job()
    drafts.for_order(job, supplier=FakeSupplier(unavailable=True), picture=copy, clock=lambda: NOON)

    assert Draft.objects.count() == 0
