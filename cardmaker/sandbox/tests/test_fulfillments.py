import pytest

from .driver import admin, read_order, routed_order, sold_product

pytestmark = pytest.mark.sandbox
HOLD = {
    "reason": "OTHER",
    "reasonNotes": "Waiting for print approval",
    "handle": "print-approval",
    "externalId": "job-1",
}
TRACKING = {"company": "USPS", "number": "9400110", "url": "https://tools.usps.com/9400110"}


def _hold(sandbox, fulfillment_order, **changes):
    variables = {"id": fulfillment_order["id"], "hold": {**HOLD, **changes}}
    return admin(sandbox, "hold", variables)["data"]["fulfillmentOrderHold"]


def _ship(sandbox, fulfillment_order, lines=None, tracking=TRACKING):
    group = {"fulfillmentOrderId": fulfillment_order["id"]}
    if lines is not None:
        group["fulfillmentOrderLineItems"] = lines
    given = {"lineItemsByFulfillmentOrder": [group], "trackingInfo": tracking, "notifyCustomer": False}
    return admin(sandbox, "fulfillment_create", {"fulfillment": given})["data"]["fulfillmentCreate"]


def _only(order):
    return order["fulfillmentOrders"]["nodes"][0]


def test_the_fulfillment_order_comes_after_the_order(sandbox, app):
    sandbox.fault("late_routing", value=2, times=1)
    _, variant = sold_product(sandbox)

    placed = sandbox.pay("cardmaker-sandbox.myshopify.com", [{"variant_id": variant}])
    early = read_order(sandbox, placed["id"])["fulfillmentOrders"]["nodes"]
    sandbox.wait_for(lambda state: state["shopify"]["orders"][0]["fulfillment_orders"])

    routed = _only(read_order(sandbox, placed["id"]))
    assert early == []
    assert app.wait_for(3)[2]["json"] == {"fulfillment_order": {"id": routed["id"], "status": "open"}}


def test_a_hold_is_placed_once_for_its_handle(sandbox):
    order = routed_order(sandbox)

    first, second = _hold(sandbox, _only(order)), _hold(sandbox, _only(order))

    held = _only(read_order(sandbox, order["id"]))
    assert first["fulfillmentOrder"]["status"] == "ON_HOLD"
    assert second["userErrors"][0]["code"] == "DUPLICATE_FULFILLMENT_HOLD_HANDLE"
    assert [each["handle"] for each in held["fulfillmentHolds"]] == ["print-approval"]
    assert {"action": "CREATE_FULFILLMENT"} not in held["supportedActions"]


def test_a_held_order_is_not_shipped(sandbox):
    order = routed_order(sandbox)
    _hold(sandbox, _only(order))

    refused = _ship(sandbox, _only(order))

    number = _only(order)["id"].rsplit("/", 1)[1]
    expected = f"Fulfillment order {number} has an unfulfillable status= on_hold."
    assert refused["userErrors"] == [{"field": ["fulfillment"], "message": expected}]


def test_releasing_our_hold_leaves_that_of_the_staff(sandbox):
    order = routed_order(sandbox)
    ours = _hold(sandbox, _only(order))["fulfillmentHold"]["id"]
    sandbox.staff(order["id"], "hold")

    answer = admin(sandbox, "release_hold", {"id": _only(order)["id"], "holdIds": [ours]})["data"]

    left = _only(read_order(sandbox, order["id"]))["fulfillmentHolds"]
    assert answer["fulfillmentOrderReleaseHold"]["fulfillmentOrder"]["status"] == "ON_HOLD"
    assert [each["heldByRequestingApp"] for each in left] == [False]


def test_holding_some_lines_splits_the_fulfillment_order(sandbox):
    order = routed_order(sandbox, quantity=3)
    line = _only(order)["lineItems"]["nodes"][0]["id"]

    _hold(sandbox, _only(order), fulfillmentOrderLineItems=[{"id": line, "quantity": 1}])

    parts = read_order(sandbox, order["id"])["fulfillmentOrders"]["nodes"]
    quantities = [(part["status"], part["lineItems"]["nodes"][0]["remainingQuantity"]) for part in parts]
    assert quantities == [("ON_HOLD", 1), ("OPEN", 2)]


def test_shipping_all_closes_the_fulfillment_order(sandbox):
    order = routed_order(sandbox)

    made = _ship(sandbox, _only(order))["fulfillment"]

    read = read_order(sandbox, order["id"])
    assert (made["name"], made["status"], made["trackingInfo"]) == ("#1001.1", "SUCCESS", [TRACKING])
    assert (read["displayFulfillmentStatus"], _only(read)["status"]) == ("FULFILLED", "CLOSED")
    assert read["lineItems"]["nodes"][0]["unfulfilledQuantity"] == 0
    assert sandbox.state()["shopify"]["orders"][0]["fulfillments"][0]["notify_customer"] is False


def test_shipping_again_is_refused(sandbox):
    order = routed_order(sandbox)
    _ship(sandbox, _only(order))

    refused = _ship(sandbox, _only(order))

    number = _only(order)["id"].rsplit("/", 1)[1]
    expected = f"Fulfillment order {number} has an unfulfillable status= closed."
    assert (refused["fulfillment"], refused["userErrors"][0]["message"]) == (None, expected)
    assert len(read_order(sandbox, order["id"])["fulfillments"]) == 1


def test_two_parcels_ship_one_after_the_other(sandbox):
    order = routed_order(sandbox, quantity=2)
    line = _only(order)["lineItems"]["nodes"][0]["id"]

    states = []
    for _ in range(2):
        _ship(sandbox, _only(order), [{"id": line, "quantity": 1}])
        read = read_order(sandbox, order["id"])
        states.append((read["displayFulfillmentStatus"], _only(read)["lineItems"]["nodes"][0]["remainingQuantity"]))

    assert states == [("PARTIALLY_FULFILLED", 1), ("FULFILLED", 0)]


@pytest.mark.parametrize(
    ("quantity", "message"),
    [(0, "Quantity must be greater than 0"), (3, "Invalid fulfillment order line item quantity requested.")],
)
def test_a_wrong_quantity_is_not_shipped(sandbox, quantity, message):
    order = routed_order(sandbox, quantity=2)
    line = _only(order)["lineItems"]["nodes"][0]["id"]

    refused = _ship(sandbox, _only(order), [{"id": line, "quantity": quantity}])

    assert refused["userErrors"][0]["message"] == message
    assert read_order(sandbox, order["id"])["fulfillments"] == []


def test_a_line_item_id_is_not_a_fulfillment_order_line_id(sandbox):
    order = routed_order(sandbox)

    refused = _ship(sandbox, _only(order), [{"id": order["lineItems"]["nodes"][0]["id"], "quantity": 1}])

    assert refused["userErrors"][0]["message"] == "Fulfillment order line item does not exist."


def test_a_malformed_id_is_a_top_level_error(sandbox):
    answer = admin(sandbox, "release_hold", {"id": "nonsense"})

    assert answer["errors"][0]["message"] == "invalid id"
    assert answer["errors"][0]["extensions"]["code"] == "RESOURCE_NOT_FOUND"


def test_tracking_can_be_corrected(sandbox):
    order = routed_order(sandbox)
    made = _ship(sandbox, _only(order))["fulfillment"]["id"]

    corrected = {"company": "UPS", "number": "1Z999", "url": "https://ups.example/1Z999"}
    admin(sandbox, "tracking_update", {"fulfillmentId": made, "tracking": corrected, "notify": False})

    assert read_order(sandbox, order["id"])["fulfillments"][0]["trackingInfo"] == [corrected]
