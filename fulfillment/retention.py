"""What is kept how long: print files, personal data in deliveries and old orders, unsold products."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from cardmaker.core.idempotency import forget_old_keys
from cardmaker.core.inbox import InboxEvent
from designs.models import Proof
from designs.proofs.purge import purge_print_files
from designs.screening import rawinputs
from fulfillment.care import feedback
from fulfillment.lifecycle import forget
from fulfillment.models import Draft, Order, OrderLine, PrintJob, Product
from fulfillment.printing import clearing
from fulfillment.sales import delisting

INBOX_DAYS = 30  # a delivery is worth replaying for some weeks; its payload names people
PERSONAL_DATA_DAYS = 180  # reprints and claims end long before


def purge(*, at: datetime) -> dict[str, int]:
    """Remove what has outlived its use. Safe to repeat. Digests, states and amounts stay for ever."""
    return {
        "print files": _print_files(at) + _nobodys_files(at),
        "deliveries": _deliveries(at),
        "addresses": _addresses(at),
        "feedback": feedback.forget_old(at=at),
        "idempotency keys": forget_old_keys(),
        "raw inputs": rawinputs.forget(at),
    }


def _print_files(at: datetime) -> int:
    """Files of proofs whose every print job has been over for the set time, unless somebody has bought one again."""
    before = at - timedelta(days=settings.PRINT_FILE_DAYS)
    over = PrintJob.objects.filter(over_at__lt=before)
    under_way = PrintJob.objects.exclude(over_at__lt=before)
    printed = Proof.objects.filter(lines__print_lines__job__in=over).exclude(lines__print_lines__job__in=under_way)
    waiting = OrderLine.objects.filter(order__state__in=Order.BEFORE_PRINT, quantity__gt=0)
    purged = list(printed.exclude(lines__in=waiting).exclude(files__file="").distinct())
    for draft in Draft.objects.filter(proof__in=purged):
        clearing.forget_mockups(draft)
    return purge_print_files(purged)


def _nobodys_files(at: datetime) -> int:
    """All that shows a deleted design, where nobody has bought it or is about to, or nobody knows any more who did."""
    since = at - timedelta(days=delisting.UNSOLD_DAYS)
    deleted = Proof.objects.filter(design__deleted_at__lt=since).exclude(state=Proof.State.RENDERING)
    bought = OrderLine.objects.filter(order__forgotten_at=None)
    under_way = PrintJob.objects.filter(over_at=None).exclude(state__in=PrintJob.OVER)
    left = deleted.exclude(lines__in=bought).exclude(lines__print_lines__job__in=under_way)
    wanted = Product.objects.filter(Q(checkouts__created_at__gte=since) | Q(listing__wanted_at__gte=since))
    left = left.exclude(products__in=wanted).filter(Q(files__file__gt="") | Q(files__preview_file__gt=""))
    doomed = list(left.distinct())
    Proof.objects.filter(pk__in=[proof.pk for proof in doomed]).update(snapshot={}, warnings=[])
    return purge_print_files(doomed, previews=True)


def _deliveries(at: datetime) -> int:
    """What nobody handled is kept longer: ops may still replay it."""
    done = Q(state__in=["handled", "ignored"], received_at__lt=at - timedelta(days=INBOX_DAYS))
    dead = Q(state="dead", received_at__lt=at - timedelta(days=PERSONAL_DATA_DAYS))
    return InboxEvent.objects.filter(done | dead).delete()[0]


def _addresses(at: datetime) -> int:
    """Of orders that are long over, and of those whose buyer was erased meanwhile."""
    over = Order.objects.filter(state__in=Order.OVER)
    old = Q(created_at__lt=at - timedelta(days=PERSONAL_DATA_DAYS))
    return forget(over.filter(old | Q(forget_when_over=True)), at=at)
