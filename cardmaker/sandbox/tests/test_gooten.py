from concurrent.futures import ThreadPoolExecutor

import pytest

from .driver import ADDRESS, BILLING_KEY, FOLDED, GOOTEN, RECIPE, four_files, gooten, gooten_order

pytestmark = pytest.mark.sandbox
URLS = [f"https://example.com/{number}.jpg" for number in range(4)]


def _refusal(answer):
    return [(error["PropertyName"], error["ErrorMessage"]) for error in answer.json()["Errors"]]


def _with(item=None, address=None, **changes):
    order = gooten_order(URLS)
    order["Items"][0] |= item or {}
    return {**order, "ShipToAddress": {**ADDRESS, **(address or {})}, **changes}


@pytest.mark.parametrize(
    "path",
    [
        f"{GOOTEN}/products/?recipeid={RECIPE}",
        f"{GOOTEN}/products?recipeId={RECIPE}",
        f"/gooten/api/v/4/source/ios/Products/?RecipeID={RECIPE}",
        f"/gooten/api/products/?recipeid={RECIPE.upper()}",
    ],
)
def test_paths_and_parameter_names_may_be_written_in_several_ways(sandbox, path):
    assert [each["Id"] for each in sandbox.http.get(path).json()["Products"]] == [82, 76, 41, 104]


def test_an_unknown_recipe_is_answered_with_a_message(sandbox):
    answer = sandbox.http.get(f"{GOOTEN}/products/?recipeid=nobody")

    assert answer.json() == {"Message": "The request is invalid. Invalid recipeId 'nobody'."}


def test_the_template_gives_the_pixels_of_each_space(sandbox):
    option = gooten(sandbox, "GET", "producttemplates", sku=FOLDED).json()["Options"][0]

    sizes = [
        (s["Id"], s["Index"], s["Description"], s["FinalX2"] - s["FinalX1"], s["FinalY2"] - s["FinalY1"])
        for s in option["Spaces"]
    ]
    assert sizes == [
        ("F70C1", 1, "Front", 1538, 2175),
        ("F70C2", 2, "Inside Left", 1538, 2175),
        ("F70C3", 3, "Inside Right", 1538, 2175),
        ("F70C4", 4, "Back", 1538, 2175),
    ]


def test_the_documented_sample_has_its_documented_coordinates(sandbox):
    space = gooten(sandbox, "GET", "producttemplates", sku="CanvsWrp-BlkWrp-5x7").json()["Options"][0]["Spaces"][0]

    corners = [space[name] for name in ("FinalX1", "FinalX2", "FinalY1", "FinalY2")]
    assert (space["Id"], space["Index"], corners) == ("3FCDC", 1, [450, 2550, 450, 1950])


def test_variants_name_sku_images_and_price(sandbox):
    variants = gooten(sandbox, "GET", "productvariants", productId="82", countryCode="US").json()["ProductVariants"]

    found = [(each["Sku"], each["MaxImages"], each["PriceInfo"]["FormattedPrice"]) for each in variants]
    assert found == [("SIM-FlatCard-5x7-1Pack", 2, "$1.95")]


def test_nothing_is_sold_where_nothing_is_shipped(sandbox):
    assert gooten(sandbox, "GET", "productvariants", productId="82", countryCode="FR").json()["ProductVariants"] == []


def test_shipping_prices_differ_by_country(sandbox):
    def options(country):
        body = {"ShipToCountry": country, "CurrencyCode": "USD", "Items": [{"SKU": FOLDED, "Quantity": 1}]}
        result = gooten(sandbox, "POST", "shippingprices", body).json()["Result"][0]
        return [(each["MethodType"], each["Price"]["FormattedPrice"]) for each in result["ShipOptions"]]

    assert options("US") == [("Standard", "$3.49"), ("Expedited", "$10.47"), ("Overnight", "$20.94")]
    assert options("DE") == [("Standard", "$6.49"), ("Expedited", "$13.47")]


