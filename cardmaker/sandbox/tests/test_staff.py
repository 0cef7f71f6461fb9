import pytest

from cardmaker.sandbox.testing import SandboxBroken

from .driver import admin, read_order, routed_order

pytestmark = pytest.mark.sandbox
SETTLED = 3  # orders/create, orders/paid and the routing of a paid order


def settled_order(sandbox, app, **purchase):
    """Of which everything is told: news of an order and of its fulfillment may overtake each other."""
    order = routed_order(sandbox, **purchase)
    app.wait_for(SETTLED)
    return order


def test_a_pending_order_is_paid_later(sandbox, app):
    order = routed_order(sandbox, financial_status="pending")

    sandbox.staff(order["id"], "mark-paid")

    assert app.wait_for(3)[2]["headers"]["x-shopify-topic"] == "orders/paid"
    assert read_order(sandbox, order["id"])["displayFinancialStatus"] == "PAID"


def test_a_paid_order_is_not_paid_again(sandbox):
    order = routed_order(sandbox)

    with pytest.raises(SandboxBroken, match="#1001 is paid"):
        sandbox.staff(order["id"], "mark-paid")


def test_a_financial_status_can_change_in_silence(sandbox, app):
    order = settled_order(sandbox, app)

    sandbox.staff(order["id"], "set-financial-status", status="partially_paid")

    assert read_order(sandbox, order["id"])["displayFinancialStatus"] == "PARTIALLY_PAID"
    assert len(app.wait_for(SETTLED)) == SETTLED


def test_cancelling_closes_the_fulfillment_order_and_tells_why(sandbox, app):
    order = settled_order(sandbox, app)

    sandbox.staff(order["id"], "cancel", reason="fraud")

    cancelled = app.wait_for(SETTLED + 1)[SETTLED]
    read = read_order(sandbox, order["id"])
    assert (cancelled["headers"]["x-shopify-topic"], cancelled["json"]["cancel_reason"]) == (
        "orders/cancelled",
        "fraud",
    )
    assert (read["cancelReason"], read["displayFinancialStatus"]) == ("FRAUD", "REFUNDED")
    assert [each["status"] for each in read["fulfillmentOrders"]["nodes"]] == ["CLOSED"]
    with pytest.raises(SandboxBroken, match="already been canceled"):
        sandbox.staff(order["id"], "cancel")


def test_a_refund_of_one_takes_it_off_everywhere(sandbox, app):
    order = settled_order(sandbox, app, quantity=3)
    line = order["lineItems"]["nodes"][0]["id"]

    sandbox.staff(order["id"], "refund", lines=[{"line": line, "quantity": 1}])

    body = app.wait_for(SETTLED + 1)[SETTLED]["json"]
    read = read_order(sandbox, order["id"])
    assert body["refund_line_items"] == [
        {"line_item_id": int(line.rsplit("/", 1)[1]), "quantity": 1, "restock_type": "no_restock"}
    ]
    assert body["transactions"][0]["amount"] == "6.90"
    assert (read["displayFinancialStatus"], read["lineItems"]["nodes"][0]["currentQuantity"]) == (
        "PARTIALLY_REFUNDED",
        2,
    )
    assert read["fulfillmentOrders"]["nodes"][0]["lineItems"]["nodes"][0]["remainingQuantity"] == 2


def test_a_full_refund_gives_the_shipping_back(sandbox, app):
    order = routed_order(sandbox)

    sandbox.staff(order["id"], "refund")

    assert sandbox.state()["shopify"]["orders"][0]["refunds"][0]["amount"] == "18.70"
    assert read_order(sandbox, order["id"])["displayFinancialStatus"] == "REFUNDED"


@pytest.mark.parametrize(("quantity", "additions", "removals"), [(5, [3], []), (1, [], [1])])
def test_an_edit_tells_what_was_added_and_removed(sandbox, app, quantity, additions, removals):
    order = settled_order(sandbox, app, quantity=2)

    sandbox.staff(order["id"], "edit", quantity=quantity)

    delivery = app.wait_for(SETTLED + 1)[SETTLED]
    changes = delivery["json"]["order_edit"]["line_items"]
    assert delivery["headers"]["x-shopify-topic"] == "orders/edited"
    assert [each["delta"] for each in changes["additions"]] == additions
    assert [each["delta"] for each in changes["removals"]] == removals
    assert read_order(sandbox, order["id"])["lineItems"]["nodes"][0]["currentQuantity"] == quantity


