import pytest

from fulfillment.shopify.gids import NotAGid, number_of
from fulfillment.shopify.permalinks import CartLine, encoded, permalink

VARIANT = "gid://shopify/ProductVariant/44"


def test_properties_are_base64url_of_compact_json_without_padding():
    properties = {"_design": "d_9f2", "_sig": "abc", "Paper": "Silk 350g"}

    assert encoded(properties) == "eyJfZGVzaWduIjoiZF85ZjIiLCJfc2lnIjoiYWJjIiwiUGFwZXIiOiJTaWxrIDM1MGcifQ"


def test_a_line_without_properties_is_a_plain_link():
    assert permalink("https://ada.myshopify.com", CartLine(VARIANT, 3)) == "https://ada.myshopify.com/cart/44:3"


def test_more_properties_than_shopify_keeps_are_refused():
    with pytest.raises(ValueError):
        permalink("https://x", CartLine(VARIANT, 1, {str(number): "x" for number in range(26)}))


@pytest.mark.parametrize(
    "text", ["44", "gid://shopify/Product/44", "gid://shopify/ProductVariant/", "gid://shopify/ProductVariant/٤"]
)
def test_what_is_no_variant_has_no_number(text):
    with pytest.raises(NotAGid):
        number_of(text, "ProductVariant")


def test_a_gid_may_carry_a_query():
    assert number_of("gid://shopify/ProductVariant/44?id=true", "ProductVariant") == "44"
