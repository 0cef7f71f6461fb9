"""Having a supplier draw what only it can show: a product before anybody pays, with pictures of the finished thing.

Every ref is committed as soon as it was obtained, so that a worker killed anywhere goes on after the last one: nothing
that is known to be at the supplier is sent twice.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from cardmaker.core import crash
from cardmaker.core.http import OutsideUnavailable
from cardmaker.core.jobs import Later, enqueue
from designs.models import Proof
from fulfillment.models import Draft, PrintJob, SupplierItem
from fulfillment.printing import mockups, printfiles
from fulfillment.suppliers.base import DraftRequest, Supplier, SupplierRejected, SupplierUnavailable

PREPARE = "fulfillment.prepare_draft"
AGAIN_S = 2.0  # between two looks at a proof that is still rendered, or at mock-ups that are still drawn
WORK_S = 20.0  # then the job makes room for others and goes on later
GIVE_UP_AFTER = timedelta(minutes=30)
MOST_MOCKUPS = 26  # a picture of every page and a few of the whole
NO_ANSWER = "The printer did not answer. Please ask for the proof again."

Clock = Callable[[], datetime]


class TurnOver(SupplierUnavailable):
    """Not an answer: this job's turn is over, and the next one goes on after the refs that are kept."""


def start(proof: Proof, item: SupplierItem, *, at: datetime) -> Draft:
    """Have it prepared once the proof is ready, inside the caller's transaction. A failed one is tried again."""
    draft, is_new = Draft.objects.get_or_create(proof=proof, item=item, defaults={"started_at": at})
    if is_new or draft.begin_again(at=at):
        enqueue(PREPARE, draft.pk, account_id=proof.account_id, at=at)
    return draft


def prepare(draft: Draft, *, supplier: Supplier, picture: mockups.Picture, clock: Clock) -> Later | None:
    """Bring one draft to its end, or answer when to go on. Safe to repeat, and after a kill at any point."""
    if draft.state != Draft.State.PREPARING:
        return None
    if draft.proof.state == Proof.State.RENDERING:
        return Later(AGAIN_S)
    if draft.proof.state == Proof.State.FAILED:
        draft.fail(draft.proof.error)
        return None
    try:
        _work(draft, supplier, picture, clock)
    except SupplierRejected as refusal:
        draft.fail(str(refusal))
    except TurnOver:
        return Later(0)
    except OutsideUnavailable as failure:
        return _later(draft, failure, at=clock())
    return None


def give_up(draft_id: str, error: str) -> None:
    """Its job is stuck: the shopper is told, and asking for the proof again begins again."""
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is not None:
        draft.fail(NO_ANSWER)


def for_order(job: PrintJob, *, supplier: Supplier, picture: mockups.Picture, clock: Clock) -> None:
    """Make sure that what this print job orders is at the supplier; what was prepared before checkout is used.

    Raises SupplierUnavailable while it is not all there, and SupplierRejected.
    """
    for line in job.lines.select_related("line__item", "line__proof").order_by("line__external_ref"):
        item, proof = line.line.item, line.line.proof
        assert item is not None  # an approved line pins both: a database constraint
        assert proof is not None
        if item.needs_draft:
            draft, _ = Draft.objects.get_or_create(proof=proof, item=item, defaults={"started_at": clock()})
            _at_supplier(draft, supplier, picture, clock)


def _at_supplier(draft: Draft, supplier: Supplier, picture: mockups.Picture, clock: Clock) -> None:
    if draft.is_at_supplier:
        return
    draft.begin_again(at=clock())
    later = prepare(draft, supplier=supplier, picture=picture, clock=clock)
    if later is not None:
        raise SupplierUnavailable("What is ordered is still being prepared", retry_after=round(later.seconds) or 1)
    if not draft.is_at_supplier:
        raise SupplierRejected(draft.error)


def _work(draft: Draft, supplier: Supplier, picture: mockups.Picture, clock: Clock) -> None:
    until = clock() + timedelta(seconds=WORK_S)

    def keep(name: str, ref: str) -> str:
        kept = draft.keep_ref(name, ref)
        crash.point("draft.kept")
        if clock() > until:
            raise TurnOver("This turn is over")
        return kept

    drawn = supplier.prepare(request_for(draft), dict(draft.refs), keep).mockup_urls[:MOST_MOCKUPS]
    if draft.item.draws_grid and not drawn:
        raise SupplierUnavailable("The supplier has drawn no mock-up yet")
    known = {mockup["url"] for mockup in draft.mockups}
    for url in drawn:
        if url not in known:
            draft.keep_mockup(url, picture(url))
            crash.point("draft.pictured")
    draft.finish(at=clock())


def request_for(draft: Draft) -> DraftRequest:
    """The whole wish in the contract's words."""
    return DraftRequest(
        reference=draft.reference,
        item_code=draft.item.sku,
        title=f"{draft.proof.format.title} {draft.reference}",
        files=printfiles.files_of(draft.proof, draft.item, token=draft.token),
    )


def _later(draft: Draft, failure: OutsideUnavailable, *, at: datetime) -> Later | None:
    if at > draft.started_at + GIVE_UP_AFTER:
        draft.fail(NO_ANSWER)
        return None
    return Later(max(AGAIN_S, failure.retry_after or 0))
