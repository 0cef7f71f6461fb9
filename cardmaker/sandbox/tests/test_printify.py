"""Printify's stand-in: what its reference and those who use it say, spoken over HTTP."""

import base64
import hashlib
import json

import pytest

from .printify_driver import (
    ADDRESS,
    MUG,
    PRINTIFY,
    TOKEN,
    a_product,
    an_order,
    ask,
    order_body,
    product_body,
    reason,
    uploaded,
)

pytestmark = pytest.mark.sandbox
CALENDAR = f"{PRINTIFY}/catalog/blueprints/1253/print_providers/234"


def test_nobody_enters_without_a_token_or_without_a_name(sandbox):
    assert ask(sandbox, "GET", f"{PRINTIFY}/shops.json", headers={}).status_code == 401
    assert ask(sandbox, "GET", f"{PRINTIFY}/shops.json", headers={**TOKEN, "User-Agent": ""}).status_code == 400
    assert [shop["id"] for shop in ask(sandbox, "GET", f"{PRINTIFY}/shops.json").json()] == [1500001]
    assert ask(sandbox, "GET", f"{PRINTIFY}/shops/1/orders.json").status_code == 404


def test_a_calendar_has_thirteen_placeholders(sandbox):
    [variant] = ask(sandbox, "GET", f"{CALENDAR}/variants.json").json()["variants"]

    assert (variant["id"], [each["position"] for each in variant["placeholders"]][:2]) == (
        94860, ["front_cover", "january"]
    )  # fmt: skip
    assert {(each["width"], each["height"]) for each in variant["placeholders"]} == {(3454, 2725)}


def test_what_is_out_of_stock_is_hidden_unless_asked_for(sandbox):
    cards = f"{PRINTIFY}/catalog/blueprints/1094/print_providers/228/variants.json"

    shown = [[each["id"] for each in ask(sandbox, "GET", cards, **wish).json()["variants"]]
             for wish in ({}, {"show-out-of-stock": "1"}, {"show-out-of-stock ": "1"})]  # fmt: skip
    assert shown == [[81858, 81859, 81860], [81858, 81859, 81860, 81861], [81858, 81859, 81860, 81861]]


def test_shipping_costs_differ_by_country_and_economy_is_in_the_newer_catalog_alone(sandbox):
    profiles = ask(sandbox, "GET", f"{CALENDAR}/shipping.json").json()["profiles"]
    economy = ask(sandbox, "GET", f"{CALENDAR}/shipping/economy.json".replace("v1", "v2")).json()["data"]

    assert [(each["countries"], each["first_item"]["cost"]) for each in profiles][:2] == [(["US"], 579), (["CA"], 979)]
    assert profiles[-1]["countries"] == ["REST_OF_THE_WORLD"]
    assert [each["attributes"]["shippingCost"]["firstItem"]["amount"] for each in economy][:2] == [405, 685]


def test_an_upload_is_fetched_and_measured(sandbox, app):
    url = app.serve("art.jpg", 640, 480)

    answer = ask(sandbox, "POST", f"{PRINTIFY}/uploads/images.json", {"file_name": "a.jpg", "url": url}).json()

    content = app.files["/art.jpg"]
    [kept] = sandbox.state()["printify"]["uploads"]
    assert (answer["width"], answer["height"], answer["size"], answer["mime_type"]) == (
        640, 480, len(content), "image/jpeg"
    )  # fmt: skip
    assert kept["sha256"] == hashlib.sha256(content).hexdigest()
    assert ask(sandbox, "GET", f"{PRINTIFY}/uploads/{answer['id']}.json").json() == answer


@pytest.mark.parametrize(
    ("kind", "code", "why"), [("GIF", 8201, "error.file.wrong.format"), ("", 10300, "The address answered 404")]
)
def test_an_upload_that_is_no_picture_or_not_there_is_told_at_once(sandbox, app, kind, code, why):
    url = app.serve("art", 64, 48, mode="P", kind=kind) if kind else f"{app.url}/nowhere.jpg"

    answer = ask(sandbox, "POST", f"{PRINTIFY}/uploads/images.json", {"file_name": "a", "url": url})

    assert reason(answer) == (400, code, why)


