import pytest

from fulfillment.shopify.carriers import shopify_carrier


@pytest.mark.parametrize(
    ("given", "known"),
    [("usps", "USPS"), ("Fedex", "FedEx"), ("DHL Global Mail", "DHL eCommerce"), ("dhl_ecommerce", "DHL eCommerce"),
     ("UPS Mail Innovations", "UPS"), ("Zoom Parcels", "Zoom Parcels"), ("", "")],
)  # fmt: skip
def test_a_carrier_is_spelled_as_shopify_does(given, known):
    assert shopify_carrier(given) == known
