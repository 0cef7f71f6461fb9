import json
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from cardmaker.sandbox.storefront import liquid, proxy

from .driver import DOMAIN, sold_product

ROOT = f"/shopify/{DOMAIN}/"
PROPERTIES = {"Format": "5x7 folded", "_proof": "p1", "_sig": "v1.abc"}

BLOCK = """{% comment %} words {% endcomment %}<p a="{{ block.settings.a | escape }}">{{ 'x.y' | t }}</p>
{% schema %}{"settings": []}{% endschema %}"""


def test_a_block_is_shown_with_its_settings_escaped():
    values = {"block": {"settings": {"a": '"<b>'}}}

    assert liquid.render(BLOCK, values, filters={"t": str.upper}) == '<p a="&quot;&lt;b&gt;">X.Y</p>'
    assert json.loads(liquid.schema_of(BLOCK)) == {"settings": []}


@pytest.mark.parametrize("source", ["{{ shop.name }}", "{{ block | money }}", "{% if a %}b{% endif %}"])
def test_liquid_that_we_cannot_show_is_not_passed_over(source):
    with pytest.raises(liquid.UnknownLiquid):
        liquid.render(source, {"block": {}}, filters={})


def test_proxied_calls_are_signed_as_shopify_documents(settings):
    settings.SHOPIFY_API_SECRET = "hush"
    params = [
        ("extra", "1"),
        ("extra", "2"),
        ("shop", "shop-name.myshopify.com"),
        ("path_prefix", "/apps/awesome_reviews"),
        ("timestamp", "1317327555"),
    ]

    assert proxy.signature(params) == "a9718877bea71c2484f91608a7eaea1532bdf71f5c56825065fa4ccabe549ef3"


@pytest.fixture
def visitor(sandbox):
    """A browser of one shopper: it keeps cookies."""
    with httpx.Client(base_url=sandbox.url, follow_redirects=False) as client:
        yield client


@pytest.fixture
def variant(sandbox):
    return int(sold_product(sandbox)[1].rsplit("/", 1)[1])


def ask(visitor, verb, **given):
    answer = visitor.post(f"{ROOT}cart/{verb}.js", json=given)
    return answer.status_code, answer.json()


def shown(visitor):
    return visitor.get(f"{ROOT}cart.js").json()


@pytest.mark.sandbox
def test_a_new_visitors_cart_is_empty(visitor):
    assert (shown(visitor)["items"], shown(visitor)["item_count"], shown(visitor)["total_price"]) == ([], 0, 0)


@pytest.mark.sandbox
def test_lines_with_other_properties_are_other_lines(visitor, variant):
    ask(visitor, "add", items=[{"id": variant, "quantity": 1, "properties": PROPERTIES}])
    ask(visitor, "add", items=[{"id": variant, "quantity": 2, "properties": PROPERTIES}])
    status, added = ask(visitor, "add", id=variant, properties={"_proof": "p2"})

    cart = shown(visitor)
    assert (status, added["items"][0]["quantity"]) == (200, 1)
    assert [(item["quantity"], item["properties"]) for item in cart["items"]] == [
        (1, {"_proof": "p2"}),
        (3, PROPERTIES),
    ]
    assert cart["item_count"] == 4
    assert cart["total_price"] == 4 * cart["items"][0]["price"]


@pytest.mark.sandbox
def test_quantities_change_and_lines_go(visitor, variant):
    ask(visitor, "add", items=[{"id": variant, "properties": PROPERTIES}, {"id": variant, "properties": {}}])
    first, second = [item["key"] for item in shown(visitor)["items"]]

    assert ask(visitor, "change", id=first, quantity=5)[1]["item_count"] == 6
    assert ask(visitor, "update", updates={second: 3})[1]["item_count"] == 8
    assert ask(visitor, "change", line=1, quantity=0)[1]["item_count"] == 3
    assert ask(visitor, "clear")[1]["items"] == []
    assert ask(visitor, "change", id="nothing", quantity=1)[0] == 400


@pytest.mark.sandbox
def test_what_cannot_be_sold_is_refused_as_the_shop_does(visitor, variant):
    assert ask(visitor, "add", items=[{"id": 1}])[1] == {
        "status": 404,
        "message": "Cart Error",
        "description": "Cannot find variant",
    }
    assert ask(visitor, "add", items=[{"id": variant, "quantity": 0}])[0] == 422
    assert ask(visitor, "add", items=[{"id": variant}], sections="a,b,c,d,e,f")[0] == 400
    assert shown(visitor)["item_count"] == 0


@pytest.mark.sandbox
def test_sections_come_back_fresh(visitor, variant):
    _, answer = ask(visitor, "add", items=[{"id": variant, "quantity": 2}], sections="cart-icon-bubble")

    assert answer["sections"] == {"cart-icon-bubble": '<span class="cart-count">2</span>'}


@pytest.mark.sandbox
def test_a_cart_is_paid_with_its_properties_and_the_next_one_is_empty(sandbox, visitor, variant):
    ask(visitor, "add", items=[{"id": variant, "quantity": 2, "properties": PROPERTIES}])
    checkout = visitor.post(f"{ROOT}cart", data={"discount": "SAVE10"}).headers["Location"]

    order = visitor.post(checkout, json={}).json()["order"]

    known = next(each for each in sandbox.state()["shopify"]["orders"] if each["id"] == order["id"])
    assert [(line["quantity"], line["properties"]) for line in known["lines"]] == [(2, PROPERTIES)]
    assert shown(visitor)["items"] == []


@pytest.mark.sandbox
def test_two_shoppers_have_two_carts(sandbox, visitor, variant):
    ask(visitor, "add", id=variant)

    with httpx.Client(base_url=sandbox.url) as other:
        assert shown(other)["items"] == []


@pytest.mark.sandbox
@pytest.mark.parametrize("kind", ["card", "calendar"])
def test_the_theme_shows_our_own_block(visitor, kind):
    html = visitor.get(ROOT, params={"kind": kind}).text

    assert f'kind="{kind}"' in html
    assert f'proxy="/shopify/{DOMAIN}/apps/cardmaker"' in html
    assert visitor.get("/storefront/cardmaker-studio.js").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.sandbox
def test_the_site_elsewhere_loads_our_script_from_our_origin(visitor, app):
    html = visitor.get("/webflow/").text

    assert f'<script type="module" src="{app.url}/embed/v1/loader.js"></script>' in html
    assert f'shop="{DOMAIN}"' in html


@pytest.mark.sandbox
def test_the_app_proxy_signs_passes_the_body_and_takes_cookies_away(visitor, app):
    visitor.cookies.set("secret", "1")

    answer = visitor.post(f"{ROOT}apps/cardmaker/session/?lang=fr&shop=evil.myshopify.com", json={"a": 1})

    (call,) = app.deliveries
    address = urlsplit(call["path"])
    asked = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
    given = asked.pop("signature")
    assert (answer.status_code, address.path, call["json"]) == (200, "/shopify/proxy/session/", {"a": 1})
    assert (asked["shop"], asked["path_prefix"], asked["lang"]) == (DOMAIN, "/apps/cardmaker", "fr")
    assert len(given) == 64
    assert "cookie" not in call["headers"]
    assert call["headers"]["x-forwarded-for"] == "127.0.0.1"
