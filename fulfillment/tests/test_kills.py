"""One kill at every step between the delivery and the shipped mail of a card, of processes as the product starts them.

`make torture` does ten of each, and as many on the way of a calendar and of what is done beside, with quicker ones.
"""

import random

import pytest

from fulfillment.torture.counting import book_problems, supplier_problems
from fulfillment.torture.points import CARD_POINTS
from fulfillment.torture.rounds import Torment, cards

pytestmark = [pytest.mark.sandbox, pytest.mark.serial]


def test_a_worker_killed_at_each_step_loses_and_doubles_nothing(market):
    torment = Torment(market.stack, market, random.Random(20261121), print)

    torment.run(1, cards)

    facts = market.await_all_over()
    assert {point: torment.kills[point] for point in CARD_POINTS} == dict.fromkeys(CARD_POINTS, 1)
    assert supplier_problems(market.state()) == []
    assert book_problems(facts, market.paid()) == []
