from dataclasses import replace

import pytest

from fulfillment.sales.lineproperties import Claim, problem, sign

CLAIM = Claim(
    shop_id="11111111-1111-4111-8111-111111111111",
    proof_id="33333333-3333-4333-8333-333333333333",
    digest="d" * 64,
    supplier="gooten",
    item="FlatCard-5x7",
    variant="gid://shopify/ProductVariant/44",
)
KEYS = ["new key"]


def signed(claim=CLAIM, keys=KEYS):
    return {"Format": "5×7 card", **sign(claim, keys=keys)}


def test_the_hidden_properties_of_a_line_are_these():
    # The signature was computed by hand: HMAC-SHA256 of the claim's fields, joined by "|" after "v1".
    assert sign(CLAIM, keys=KEYS) == {
        "_proof": "33333333-3333-4333-8333-333333333333",
        "_supplier": "gooten",
        "_item": "FlatCard-5x7",
        "_sig": "v1.PeIyb2E325cuihBLjuEUYhQT_EjGsjPWoBRljmU988Y",
    }


def test_what_we_signed_has_no_problem():
    assert problem(signed(), CLAIM, keys=KEYS) is None


def test_the_settings_hold_the_keys_unless_some_are_given(settings):
    settings.LINE_PROPERTY_KEY = "from the settings"
    settings.LINE_PROPERTY_KEY_FALLBACKS = ["an older one"]

    assert problem(signed(keys=None), CLAIM, keys=["from the settings"]) is None
    assert problem(signed(keys=["an older one"]), CLAIM) is None


@pytest.mark.parametrize("name", ["_proof", "_supplier", "_item", "_sig"])
def test_a_line_without_one_of_them_is_missing(name):
    properties = {key: text for key, text in signed().items() if key != name}

    assert problem(properties, CLAIM, keys=KEYS) == "missing"
    assert problem(properties | {name: ""}, CLAIM, keys=KEYS) == "missing"


@pytest.mark.parametrize(
    "change",
    [
        {"_supplier": "printify"},
        {"_item": "FlatCard-5x7-10Pack"},
        {"_item": "FlatCard|5x7"},
        {"_sig": "v1.AAAA"},
        {"_sig": "v2." + "A" * 43},
        {"_sig": "vé"},
        {"_sig": " v1.PeIyb2E325cuihBLjuEUYhQT_EjGsjPWoBRljmU988Y"},
    ],
)
def test_a_changed_property_is_altered(change):
    assert problem(signed() | change, CLAIM, keys=KEYS) == "altered"


@pytest.mark.parametrize("field", ["shop_id", "digest", "variant", "supplier", "item"])
def test_a_signature_for_something_else_is_altered(field):
    elsewhere = replace(CLAIM, **{field: "other"})

    assert problem(signed() | {"_sig": sign(elsewhere, keys=KEYS)["_sig"]}, CLAIM, keys=KEYS) == "altered"


def test_the_properties_of_another_proof_are_foreign():
    other = replace(CLAIM, proof_id="33333333-3333-4333-8333-333333333334")

    assert problem(signed(other), CLAIM, keys=KEYS) == "foreign"


def test_an_older_key_still_verifies_and_a_dropped_one_does_not():
    properties = signed(keys=["old key"])

    assert problem(properties, CLAIM, keys=["new key", "old key"]) is None
    assert problem(properties, CLAIM, keys=["new key"]) == "altered"


def test_a_part_with_the_separator_cannot_be_signed():
    with pytest.raises(ValueError):
        sign(replace(CLAIM, item="a|b"), keys=KEYS)
