import hashlib

import pytest

from .driver import four_files, gooten, gooten_order

pytestmark = pytest.mark.sandbox
WAY = ["New", "ReadyForImageDl", "Pending", "InProduction", "Printing", "Shipped", "Delivered"]


def _place(sandbox, urls, **changes):
    return gooten(sandbox, "POST", "orders", gooten_order(urls, **changes)).json()["Id"]


def _item(sandbox):
    return sandbox.state()["gooten"]["orders"][0]["items"][0]


def test_an_item_goes_its_way_by_itself(sandbox, app):
    _place(sandbox, four_files(app))

    sandbox.wait_for(lambda state: state["gooten"]["orders"][0]["items"][0]["status"] == "Delivered")

    assert [each["status"] for each in _item(sandbox)["history"]] == WAY


def test_each_change_is_told_without_a_signature(sandbox, app):
    sandbox.pause()
    placed = _place(sandbox, four_files(app))
    sandbox.advance(placed, to="Delivered")

    told = app.wait_for(6)

    assert [each["json"]["Items"][0]["Status"] for each in told] == WAY[1:]
    assert {each["path"] for each in told} == {
        f"/api/v1/webhooks/gooten/sandbox-gooten-webhook-token/?orderid={placed}"
    }
    assert not [name for name in told[0]["headers"] if "hmac" in name or "signature" in name]


def test_the_files_are_really_downloaded_and_hashed(sandbox, app):
    sandbox.pause()
    urls = four_files(app)
    placed = _place(sandbox, urls)

    before = [image["sha256"] for image in _item(sandbox)["images"]]
    sandbox.advance(placed, to="Pending")

    after = [(image["url"], image["sha256"], image["width"], image["height"]) for image in _item(sandbox)["images"]]
    hashes = [hashlib.sha256(app.files[f"/{number}.jpg"]).hexdigest() for number in range(4)]
    assert before == ["", "", "", ""]
    assert after == [(url, digest, 1538, 2175) for url, digest in zip(urls, hashes, strict=True)]


def test_the_report_of_the_images_has_their_measures(sandbox, app):
    sandbox.pause()
    placed = _place(sandbox, four_files(app))
    sandbox.advance(placed, to="Pending")

    image = gooten(sandbox, "GET", "orders", id=placed, withImages="true").json()["Items"][0]["Images"][0]

    assert (image["Width"], image["Height"], image["FileSize"]) == (1538, 2175, len(app.files["/0.jpg"]))


def test_the_report_can_be_as_plain_as_documented(sandbox, app):
    placed = _place(sandbox, four_files(app))
    sandbox.fault("gooten_plain_images")

    image = gooten(sandbox, "GET", "orders", id=placed, withImages="true").json()["Items"][0]["Images"][0]

    assert set(image) == {"SourceUrl", "SpaceId", "ThumbnailUrl", "OrderItemId"}


@pytest.mark.parametrize(
    ("picture", "issue"),
    [
        ({"width": 769, "height": 1088}, "F70C1: 769 x 1088 is smaller than 1538 x 2175"),
        ({"width": 2000, "height": 2175}, "F70C1: 2000 x 2175 has not the proportions of 1538 x 2175"),
        ({"width": 1538, "height": 2175, "mode": "CMYK"}, "F70C1: The color mode is CMYK, not RGB"),
        ({"width": 1538, "height": 2175, "kind": "BMP"}, "F70C1: BMP is not accepted: JPEG, PNG or TIFF"),
    ],
)
def test_a_wrong_file_is_an_image_issue(sandbox, app, picture, issue):
    sandbox.pause()
    urls = four_files(app)
    color = 0 if picture.get("mode") else (9, 9, 9)
    placed = _place(sandbox, [app.serve("wrong.jpg", color=color, **picture), *urls[1:]])

    sandbox.advance(placed, to="Shipped")

    assert (_item(sandbox)["status"], _item(sandbox)["issue"]) == ("ImageIssue", issue)


def test_a_missing_file_is_an_image_issue_that_can_be_repaired(sandbox, app):
    sandbox.pause()
    placed = _place(sandbox, [f"{app.url}/later.jpg", *four_files(app)[1:]])
    sandbox.advance(placed, to="Pending")
    issue = _item(sandbox)["issue"]

    app.serve("later.jpg", 1538, 2175, color=(1, 2, 3))
    sandbox.advance(placed, to="Pending")

    assert (issue, _item(sandbox)["status"]) == ("F70C1: The address answered 404", "Pending")


def test_a_download_that_nobody_answers_is_repeated(sandbox, app):
    files = four_files(app)
    app.trouble = 3
    _place(sandbox, files)

    sandbox.wait_for(lambda state: len(state["gooten"]["orders"][0]["items"][0]["history"]) > 2)

    assert [each["status"] for each in _item(sandbox)["history"]][:3] == WAY[:3]
    assert app.trouble == 0


def test_a_shipped_item_has_carrier_number_and_link(sandbox, app):
    sandbox.pause()
    placed = _place(sandbox, four_files(app))
    number = sandbox.advance(placed, to="Shipped")["items"][0]["tracking_number"]

    item = gooten(sandbox, "GET", "orders", id=placed).json()["Items"][0]

    link = f"https://tools.usps.com/go/TrackConfirmAction?tLabels={number}"
    assert item["Shipments"] == [{"TrackingNumber": number, "TrackingUrl": link, "ShipCarrierName": "USPS"}]
    assert len(number) == 22


def test_items_move_independently(sandbox, app):
    sandbox.pause()
    order = gooten_order(four_files(app))
    order["Items"] = order["Items"] * 2
    placed = gooten(sandbox, "POST", "orders", order).json()["Id"]
    first = sandbox.state()["gooten"]["orders"][0]["items"][0]["id"]

    sandbox.advance(placed, to="Shipped", item=first)

    assert [each["status"] for each in sandbox.state()["gooten"]["orders"][0]["items"]] == ["Shipped", "New"]


def test_a_test_order_stops_at_test(sandbox, app):
    placed = _place(sandbox, four_files(app), IsInTestMode=True)

    assert sandbox.advance(placed, to="Shipped")["items"][0]["status"] == "Test"


def test_an_item_can_be_made_to_fail(sandbox, app):
    placed = _place(sandbox, four_files(app))

    failed = sandbox.fail("CM-1001-1", status="AddressIssue", message="No such street")["items"][0]

    assert (failed["status"], failed["issue"], placed[:2]) == ("AddressIssue", "No such street", "7-")


def test_new_orders_can_wait_for_approval(sandbox, app):
    sandbox.fault("gooten_manual_approval")
    placed = _place(sandbox, four_files(app))

    assert gooten(sandbox, "GET", "orders", id=placed).json()["Items"][0]["Status"] == "NeedsManualApproval"


def test_old_spellings_can_be_switched_on(sandbox, app):
    placed = _place(sandbox, four_files(app))
    sandbox.fail(placed, status="Cancelled")
    sandbox.fault("gooten_old_spelling")

    read = gooten(sandbox, "GET", "orders", id=placed).json()

    assert (read["SouceId"], "SourceId" in read, read["Items"][0]["Status"]) == ("CM-1001-1", False, "Canceled")
