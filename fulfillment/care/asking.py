"""Asking the buyer before an order is decided on: one mail a question, and the answer noted where it was asked."""

from datetime import datetime

from django.db import transaction

from cardmaker.core.errors import BadInput, Refused
from cardmaker.core.jobs import enqueue
from cardmaker.core.models import IllegalMove
from designs.screening.admission import admit
from fulfillment.models import Order, Question, Transition
from fulfillment.models.questions import MOST_CHARACTERS

MAIL = "fulfillment.mail_question"
ASKED, ANSWERED = "buyer_asked", "buyer_answered"


class NobodyToAsk(Refused):
    """We have no email address of the buyer."""

    code = "nobody_to_ask"


def ask(order: Order, text: str, *, by: str, at: datetime) -> Question:
    """Write to the buyer; the order stays where it is. Raises BadInput, or NobodyToAsk."""
    text = _checked(text, field="question")
    if not order.email:
        raise NobodyToAsk(f"{order} has no email address to ask.")
    with transaction.atomic():
        question = Question.objects.create(order=order, text=text, asked_by=by, created_at=at)
        _note(order, ASKED, by=by, at=at)
        enqueue(MAIL, question.pk, account_id=order.account_id, at=at)
    return question


def note_answer(question: Question, text: str, *, by: str, at: datetime) -> None:
    """Keep what the buyer answered by mail, pasted: personal data in it is cut out.

    Raises BadInput, or IllegalMove when an answer stands there already.
    """
    text = admit(_checked(text, field="answer"), field="answer", purpose="note", limit=MOST_CHARACTERS).text
    with transaction.atomic():
        open_ones = Question.objects.filter(pk=question.pk, answered_at__isnull=True)
        if not open_ones.update(answer=text, answered_at=at, noted_by=by):
            raise IllegalMove("This question is answered already.")
        _note(question.order, ANSWERED, by=by, at=at)
    question.refresh_from_db()


def _checked(text: str, *, field: str) -> str:
    text = text.strip()
    if not text:
        raise BadInput.beside(field, "Write something.")
    if len(text) > MOST_CHARACTERS:
        raise BadInput.beside(field, f"At most {MOST_CHARACTERS} characters.")
    return text


def _note(order: Order, step: str, *, by: str, at: datetime) -> None:
    Transition.objects.create(order=order, before=order.state, after=step, actor=by, at=at)
