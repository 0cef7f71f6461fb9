"""What is kept how long: print files, personal data in deliveries and old orders, unsold products."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from cardmaker.core.idempotency import forget_old_keys
from cardmaker.core.inbox import InboxEvent
from designs import rawinputs
from designs.models import Proof
from designs.purge import purge_print_files
from fulfillment.care import feedback
from fulfillment.lifecycle import forget
from fulfillment.models import Draft, Order, PrintJob
from fulfillment.printing import clearing

INBOX_DAYS = 30  # a delivery is worth replaying for some weeks; its payload names people
PERSONAL_DATA_DAYS = 180  # reprints and claims end long before


def purge(*, at: datetime) -> dict[str, int]:
    """Remove what has outlived its use. Safe to repeat. Digests, states and amounts stay for ever."""
    return {
        "print files": _print_files(at),
        "deliveries": _deliveries(at),
        "addresses": _addresses(at),
        "feedback": feedback.forget_old(at=at),
        "idempotency keys": forget_old_keys(),
        "raw inputs": rawinputs.forget(at),
    }


def _print_files(at: datetime) -> int:
    """Files of proofs whose every print job has been over for the set time. An unsold proof's go with its design."""
    before = at - timedelta(days=settings.PRINT_FILE_DAYS)
    over = PrintJob.objects.filter(over_at__lt=before)
    under_way = PrintJob.objects.exclude(over_at__lt=before)
    printed = Proof.objects.filter(lines__print_lines__job__in=over).exclude(lines__print_lines__job__in=under_way)
    purged = list(printed.exclude(files__file="").distinct())
    for draft in Draft.objects.filter(proof__in=purged):
        clearing.forget_mockups(draft)
    return purge_print_files(purged)


def _deliveries(at: datetime) -> int:
    old = InboxEvent.objects.filter(received_at__lt=at - timedelta(days=INBOX_DAYS), state__in=["handled", "ignored"])
    return old.delete()[0]


def _addresses(at: datetime) -> int:
    """Of orders that are long over, and of those whose buyer was erased meanwhile."""
    over = Order.objects.filter(state__in=Order.OVER)
    old = Q(created_at__lt=at - timedelta(days=PERSONAL_DATA_DAYS))
    return forget(over.filter(old | Q(forget_when_over=True)), at=at)