def test_an_order_is_stored_and_read_by_its_id(sandbox):
    sandbox.pause()
    placed = gooten(sandbox, "POST", "orders", gooten_order(URLS)).json()

    read = gooten(sandbox, "GET", "orders", id=placed["Id"]).json()
    item = read["Items"][0]
    assert placed["Id"].startswith("7-")
    assert (read["Id"], read["SourceId"], read["HadError"]) == (placed["Id"], "CM-1001-1", False)
    assert (item["Sku"], item["Quantity"], item["Status"], item["Shipments"]) == (FOLDED, 2, "New", [])
    assert "Images" not in item
    assert read["Total"]["FormattedPrice"] == "$8.79"


def test_images_are_shown_when_asked_for(sandbox):
    placed = gooten(sandbox, "POST", "orders", gooten_order(URLS)).json()

    images = gooten(sandbox, "GET", "orders", id=placed["Id"], withImages="true").json()["Items"][0]["Images"]

    assert [(each["SourceUrl"], each["SpaceId"]) for each in images] == list(
        zip(URLS, ["F70C1", "F70C2", "F70C3", "F70C4"], strict=True)
    )


def test_a_second_order_with_the_same_source_id_is_refused(sandbox):
    gooten(sandbox, "POST", "orders", gooten_order(URLS))

    refused = gooten(sandbox, "POST", "orders", gooten_order(URLS))

    assert refused.status_code == 200
    assert refused.json()["HadError"] is True
    assert _refusal(refused) == [("Order.SourceId", "An order with this SourceId already exists")]
    assert "Id" not in refused.json()
    assert len(sandbox.state()["gooten"]["orders"]) == 1


def test_the_refusal_can_name_the_first_order(sandbox):
    first = gooten(sandbox, "POST", "orders", gooten_order(URLS)).json()["Id"]
    sandbox.fault("gooten_duplicate_tells_id")

    assert gooten(sandbox, "POST", "orders", gooten_order(URLS)).json()["Id"] == first


def test_of_eight_equal_orders_at_once_one_is_stored(sandbox):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: gooten(sandbox, "POST", "orders", gooten_order(URLS)).json(), range(8)))

    assert sorted("Id" in answer for answer in answers) == [False] * 7 + [True]
    assert len(sandbox.state()["gooten"]["orders"]) == 1


def test_without_the_flag_a_second_order_is_made(sandbox):
    for _ in range(2):
        gooten(sandbox, "POST", "orders", gooten_order(URLS, IsPartnerSourceIdUnique=False))

    assert [each["source_id"] for each in sandbox.state()["gooten"]["orders"]] == ["CM-1001-1", "CM-1001-1"]


def test_an_order_is_found_by_its_source_id(sandbox):
    for source_id in ("CM-1001-1", "CM-1002-1"):
        gooten(sandbox, "POST", "orders", gooten_order(URLS, source_id))

    found = gooten(sandbox, "GET", "ordersearch", partnerBillingKey=BILLING_KEY, genericValues="CM-1002-1").json()

    assert [each["SourceId"] for each in found["Orders"]] == ["CM-1002-1"]
    assert (found["Page"], found["TotalPages"]) == (1, 1)


