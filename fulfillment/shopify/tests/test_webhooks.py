import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from fulfillment.shopify.webhooks import Delivery, delivery_of, verify

BODY = '{"id":820982911946154508,"test":true,"note":"Grüße"}'.encode()
SIGNATURE = "4nwyDJN48hR8OX1d72DRL4AoY3CL3FBSch8m+rn7ptU="  # of BODY with the secret "hush"


def signature(body, secret):
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def test_what_shopify_signed_is_accepted():
    assert verify(BODY, SIGNATURE, secret="hush") is True


def test_the_settings_hold_the_secret(settings):
    settings.SHOPIFY_API_SECRET = "hush"

    assert verify(BODY, SIGNATURE) is True


def test_the_old_secret_counts_during_a_rotation():
    assert verify(BODY, SIGNATURE, secret="new", old_secret="hush") is True
    assert verify(BODY, SIGNATURE, secret="new") is False


@pytest.mark.parametrize(
    ("body", "given"),
    [
        (BODY, ""),
        (BODY, "nonsense"),
        (BODY, "é"),
        (BODY, SIGNATURE.lower()),
        (BODY + b" ", SIGNATURE),
        (b"", SIGNATURE),
        (b"\xff\xfe", signature(b"\xff\xfe", "hush")),
    ],
)
def test_anything_else_is_refused(body, given):
    assert verify(body, given, secret="hush") is False


def test_the_bytes_are_signed_as_they_are():
    for body in ("\ufeff{}".encode(), b'{"a":\r\n1}\x00', b""):
        assert verify(body, signature(body, "hush"), secret="hush") is True


def test_the_headers_of_a_delivery_are_read_in_any_case():
    headers = {
        "x-shopify-webhook-id": "w-1",
        "X-SHOPIFY-EVENT-ID": "e-1",
        "X-Shopify-Topic": "orders/paid",
        "X-Shopify-Shop-Domain": "Ada.myshopify.com",
        "X-Shopify-API-Version": "2026-10",
        "X-Shopify-Triggered-At": "2026-11-20T10:00:00.123Z",
        "X-Shopify-Hmac-Sha256": "c2ln",
    }

    triggered_at = datetime(2026, 11, 20, 10, 0, 0, 123000, tzinfo=UTC)
    expected = Delivery("w-1", "e-1", "orders/paid", "ada.myshopify.com", "2026-10", triggered_at, "c2ln")
    assert delivery_of(headers) == expected


def test_missing_and_odd_headers_are_empty():
    headers = {"X-Shopify-Shop-Domain": "evil.example", "X-Shopify-Triggered-At": "soon"}

    assert delivery_of(headers) == Delivery("", "", "", "", "", None, "")
