"""Feedback: taken from anybody, answered by ops by mail, with a history of who did what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts import buckets
from accounts.buckets import Pour, Size
from accounts.intake import network_of
from accounts.limits import TooMuch
from accounts.models import Account
from cardmaker.core import crash, mails
from cardmaker.core.console import Need
from cardmaker.core.errors import BadInput, Refused
from cardmaker.core.jobs import enqueue
from designs.screening.admission import Purpose, admit
from fulfillment.models import Feedback, FeedbackEntry, Order

MAIL_REPLY = "fulfillment.mail_feedback_reply"
NOTE: Purpose = "note"
MESSAGE_MAX, REFERENCE_MAX = 4_000, 80
# Of one network. Without a proof of work (no JavaScript) far fewer get through, whoever sends them.
PROVEN, UNPROVEN = Size(points=20, per_hour=20), Size(points=3, per_hour=3)
KEPT = timedelta(days=365)  # after it was closed: then only subject, state and dates are left


class CannotAnswer(Refused):
    """There is no address to answer to, or nothing to say."""

    code = "cannot_answer"


@dataclass(frozen=True, slots=True)
class Message:
    """As it was typed. `reference`: an order or a tracking number, if there is one."""

    subject: str
    message: str
    email: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """`removed` names what was cut out of the message before it was stored."""

    feedback: Feedback
    removed: list[str]


def make_room(address: str, *, proven: bool, at: datetime) -> None:
    """Count one message of the network. Raises TooMuch. Outside other transactions."""
    network = network_of(address)
    pours = [Pour(f"feedback:{network}", PROVEN, 1)]
    if not proven:
        pours.append(Pour(f"feedback-unproven:{network}", UNPROVEN, 1))
    try:
        buckets.pour(pours, at=at)
    except buckets.Full as full:
        raise TooMuch(full.wait_s) from full


def give(written: Message, *, account: Account | None, proven: bool, at: datetime) -> Taken:
    """Keep what somebody wrote. Raises BadInput beside the field."""
    if written.subject not in Feedback.Subject.values:
        raise BadInput.beside("subject", "Choose one of the subjects.")
    if not written.message.strip():
        raise BadInput.beside("message", "Tell us what it is about.")
    if len(written.reference) > REFERENCE_MAX:
        raise BadInput.beside("reference", f"At most {REFERENCE_MAX} characters.")
    admitted = admit(written.message, field="message", purpose=NOTE, limit=MESSAGE_MAX)
    reference = written.reference.strip()
    kept = Feedback.objects.create(
        subject=written.subject,
        message=admitted.text,
        email=written.email.strip(),
        reference=reference,
        order=_order_of(reference),
        account=account,
        proven=proven,
        created_at=at,
    )
    return Taken(kept, admitted.removed)


def reply(feedback: Feedback, text: str, *, by: str, at: datetime) -> None:
    """Answer by mail, and note it. Raises CannotAnswer, and BadInput beside `text`."""
    if not feedback.email:
        raise CannotAnswer("No address was left: this can only be noted or closed.")
    # What we write ourselves goes out as it is: it may well name a tracking number.
    entry = _entry(feedback, FeedbackEntry.Kind.REPLY, _something(text), by=by, at=at)
    with transaction.atomic():
        if feedback.state != Feedback.State.ANSWERED:  # a second answer changes nothing about that
            feedback.move(Feedback.State.ANSWERED, at=at, actor=by)
        entry.save(force_insert=True)
        enqueue(MAIL_REPLY, entry.pk, account_id=feedback.account_id, at=at)


def note(feedback: Feedback, text: str, *, by: str, at: datetime) -> None:
    """A line for ourselves. Raises BadInput beside `text`."""
    admitted = admit(_something(text), field="text", purpose=NOTE, limit=MESSAGE_MAX)
    _entry(feedback, FeedbackEntry.Kind.NOTE, admitted.text, by=by, at=at).save(force_insert=True)


def close(feedback: Feedback, *, by: str, at: datetime) -> None:
    feedback.move(Feedback.State.CLOSED, at=at, actor=by)


def reopen(feedback: Feedback, *, by: str, at: datetime) -> None:
    feedback.move(Feedback.State.NEW, at=at, actor=by)


def mail_reply(entry: FeedbackEntry, *, at: datetime) -> None:
    """Send one answer, once. A worker that dies on the way leaves it begun and not mailed, for ops to see."""
    if not entry.feedback.email:  # forgotten meanwhile
        return
    mine = FeedbackEntry.objects.filter(pk=entry.pk)
    if not mine.filter(mail_begun_at=None).update(mail_begun_at=at):
        return
    crash.point("feedback.claimed")
    sent = False
    try:
        mails.send("feedback_reply", facts_of(entry), to=entry.feedback.email, key=str(entry.pk))
        sent = True
    finally:
        if not sent:
            mine.update(mail_begun_at=None)
    mine.update(mailed_at=at)


def facts_of(entry: FeedbackEntry) -> dict[str, Any]:
    url = settings.PUBLIC_URL + reverse("feedback")
    return {"answer": entry.text, "message": entry.feedback.message, "url": url}


def needs(at: datetime) -> list[Need]:
    """For the console's start page. One query."""
    waiting = Feedback.objects.filter(state=Feedback.State.NEW).count()
    return [Need("messages to answer", waiting, reverse("admin:fulfillment_feedback_changelist") + "?state__exact=new")]


def forget(rows: Any, *, at: datetime) -> int:
    """Wipe who and what from these messages for good. Safe to repeat."""
    FeedbackEntry.objects.filter(feedback__in=rows).update(text="")
    fresh = rows.filter(forgotten_at=None)
    return int(fresh.update(message="", email="", reference="", account=None, forgotten_at=at))


def forget_old(*, at: datetime) -> int:
    """Messages that were closed or answered long ago."""
    over = Feedback.objects.exclude(state=Feedback.State.NEW).filter(created_at__lt=at - KEPT)
    return forget(over.exclude(entries__at__gte=at - KEPT), at=at)


def _something(text: str) -> str:
    if not text.strip():
        raise BadInput.beside("text", "Write something first.")
    if len(text) > MESSAGE_MAX:
        raise BadInput.beside("text", f"At most {MESSAGE_MAX:,} characters.")
    return text.strip()


def _entry(feedback: Feedback, kind: str, text: str, *, by: str, at: datetime) -> FeedbackEntry:
    return FeedbackEntry(feedback=feedback, kind=kind, text=text, by=by, at=at)


def _order_of(reference: str) -> Order | None:
    """The one order that it names, for ops; whoever wrote learns nothing of it."""
    name = reference.lstrip("#").strip()
    if not name:
        return None
    by_name = Q(name__in=[name, f"#{name}"]) | Q(print_jobs__shipments__tracking_number=reference)
    found = list(Order.objects.filter(by_name | Q(print_jobs__reference=reference)).distinct()[:2])
    return found[0] if len(found) == 1 else None