def test_contents_may_be_sent_instead_of_an_address(sandbox, app):
    app.serve("art.png", 64, 48, kind="PNG")
    contents = base64.b64encode(app.files["/art.png"]).decode()

    answer = ask(sandbox, "POST", f"{PRINTIFY}/uploads/images.json", {"file_name": "a.png", "contents": contents})

    assert (answer.json()["mime_type"], answer.json()["width"]) == ("image/png", 64)


@pytest.mark.parametrize(
    ("image", "code"),
    [({"angle": 0.34}, 8101), ({"id": "0" * 24}, 8101), ({"scale": 0}, 8101), ({"scale": 1.2}, 8203)],
)
def test_a_product_is_refused_for_what_is_wrong_with_its_picture(sandbox, app, image, code):
    body = product_body(uploaded(sandbox, app), **image)

    assert reason(ask(sandbox, "POST", "products.json", body))[:2] == (400, code)


@pytest.mark.parametrize("wrong", ["variant", "position", "uncovered", "blueprint"])
def test_a_product_must_fit_its_blueprint(sandbox, app, wrong):
    body = product_body(uploaded(sandbox, app))
    if wrong == "variant":
        body["variants"][0]["id"] = 94860
    if wrong == "position":
        body["print_areas"][0]["placeholders"][0]["position"] = "back"
    if wrong == "uncovered":
        body["print_areas"][0]["variant_ids"] = []
    if wrong == "blueprint":
        body["blueprint_id"] = 1253

    assert reason(ask(sandbox, "POST", "products.json", body))[:2] == (400, 8101)
    assert sandbox.state()["printify"]["products"] == []