def test_properties_can_be_altered_after_paying(sandbox):
    order = routed_order(sandbox)

    sandbox.staff(order["id"], "set-properties", properties={"_proof": "other"})

    lines = read_order(sandbox, order["id"])["lineItems"]["nodes"]
    assert lines[0]["customAttributes"] == [{"key": "_proof", "value": "other"}]


def test_reconciliation_finds_what_changed_since(sandbox):
    order = routed_order(sandbox)
    sandbox.staff(order["id"], "edit", quantity=9)
    changed = read_order(sandbox, order["id"])["updatedAt"]

    def since(condition):
        found = admin(sandbox, "orders_to_reconcile", {"q": condition})["data"]["orders"]["nodes"]
        return [each["name"] for each in found]

    assert since(f"updated_at:>='{changed}'") == ["#1001"]
    assert since(f"updated_at:>'{changed}'") == []


def test_some_copies_are_fulfilled_by_hand(sandbox):
    order = routed_order(sandbox, quantity=3)

    sandbox.staff(order["id"], "fulfill", quantity=2, tracking_number="1Z1")
    read = read_order(sandbox, order["id"])
    sandbox.staff(order["id"], "fulfill")

    assert read["displayFulfillmentStatus"] == "PARTIALLY_FULFILLED"
    assert [parcel["number"] for each in read["fulfillments"] for parcel in each["trackingInfo"]] == ["1Z1"]
    assert read_order(sandbox, order["id"])["displayFulfillmentStatus"] == "FULFILLED"
    with pytest.raises(SandboxBroken, match="Nothing of"):
        sandbox.staff(order["id"], "fulfill")


def test_another_service_takes_the_order_over_and_gives_it_back(sandbox, app):
    order = settled_order(sandbox, app)

    sandbox.staff(order["id"], "move")
    away = read_order(sandbox, order["id"])["fulfillmentOrders"]["nodes"][0]["supportedActions"]
    sandbox.staff(order["id"], "move", service="")
    back = read_order(sandbox, order["id"])["fulfillmentOrders"]["nodes"][0]["supportedActions"]

    assert "REQUEST_FULFILLMENT" in [each["action"] for each in away]
    assert "REQUEST_FULFILLMENT" not in [each["action"] for each in back]
    assert app.wait_for(SETTLED + 1)[SETTLED]["headers"]["x-shopify-topic"] == "fulfillment_orders/moved"


def test_an_edit_adds_a_line_that_is_to_be_fulfilled_too(sandbox, app):
    order = settled_order(sandbox, app, quantity=1)

    sandbox.staff(order["id"], "add-line", quantity=2)

    read = read_order(sandbox, order["id"])
    assert [line["currentQuantity"] for line in read["lineItems"]["nodes"]] == [1, 2]
    (group,) = read["fulfillmentOrders"]["nodes"]
    assert [line["remainingQuantity"] for line in group["lineItems"]["nodes"]] == [1, 2]
    edit = app.wait_for(SETTLED + 1)[SETTLED]["json"]["order_edit"]
    assert [addition["delta"] for addition in edit["line_items"]["additions"]] == [2]


@pytest.mark.parametrize(("source", "has_address"), [("pos", False), ("shopify_draft_order", True)])
def test_the_same_is_sold_again_another_way(sandbox, source, has_address):
    order = routed_order(sandbox)

    made = sandbox.staff(order["id"], "again", source=source)["order"]

    read = read_order(sandbox, made["id"])
    assert (read["sourceName"], read["shippingAddress"] is not None) == (source, has_address)
    assert read["lineItems"]["nodes"][0]["customAttributes"] == [{"key": "_proof", "value": "p1"}]


def test_a_release_by_staff_is_told(sandbox, app):
    order = settled_order(sandbox, app)

    sandbox.staff(order["id"], "hold")
    sandbox.staff(order["id"], "release")

    topics = [each["headers"]["x-shopify-topic"] for each in app.wait_for(SETTLED + 2)[SETTLED:]]
    assert topics == ["fulfillment_orders/placed_on_hold", "fulfillment_orders/hold_released"]
