"""A question to the buyer: mailed once, answered by mail, and both in the order's history."""

import pytest
from django.core import mail

from cardmaker.core.errors import BadInput
from cardmaker.core.models import IllegalMove, Job
from fulfillment import lifecycle
from fulfillment.care import asking
from fulfillment.models import Order, Question
from fulfillment.tests.factories import LATER, NOON, World


def steps_of(order: Order) -> list[tuple[str, str]]:
    return [(step.after, step.actor) for step in order.transitions.order_by("pk") if step.after != "held"]


def test_a_question_is_mailed_once_and_the_answer_comes_to_ops(world: World, drain, settings):
    order = world.order()
    Job.objects.all().delete()

    question = asking.ask(order, " Really “Hapy”? ", by="7", at=NOON)
    drain()
    Job.objects.update(state="queued")
    drain()

    assert (question.text, order.state) == ("Really “Hapy”?", "held")
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == (["robin@example.com"], [settings.OPS_EMAIL])
    assert "Really “Hapy”?" in sent.body
    assert steps_of(order) == [("buyer_asked", "7"), ("mail_begun", ""), ("mail_sent", "")]


def test_the_answer_is_noted_once_with_who_noted_it(world: World):
    question = asking.ask(world.order(), "Sure?", by="7", at=NOON)

    asking.note_answer(question, "Yes, print it.", by="8", at=LATER)
    with pytest.raises(IllegalMove):
        asking.note_answer(question, "No!", by="8", at=LATER)

    question.refresh_from_db()
    assert (question.answer, question.noted_by, question.answered_at) == ("Yes, print it.", "8", LATER)
    assert steps_of(question.order)[-1] == ("buyer_answered", "8")


def test_a_pasted_answer_keeps_no_personal_data(world: World):
    question = asking.ask(world.order(), "Sure?", by="7", at=NOON)

    asking.note_answer(question, "Yes. Call me at +1 555 010 9999 or robin@example.com", by="8", at=LATER)

    question.refresh_from_db()
    assert "robin@example.com" not in question.answer
    assert "010 9999" not in question.answer
    assert question.answer.startswith("Yes.")


@pytest.mark.parametrize("text", ["", "   ", "x" * 2_001])
def test_nothing_and_too_much_are_not_asked(world: World, text):
    with pytest.raises(BadInput) as refusal:
        asking.ask(world.order(), text, by="7", at=NOON)

    assert list(refusal.value.details) == ["question"]
    assert not Question.objects.exists()


def test_who_left_no_address_cannot_be_asked(world: World):
    order = world.order(email="")

    with pytest.raises(asking.NobodyToAsk):
        asking.ask(order, "Sure?", by="7", at=NOON)

    assert not Question.objects.exists()


def test_forgetting_the_buyer_forgets_what_was_said(world: World):
    order = world.order()
    question = asking.ask(order, "Is Robin your name?", by="7", at=NOON)

    lifecycle.forget(Order.objects.filter(pk=order.pk), at=LATER)

    question.refresh_from_db()
    order.refresh_from_db()
    assert (question.text, question.answer, order.email_key) == ("", "", "")
