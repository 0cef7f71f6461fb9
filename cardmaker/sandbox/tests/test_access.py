"""What an application without a scope gets: null, ACCESS_DENIED with the scope's name, and no news of the topic."""

import re

import pytest

from cardmaker.sandbox.shopify import access
from cardmaker.sandbox.shopify.graph import schema
from cardmaker.sandbox.tests.driver import DOCUMENTS, ONLINE_STORE, admin, product_input
from cardmaker.sandbox.tests.test_installs import SHOP, act, exchange, installed  # noqa: F401

ORDER, ANY = "gid://shopify/Order/1", "gid://shopify/Product/1"
ALL = "write_products,read_publications,write_publications,read_orders,read_shipping,write_orders"
ALL += ",write_merchant_managed_fulfillment_orders,write_app_proxy"
FIRST = {
    "product_set": ("write_products", {"identifier": {"handle": "d-1"}, "input": product_input("d-1")}),
    "archive_product": ("write_products", {"product": {"id": ANY, "status": "ARCHIVED"}}),
    "delete_product": ("write_products", {"input": {"id": ANY}}),
    "variant_prices": ("write_products", {"productId": ANY, "variants": [{"id": ANY, "price": "1"}]}),
    "publish": ("write_publications", {"id": ANY, "input": [{"publicationId": ANY}]}),
    "publications": ("read_publications", {}),
    "delivery_profiles": ("read_shipping", {}),
    "order": ("read_orders", {"id": ORDER}),
    "orders_to_reconcile": ("read_orders", {"q": ""}),
    "hold": ("write_merchant_managed_fulfillment_orders", {"id": ANY, "hold": {"reason": "OTHER"}}),
    "release_hold": ("write_merchant_managed_fulfillment_orders", {"id": ANY, "holdIds": []}),
    "fulfillment_create": (
        "write_merchant_managed_fulfillment_orders",
        {"fulfillment": {"lineItemsByFulfillmentOrder": []}},
    ),
    "order_cancel": (
        "write_orders",
        {"orderId": ORDER, "reason": "OTHER", "restock": False, "refundMethod": {"originalPaymentMethodsRefund": True}},
    ),
}


def without(*scopes):
    return ",".join(scope for scope in ALL.split(",") if scope not in scopes)


@pytest.fixture
def token(installed):  # noqa: F811
    return exchange(installed)["access_token"]


@pytest.mark.parametrize("document", FIRST)
def test_a_call_without_its_scope_is_refused_as_shopify_does(installed, token, document):  # noqa: F811
    scope, variables = FIRST[document]
    writes = {scope, scope.replace("read_", "write_", 1)}
    act(installed, "scopes", scopes=without(*writes))

    answer = admin(installed, document, variables, token=token, domain=SHOP)

    required = f"`{scope}` access scope."
    error = answer["errors"][0]
    assert re.fullmatch(rf"Access denied for \w+ field\. Required access: {re.escape(required)}", error["message"])
    assert error["extensions"] == {
        "code": "ACCESS_DENIED",
        "documentation": access.DOCUMENTATION,
        "requiredAccess": required,
    }
    assert not any((answer["data"] or {}).values())


def test_nothing_is_done_without_the_scope(installed, token):  # noqa: F811
    act(installed, "scopes", scopes=without("write_products"))

    admin(installed, "product_set", FIRST["product_set"][1], token=token, domain=SHOP)

    assert [each["handle"] for each in installed.state()["shopify"]["products"] if each["handle"] == "d-1"] == []


def test_topics_of_what_is_not_allowed_are_not_delivered(installed, token, app):  # noqa: F811
    made = admin(installed, "product_set", FIRST["product_set"][1], token=token, domain=SHOP)["data"]["productSet"]
    product = made["product"]
    publish = {"id": product["id"], "input": [{"publicationId": ONLINE_STORE}]}
    admin(installed, "publish", publish, token=token, domain=SHOP)
    act(installed, "scopes", scopes=without("read_orders", "write_orders"))
    lines = [{"variant_id": product["variants"]["nodes"][0]["id"], "quantity": 1, "properties": {}}]

    installed.pay(SHOP, lines)
    act(installed, "scopes", scopes=ALL)

    assert {told["headers"]["x-shopify-topic"] for told in app.wait_for(2)} >= {"app/scopes_update"}
    assert not {topic for topic in app.topics() if topic.startswith("orders/")}


def test_every_field_of_the_table_is_in_the_schema():
    known = schema("admin").type_map

    missing = [name for name in access.SCOPE_OF if name.split(".")[1] not in known[name.split(".")[0]].fields]

    assert missing == []


def test_every_document_of_the_application_stands_behind_a_scope():
    roots = set(re.findall(r"^  (\w+)[ ({]", "\n".join(path.read_text() for path in DOCUMENTS.glob("*.graphql")), re.M))

    open_to_all = {"currentAppInstallation", "shop"}
    assert {root for root in roots if not any(name.endswith(f".{root}") for name in access.SCOPE_OF)} == open_to_all
