"""What the torture counts must be able to fail: each thing that is lost or doubled is named, and nothing else."""

import pytest

from fulfillment.torture.counting import paid_orders, sent_to, supplier_problems, too_few_kills


def bought(number, supplier, **changes):
    order = {
        "name": f"#{number}", "financial_status": "paid", "refunds": [], "fulfillment_orders": [{"holds": []}],
        "lines": [{"properties": {"_supplier": supplier}}], "fulfillments": [{"tracking_number": f"P{number}"}],
    }  # fmt: skip
    return {**order, **changes}


def at_printify(number, **changes):
    shipments = [{"number": f"P{number}"}]
    return {"external_id": f"CM-{number}-P1", "status": "fulfilled", "shipments": shipments, **changes}


@pytest.fixture
def state():
    """A card and a calendar, bought and printed; a third order that nobody paid."""
    unpaid = bought(3, "gooten", financial_status="pending", fulfillments=[])
    product = {"id": "1", "media": [{"alt": "the first page"}, {"alt": "the back"}]}
    return {
        "shopify": {"orders": [bought(1, "gooten"), bought(2, "printify"), unpaid], "products": [product]},
        "gooten": {"orders": [{"source_id": "CM-1-G1", "items": [{"tracking_number": "P1"}]}]},
        "printify": {"orders": [at_printify(2)], "products": [{"tags": ["cardmaker", "CM-D-2"]}]},
    }


def test_what_was_printed_once_is_no_problem(state):
    assert supplier_problems(state) == []
    assert (len(paid_orders(state)), sent_to(state)) == (2, {"gooten": 1, "printify": 1})


def test_an_order_of_which_a_part_was_given_back_counts_still(state):
    state["shopify"]["orders"][1] |= {"financial_status": "partially_refunded", "refunds": [{"amount": "1.00"}]}

    assert supplier_problems(state) == []


@pytest.mark.parametrize("status", ["pending", "on-hold", "canceled"])
def test_a_calendar_that_nobody_told_to_print_is_lost(state, status):
    state["printify"]["orders"][0]["status"] = status

    assert supplier_problems(state) == ["1 orders were paid, printify prints 0"]


def test_a_lost_card_is_not_made_up_for_by_a_doubled_calendar(state):
    state["gooten"]["orders"] = []
    state["printify"]["orders"].append(at_printify(2, shipments=[]))

    assert supplier_problems(state) == [
        "CM-2-P1 is 2 times at its supplier",
        "1 orders were paid, gooten prints 0",
        "1 orders were paid, printify prints 2",
    ]


def test_doubled_parcels_products_refunds_pictures_and_forgotten_holds_are_told(state):
    card, calendar, _ = state["shopify"]["orders"]
    card["fulfillments"] *= 2
    calendar["refunds"] = [{"amount": "1.00"}, {"amount": "1.00"}]
    card["fulfillment_orders"][0]["holds"] = [{"id": "1"}]
    state["printify"]["products"] *= 2
    state["shopify"]["products"][0]["media"].append({"alt": "the back"})

    assert supplier_problems(state) == [
        "parcel P1 was told 2 times",
        "#1 has 2 parcels",
        "CM-D-2 is 2 products at printify",
        "#2 has 2 refunds",
        "#1 is still held in the shop",
        "the picture “the back” hangs 2 times",
    ]


def test_a_point_that_was_killed_at_too_seldom_is_told():
    kills = {"order.read": 10, "order.placed": 9, "in mid-call": 1}

    assert too_few_kills(kills, ("order.read", "order.placed", "mail.sent"), 10) == [
        "order.placed was killed at 9 times",
        "mail.sent was killed at 0 times",
    ]