def test_search_needs_the_billing_key(sandbox):
    answer = gooten(sandbox, "GET", "ordersearch", partnerBillingKey="guess", genericValues="CM-1001-1")

    assert _refusal(answer) == [("PartnerBillingKey", "Invalid partner billing key")]


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (_with(address={"PostalCode": ""}), ("Order.ShipToAddress.PostalCode", "PostalCode is required")),
        (
            _with(address={"PostalCode": "ABC"}),
            ("Order.ShipToAddress.PostalCode", "PostalCode is not valid for the country"),
        ),
        (_with(address={"State": ""}), ("Order.ShipToAddress.State", "State is required")),
        (_with(address={"Line1": "x" * 36}), ("Order.ShipToAddress.Line1", "Line1 must be at most 35 characters")),
        (_with(address={"City": "Москва"}), ("Order.ShipToAddress.City", "City must be in Latin letters")),
        (_with(address={"CountryCode": "FR"}), ("Order.ShipToAddress.CountryCode", "We do not ship to this country")),
        (_with(item={"SKU": "Mug"}), ("Order.Items[0].SKU", "SKU is unknown")),
        (_with(item={"Quantity": 0}), ("Order.Items[0].Quantity", "Quantity must be greater than 0")),
        (_with(item={"ShipType": "rocket"}), ("Order.Items[0].ShipType", "ShipType is not available for this item")),
        (_with(item={"Images": []}), ("Order.Items[0].Images", f"{FOLDED} needs exactly 4 images")),
        (_with(Items=[]), ("Order.Items", "At least one item is required")),
        (_with(SourceId="x" * 51), ("Order.SourceId", "SourceId must be at most 50 characters")),
        (
            _with(Payment={"PartnerBillingKey": "guess"}),
            ("Order.Payment.PartnerBillingKey", "Invalid partner billing key"),
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_wrong_order_is_refused_by_property_and_not_stored(sandbox, order, error):
    assert _refusal(gooten(sandbox, "POST", "orders", order)) == [error]
    assert sandbox.state()["gooten"]["orders"] == []


def test_each_image_needs_a_space_of_its_own(sandbox):
    order = gooten_order(URLS)
    order["Items"][0]["Images"][1]["SpaceId"] = "F70C1"
    order["Items"][0]["Images"][2]["SpaceId"] = "NOPE"

    assert _refusal(gooten(sandbox, "POST", "orders", order)) == [
        ("Order.Items[0].Images[0].SpaceId", "The same space was given more than once"),
        ("Order.Items[0].Images[1].SpaceId", "The same space was given more than once"),
        ("Order.Items[0].Images[2].SpaceId", "SpaceId is unknown for this SKU"),
    ]


def test_errors_can_come_as_http_400(sandbox):
    sandbox.fault("gooten_400")

    refused = gooten(sandbox, "POST", "orders", _with(address={"PostalCode": ""}))

    assert (refused.status_code, refused.json()["HadError"]) == (400, True)


def test_an_order_is_cancelled_while_it_can_be(sandbox):
    sandbox.pause()
    placed = gooten(sandbox, "POST", "orders", gooten_order(URLS)).json()["Id"]

    params = {"partnerBillingKey": BILLING_KEY, "id": placed, "orderStatusName": "Cancelled"}
    answers = [gooten(sandbox, "POST", "orderstatus", **params).json()["HadError"] for _ in range(2)]

    assert answers == [False, False]
    assert sandbox.state()["gooten"]["orders"][0]["items"][0]["status"] == "Cancelled"


def test_an_order_in_production_is_not_cancelled(sandbox, app):
    sandbox.pause()
    placed = gooten(sandbox, "POST", "orders", gooten_order(four_files(app))).json()["Id"]
    sandbox.advance(placed, to="InProduction")

    params = {"partnerBillingKey": BILLING_KEY, "id": placed, "orderStatusName": "Cancelled"}
    refused = gooten(sandbox, "POST", "orderstatus", **params)

    assert _refusal(refused) == [("OrderStatusName", "An item in status InProduction cannot be changed")]
    assert sandbox.state()["gooten"]["orders"][0]["items"][0]["status"] == "InProduction"


def test_an_unknown_order_is_an_error(sandbox):
    assert _refusal(gooten(sandbox, "GET", "orders", id="7-nothing")) == [("Id", "Order was not found")]


def test_a_body_that_is_no_json_is_an_error(sandbox):
    answer = sandbox.http.post(f"{GOOTEN}/orders/?recipeid={RECIPE}", content=b"{")

    assert _refusal(answer) == [("", "The request body is no JSON")]
