"""Clearing away what was prepared at suppliers: after delivery, and for what nobody bought."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from cardmaker.core import storage
from cardmaker.core.jobs import enqueue
from fulfillment.models import Draft, PrintJob
from fulfillment.suppliers.base import Supplier

CLEAR = "fulfillment.clear_draft"
UNSOLD_DAYS = 30  # an order that comes later prepares it again
MOST_AT_ONCE = 200


def queue_due(*, at: datetime) -> int:
    """Queue the clearing of every draft whose time has come. Answers how many."""
    due = list(due_drafts(at=at).select_related("proof").order_by("created_at", "pk")[:MOST_AT_ONCE])
    for draft in due:
        enqueue(CLEAR, draft.pk, account_id=draft.proof.account_id, at=at)
    return len(due)


def due_drafts(*, at: datetime) -> QuerySet[Draft]:
    """Those whose every print job has long been over, and those that were never ordered."""
    links_end = at - timedelta(days=settings.PRINT_LINK_DAYS_AFTER_DELIVERY)
    under_way = PrintJob.objects.exclude(over_at__lt=links_end)
    old = Draft.objects.filter(cleared_at__isnull=True, created_at__lt=at - timedelta(days=UNSOLD_DAYS))
    idle = old.exclude(state=Draft.State.PREPARING)
    return idle.exclude(proof__lines__print_lines__job__in=under_way).distinct()


def clear(draft: Draft, *, supplier: Supplier, at: datetime) -> None:
    """Delete it at the supplier, once it is set aside here: no order can be made of what is being deleted.

    Safe to repeat, and after a kill at any point: what is still to be deleted stands on the row.
    """
    draft.set_aside(at=at)
    if draft.leftovers:
        supplier.discard(draft.leftovers)
        Draft.objects.filter(pk=draft.pk).update(leftovers={})
    if not draft.proof.lines.exists():
        forget_mockups(draft)


def forget_mockups(draft: Draft) -> int:
    """Remove our copies of the pictures. Outside any transaction; answers how many files went."""
    names = {mockup["file"] for mockup in draft.mockups}
    others = Draft.objects.exclude(pk=draft.pk)
    unused = {name for name in names if not others.filter(mockups__icontains=name).exists()}
    for name in sorted(unused):
        storage.delete(name)
    Draft.objects.filter(pk=draft.pk).update(mockups=[])
    return len(unused)