def test_mock_ups_are_named_at_once_and_drawn_later(sandbox, app):
    sandbox.fault("printify_late_mockups", service="printify", times=1, value=0.3)
    [image] = a_product(sandbox, app)["images"]

    assert sandbox.http.get(image["src"]).status_code == 404
    sandbox.wait_for(lambda state: sandbox.http.get(image["src"]).status_code == 200)
    drawn = sandbox.http.get(image["src"])
    assert (drawn.headers["Content-Type"], drawn.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_a_product_is_locked_while_it_is_published(sandbox, app):
    path = f"products/{a_product(sandbox, app)['id']}"

    ask(sandbox, "POST", f"{path}/publish.json", {"title": True})
    locked = ask(sandbox, "PUT", f"{path}.json", {"title": "New"})
    ask(sandbox, "POST", f"{path}/publishing_succeeded.json", {"external": {"id": "1", "handle": "/m"}})

    assert locked.status_code == 400
    assert ask(sandbox, "PUT", f"{path}.json", {"title": "New"}).json()["title"] == "New"
    assert ask(sandbox, "PUT", f"{path}.json", {"blueprint_id": 6}).status_code == 400


def test_an_order_names_our_id_in_its_metadata_alone(sandbox, app):
    order = ask(sandbox, "GET", f"orders/{an_order(sandbox, app)}.json").json()

    assert (order.get("external_id"), order["metadata"]["shop_order_id"]) == (None, "CM-1")
    assert order["metadata"]["shop_fulfilled_at"] == "1970-01-01 00:00:00+00:00"
    assert [(line["cost"], line["shipping_cost"], line["status"]) for line in order["line_items"]] == [
        (1008, 878, "on-hold")
    ]
    assert " " in order["created_at"]


def test_a_wrong_address_is_told_as_json_in_a_string(sandbox, app):
    body = order_body(a_product(sandbox, app)["id"], address_to={**ADDRESS, "zip": "x", "city": ""})

    status, code, why = reason(ask(sandbox, "POST", "orders.json", body))

    assert (status, code, sorted(json.loads(why))) == (400, 8103, ["city", "zip"])
    assert sandbox.state()["printify"]["orders"] == []


def test_an_external_id_is_taken_once_unless_a_switch_says_otherwise(sandbox, app):
    body = order_body(a_product(sandbox, app)["id"])
    ask(sandbox, "POST", "orders.json", body)

    assert reason(ask(sandbox, "POST", "orders.json", body))[:2] == (409, 8104)
    sandbox.fault("printify_accept_duplicates", service="printify")
    assert ask(sandbox, "POST", "orders.json", body).status_code == 200


def test_a_list_of_orders_has_ten_a_page_whatever_is_asked_for(sandbox, app):
    product = a_product(sandbox, app)["id"]
    for number in range(11):
        ask(sandbox, "POST", "orders.json", order_body(product, f"CM-{number}"))

    first = ask(sandbox, "GET", "orders.json", limit=100).json()
    second = ask(sandbox, "GET", "orders.json", page=2).json()

    names = [[order["metadata"]["shop_order_id"] for order in page["data"]] for page in (first, second)]
    assert names == [[f"CM-{number}" for number in range(10, 0, -1)], ["CM-0"]]
    assert (first["last_page"], first["next_page_url"], second["next_page_url"]) == (2, "/?page=2", None)


def test_what_is_made_with_the_order_is_fetched_afterwards(sandbox, app):
    blueprint, provider, variant = MUG
    there, gone = app.serve("there.jpg", 900, 420), f"{app.url}/gone.jpg"
    for external_id, url in (("CM-1", there), ("CM-2", gone)):
        line = {"blueprint_id": blueprint, "print_provider_id": provider, "variant_id": variant, "quantity": 1}
        body = order_body("", external_id, line_items=[{**line, "print_areas": {"front": url}}])
        assert ask(sandbox, "POST", "orders.json", {**body, "shipping_method": 4}).status_code == 400
        assert ask(sandbox, "POST", "orders.json", body).status_code == 200

    assert sandbox.advance_printify("CM-1", to="in-production")["status"] == "in-production"
    assert sandbox.advance_printify("CM-2", to="in-production")["status"] == "had-issues"
    first = sandbox.state()["printify"]["orders"][0]["lines"][0]["files"]
    assert [(file["position"], file["sha256"]) for file in first] == [
        ("front", hashlib.sha256(app.files["/there.jpg"]).hexdigest())
    ]


def test_an_order_can_be_cancelled_until_it_is_sent(sandbox, app):
    sandbox.pause()
    first, second = an_order(sandbox, app), an_order(sandbox, app, "CM-2")
    sandbox.advance_printify(first)
    ask(sandbox, "POST", f"orders/{second}/send_to_production.json")

    answers = [ask(sandbox, "POST", f"orders/{key}/cancel.json").status_code for key in (first, first, second)]
    assert answers == [200, 400, 400]


def test_a_payment_that_fails_is_tried_again_by_sending(sandbox, app):
    sandbox.pause()
    key = an_order(sandbox, app)
    sandbox.fault("printify_no_payment", service="printify", times=1)

    sent = [ask(sandbox, "POST", f"orders/{key}/send_to_production.json").json()["status"] for _ in range(2)]
    assert sent == ["payment-not-received", "sending-to-production"]


def test_too_many_calls_are_refused_and_the_share_of_errors_is_counted(sandbox):
    sandbox.fault("printify_rate_limit", service="printify", value=3)

    answers = [ask(sandbox, "GET", f"{PRINTIFY}/shops.json").status_code for _ in range(4)]

    usage = sandbox.state()["printify"]["usage"]
    assert answers == [200, 200, 200, 429]
    assert (usage["calls_last_minute"], usage["error_share"], usage["error_share_too_high"]) == (4, 0.25, True)


def test_the_page_shows_orders_products_and_what_was_fetched(sandbox, app):
    an_order(sandbox, app, "CM-77")
    sha256 = sandbox.state()["printify"]["uploads"][0]["sha256"]

    page = sandbox.http.get("/sandbox/").text

    assert [text for text in ("CM-77", "Our mug", "68/1/33719", sha256[:12]) if text not in page] == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_reset_forgets_everything_but_who_wants_to_hear(sandbox, app, count):
    for number in range(count):
        an_order(sandbox, app, f"CM-{number}")
    sandbox.reset()

    state = sandbox.state()["printify"]
    assert (state["orders"], state["products"], state["uploads"], len(state["webhooks"])) == ([], [], [], 6)
