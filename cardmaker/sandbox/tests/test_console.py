import pytest

from .driver import DOMAIN, four_files, gooten, gooten_order, product_input, routed_order, set_product, sold_product

pytestmark = pytest.mark.sandbox


def _filled(sandbox, app):
    files = [{"originalSource": app.serve("front.jpg", 570, 800), "contentType": "IMAGE", "alt": "Front"}]
    routed_order(sandbox)
    set_product(sandbox, product_input("d-2", files=files, title="<b>Fox & friends</b>"), "d-2")
    sandbox.pause()
    placed = gooten(sandbox, "POST", "orders", gooten_order(four_files(app))).json()["Id"]
    sandbox.advance(placed, to="Shipped")
    return sandbox.wait_for(lambda state: state["shopify"]["products"][1]["media"][0]["sha256"])


def test_the_page_shows_orders_products_and_print_files(sandbox, app):
    picture = _filled(sandbox, app)

    page = sandbox.http.get("/sandbox/")

    state = sandbox.state()
    hashes = [image["sha256"] for image in state["gooten"]["orders"][0]["items"][0]["images"]]
    tracking = state["gooten"]["orders"][0]["items"][0]["tracking_number"]
    shown = ["#1001", "CM-1001-1", picture, tracking, "&lt;b&gt;Fox &amp; friends&lt;/b&gt;", *hashes]
    assert page.status_code == 200
    assert [text for text in shown if text not in page.text] == []


def test_an_empty_page_says_what_to_do(sandbox):
    assert "No orders yet. Buy something in the app" in sandbox.http.get("/sandbox/").text


def test_a_fetched_picture_is_shown_small(sandbox, app):
    picture = _filled(sandbox, app)

    thumb = sandbox.http.get(f"/sandbox/files/{picture}/?thumb=1")

    assert (thumb.status_code, thumb.headers["Content-Type"], thumb.content[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert sandbox.http.get("/sandbox/files/..%2fsandbox.sqlite3/").status_code == 404


def test_a_button_pressed_in_a_browser_leads_back_to_the_page(sandbox):
    pressed = sandbox.http.post("/sandbox/clock/", data={"paused": "true"}, headers={"Accept": "text/html"})

    assert (pressed.status_code, pressed.headers["Location"]) == (302, "/sandbox/")
    assert sandbox.state()["clock"]["paused"] is True


def test_the_style_sheet_is_served(sandbox):
    assert sandbox.http.get("/sandbox/static/sandbox/sandbox.css").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_state_names_what_others_count_from(sandbox, app, count):
    _, variant = sold_product(sandbox)
    for _ in range(count):
        sandbox.pay(DOMAIN, [{"variant_id": variant}])

    state = sandbox.state()

    services = {"shopify", "gooten", "printify", "generations"}
    assert set(state) == services | {"webhooks", "webhook_counts", "faults", "calls", "clock"}
    assert [each["name"] for each in state["shopify"]["orders"]] == [f"#{1001 + number}" for number in range(count)]
