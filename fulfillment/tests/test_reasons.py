"""What was drawn with a warning, as the approver reads it."""

import pytest

from designs.models import Proof
from fulfillment.models import Order, OrderLine
from fulfillment.orders.reasons import Reason, reasons_of_quality, title_of

SOFT = {"code": "low_resolution", "level": "warn", "message": "It may look soft."}
FACE = {"code": "face_cut", "level": "warn", "message": "A face is cut off."}
DRAFT = {"code": "draft_picture", "level": "info", "message": "A draft."}
COARSE = {"code": "too_low_resolution", "level": "block", "message": "Too coarse."}


def found(*warnings):
    proof = Proof(warnings=[warning | {"position": f"month-0{number}"} for number, warning in enumerate(warnings, 1)])
    return reasons_of_quality([OrderLine(order=Order(), proof=proof)])


def test_each_warning_that_was_accepted_is_a_reason_of_its_own():
    assert found(SOFT, FACE, DRAFT) == [
        Reason("low_dpi", "The buyer accepted: It may look soft. (month-01)"),
        Reason("accepted_warning", "The buyer accepted: A face is cut off. (month-02)"),
    ]


def test_the_same_of_several_pages_is_said_once():
    assert found(FACE, FACE, SOFT) == [
        Reason("accepted_warning", "The buyer accepted: A face is cut off. (month-01, month-02)"),
        Reason("low_dpi", "The buyer accepted: It may look soft. (month-03)"),
    ]


def test_what_cannot_be_printed_blocks_beside_what_was_accepted():
    assert found(COARSE, FACE) == [
        Reason("quality", "Too coarse. (month-01)", blocks=True),
        Reason("accepted_warning", "The buyer accepted: A face is cut off. (month-02)"),
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [("low_dpi", "Low resolution"), ("accepted_warning", "Accepted warning"), ("changed_late", "Changed late")],
)
def test_a_code_has_words(code, words):
    assert title_of(code) == words
