import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

import pytest
import time_machine

from fulfillment.shopify.proxy import NotFromTheProxy, ProxyCall, proven

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
SHOPIFYS = {"shop": "ada.myshopify.com", "path_prefix": "/apps/cards", "timestamp": STAMP, "logged_in_customer_id": ""}


def signature(pairs, secret="hush"):
    """As Shopify signs: sorted by name, repeated ones joined with a comma, nothing in between."""
    grouped = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    text = "".join(f"{name}={','.join(values)}" for name, values in sorted(grouped.items()))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def query(*own, secret="hush", **changes):
    """A call as the proxy sends it: the shopper's own parameters, then Shopify's; None leaves one out."""
    pairs = [*own, *((name, value) for name, value in (SHOPIFYS | changes).items() if value is not None)]
    return urlencode([*pairs, ("signature", signature(pairs, secret))])


def read(text, at=NOW, **secrets):
    with time_machine.travel(at, tick=False):
        return proven(text, at=at, **({"secret": "hush"} | secrets))


@pytest.mark.parametrize(
    ("customer", "expected"),
    [
        ("&logged_in_customer_id=1", "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb"),
        ("", "a9718877bea71c2484f91608a7eaea1532bdf71f5c56825065fa4ccabe549ef3"),
    ],
)
def test_the_documented_vectors_are_accepted_in_their_time(customer, expected):
    text = (
        "extra=1&extra=2&shop=shop-name.myshopify.com&path_prefix=/apps/awesome_reviews&timestamp=1317327555" + customer
    )

    call = read(f"{text}&signature={expected}", at=datetime.fromtimestamp(1317327560, UTC))

    own = (("extra", "1"), ("extra", "2"))
    assert call == ProxyCall("shop-name.myshopify.com", customer[-1:], "/apps/awesome_reviews", own)


def test_the_old_secret_counts_during_a_rotation():
    assert read(query(), secret="new", old_secret="hush").shop_domain == "ada.myshopify.com"


def test_the_shoppers_own_parameters_are_told_apart():
    call = read(query(("design", "d 1"), ("note", "Grüße & more"), logged_in_customer_id="42"))

    assert (call.customer_id, call.params) == ("42", (("design", "d 1"), ("note", "Grüße & more")))


REFUSED = {
    "nothing at all": "",
    "no signature": urlencode(SHOPIFYS),
    "another secret": query(secret="other"),
    "a changed shop": query().replace("ada.", "eve."),
    "a changed parameter": query(("design", "1")).replace("design=1", "design=2"),
    "a parameter more": query() + "&design=1",
    "a second shop": query() + "&shop=eve.myshopify.com",
    "a second signed shop": query(("shop", "eve.myshopify.com")),
    "a second timestamp": query(("timestamp", STAMP)),
    "a second signature": query() + "&signature=" + "0" * 64,
    "no shop": query(shop=None),
    "no timestamp": query(timestamp=None),
    "no path prefix": query(path_prefix=None),
    "two minutes old": query(timestamp=str(int(STAMP) - 120)),
    "two minutes ahead": query(timestamp=str(int(STAMP) + 120)),
    "a time that is no number": query(timestamp="soon"),
    "a time in other digits": query(timestamp="١٢٣"),
    "a signature in other letters": query()[:-4] + "%C3%A9",
    "a shop elsewhere": query(shop="evil.example.com"),
    "a shop with a path": query(shop="ada.myshopify.com/x"),
    "a customer who is no number": query(logged_in_customer_id="1 or 2"),
    "bytes that are no text": query() + "&a=%ff",
    "far too long": query(("note", "x" * 9000)),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused(text):
    with pytest.raises(NotFromTheProxy):
        read(text)


def test_borders_shifted_in_what_another_shop_signed_speak_for_nobody():
    mine = SHOPIFYS | {"shop": "eve.myshopify.com"}
    smuggled = "1logged_in_customer_id=7path_prefix=/apps/cardsshop=ada.myshopify.com" + f"timestamp={STAMP}z="
    signed = signature([("a", smuggled), *mine.items()])
    rest = "".join(f"{name}={value}" for name, value in sorted(mine.items()))
    forged = {"a": "1", **SHOPIFYS, "logged_in_customer_id": "7", "z": rest}

    assert signature(forged.items()) == signed  # Shopify's scheme cannot tell the two apart
    with pytest.raises(NotFromTheProxy):
        read(urlencode({**forged, "signature": signed}))


def test_parameters_are_sorted_by_name_not_by_the_joined_text():
    text = query(("id2", "1"), ("id", "2"))

    assert dict(parse_qsl(text))["id"] == "2"
    assert read(text).params == (("id2", "1"), ("id", "2"))
