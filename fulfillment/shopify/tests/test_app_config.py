"""shopify.app.toml: what Shopify registers has a route and a handler here, and the scopes are those the code needs."""

import json
import re
import tomllib
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve, reverse
from graphql import FieldNode, OperationDefinitionNode, parse

from fulfillment.merchants import merchant_page, permissions
from fulfillment.orders import inbox_handlers
from fulfillment.shopify.documents import FOLDER

CONFIG = tomllib.loads((settings.BASE_DIR / "shopify.app.toml").read_text())
SUBSCRIPTIONS = CONFIG["webhooks"]["subscriptions"]
TOPICS = [topic for each in SUBSCRIPTIONS for topic in each.get("topics", [])]
COMPLIANCE = [topic for each in SUBSCRIPTIONS for topic in each.get("compliance_topics", [])]
# What each field that we ask for at the top of a document needs, by Shopify's table of scopes. A field that is not here
# fails the test: whoever uses it says what it needs.
NEEDS = {
    "shop": set(),
    "currentAppInstallation": set(),
    "job": set(),
    "deliveryProfiles": {"read_shipping"},
    "fulfillmentCreate": {"write_merchant_managed_fulfillment_orders"},
    "fulfillmentOrder": {"write_merchant_managed_fulfillment_orders"},
    "fulfillmentOrderHold": {"write_merchant_managed_fulfillment_orders"},
    "fulfillmentOrderReleaseHold": {"write_merchant_managed_fulfillment_orders"},
    "fulfillmentTrackingInfoUpdate": {"write_merchant_managed_fulfillment_orders"},
    "order": {"read_orders"},
    "orders": {"read_orders"},
    "orderCancel": {"write_orders"},
    "refundCreate": {"write_orders"},
    "tagsAdd": {"write_orders"},
    "product": {"write_products"},
    "products": {"write_products"},
    "productByIdentifier": {"write_products"},
    "productDelete": {"write_products"},
    "productSet": {"write_products"},
    "productUpdate": {"write_products"},
    "productVariantsBulkUpdate": {"write_products"},
    "publications": {"read_publications"},
    "publishablePublish": {"write_publications"},
}
PROXY = {"write_app_proxy"}  # for the app proxy itself, which no document asks for


def root_fields():
    """The fields at the top of every document for the Admin API."""
    found = set()
    for path in FOLDER.glob("*.graphql"):
        for operation in parse(path.read_text()).definitions:
            if isinstance(operation, OperationDefinitionNode):
                found |= {node.name.value for node in operation.selection_set.selections if isinstance(node, FieldNode)}
    return found


def test_every_topic_has_a_handler_and_every_handler_a_topic():
    shopifys = {topic for topic in inbox_handlers.HANDLERS if not topic.startswith(("gooten/", "printify/"))}

    assert set(TOPICS) | set(COMPLIANCE) == shopifys
    assert len(TOPICS) == len(set(TOPICS))


def test_the_three_compliance_topics_are_subscribed_once_each():
    assert sorted(COMPLIANCE) == ["customers/data_request", "customers/redact", "shop/redact"]


@pytest.mark.parametrize("subscription", SUBSCRIPTIONS)
def test_webhooks_go_to_where_they_are_taken_in(subscription):
    assert resolve(subscription["uri"]).url_name == "webhook-shopify"


def test_every_address_is_one_of_ours():
    urls = {
        CONFIG["application_url"]: "shopify-app",
        CONFIG["auth"]["redirect_urls"][0]: "shopify-auth-callback",
        CONFIG["app_proxy"]["url"] + "home/": "app_proxy_home",
    }
    for url, name in urls.items():
        assert (urlsplit(url).scheme, urlsplit(url).path) == ("https", reverse(name))


def test_the_scopes_are_what_the_code_needs_and_no_more():
    needed = set().union(*(NEEDS[field] for field in root_fields())) | PROXY
    asked = set(CONFIG["access_scopes"]["scopes"].split(",")) | set(CONFIG["access_scopes"]["optional_scopes"])

    assert needed == asked
    assert set(CONFIG["access_scopes"]["scopes"].split(",")) == permissions.SCOPES
    assert CONFIG["access_scopes"]["optional_scopes"] == [permissions.OPTIONAL]


def test_the_version_is_the_one_we_ask_for():
    assert CONFIG["webhooks"]["api_version"] == settings.SHOPIFY_API_VERSION
    assert CONFIG["embedded"] is True
    assert "use_legacy_install_flow" not in CONFIG["access_scopes"]


def test_the_deep_link_names_the_theme_block():
    blocks = (settings.BASE_DIR / "extensions").glob("*/blocks/*.liquid")

    assert merchant_page.BLOCK in [path.stem for path in blocks]


def test_the_block_of_the_extension_has_a_readable_schema():
    (path,) = (settings.BASE_DIR / "extensions").glob(f"*/blocks/{merchant_page.BLOCK}.liquid")
    (schema,) = re.findall(r"{%-?\s*schema\s*-?%}(.*?){%-?\s*endschema\s*-?%}", path.read_text(), re.S)

    assert json.loads(schema)["target"] == "section"
