import hashlib

import pytest

from .driver import ONLINE_STORE, admin, graphql, product_input, set_product, sold_product

pytestmark = pytest.mark.sandbox


def test_a_wrong_token_is_answered_401(sandbox):
    answer = graphql(sandbox, "{ shop { id } }", token="stolen")

    assert answer.status_code == 401
    assert answer.json() == {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}


def test_the_same_handle_is_the_same_product_and_variant(sandbox):
    first = set_product(sandbox, product_input())["product"]
    second = set_product(sandbox, product_input(title="Another title"))["product"]

    assert (second["id"], second["variants"]["nodes"][0]["id"]) == (first["id"], first["variants"]["nodes"][0]["id"])
    assert [each["title"] for each in sandbox.state()["shopify"]["products"]] == ["Another title"]


def test_without_identifier_a_repeated_call_makes_a_second_product(sandbox):
    for _ in range(2):
        admin(sandbox, "product_set", {"input": product_input("d-1")})

    assert [each["handle"] for each in sandbox.state()["shopify"]["products"]] == ["d-1", "d-1-1"]


def test_price_sku_and_status_are_as_set(sandbox):
    product = set_product(sandbox, product_input())["product"]

    variant = product["variants"]["nodes"][0]
    assert (product["status"], variant["price"], variant["sku"]) == ("UNLISTED", "6.90", "CM-000123")
    assert variant["selectedOptions"] == [{"name": "Format", "value": "5x7 folded"}]


@pytest.mark.parametrize(
    ("changes", "message", "code"),
    [
        (
            {"handle": "other"},
            "The identifier value does not match the value of the corresponding field in the input.",
            "INPUT_MISMATCH",
        ),
        ({"handle": None}, "The input field corresponding to the identifier is required.", "MISSING_FIELD_REQUIRED"),
        ({"title": "x" * 256}, "Title is too long (maximum is 255 characters)", "INVALID_INPUT"),
        ({"id": "gid://shopify/Product/1"}, "The id field is not allowed if identifier is provided.", "ID_NOT_ALLOWED"),
    ],
)
def test_a_refused_product_set_names_the_error_and_changes_nothing(sandbox, changes, message, code):
    refused = set_product(sandbox, product_input(**changes))

    assert refused["product"] is None
    assert [(error["message"], error["code"]) for error in refused["userErrors"]] == [(message, code)]
    assert sandbox.state()["shopify"]["products"] == []


def test_variants_need_options(sandbox):
    given = product_input()
    del given["productOptions"]

    assert set_product(sandbox, given)["userErrors"][0]["code"] == "PRODUCT_OPTIONS_INPUT_MISSING"


def test_more_than_250_files_are_a_top_level_error(sandbox):
    files = [{"originalSource": "https://example.com/a.jpg"}] * 251

    answer = admin(
        sandbox, "product_set", {"identifier": {"handle": "d-1"}, "input": product_input("d-1", files=files)}
    )

    assert answer["errors"][0]["extensions"]["code"] == "MAX_INPUT_SIZE_EXCEEDED"
    assert answer["data"] == {"productSet": None}


def test_an_unknown_field_is_refused_by_the_schema(sandbox):
    answer = graphql(sandbox, "{ shop { moonPhase } }").json()

    assert answer["errors"][0]["extensions"]["code"] == "undefinedField"
    assert "data" not in answer


def test_the_picture_is_fetched_after_the_answer(sandbox, app):
    source = app.serve("front.jpg", 570, 800)
    files = [{"originalSource": source, "contentType": "IMAGE", "alt": "Front"}]

    answered = set_product(sandbox, product_input(files=files))["product"]["media"]["nodes"][0]
    ready = sandbox.wait_for(
        lambda state: [m for m in state["shopify"]["products"][0]["media"] if m["status"] == "READY"]
    )[0]

    assert answered["status"] == "UPLOADED"
    assert ready["sha256"] == hashlib.sha256(app.files["/front.jpg"]).hexdigest()
    assert (ready["width"], ready["height"], ready["size_bytes"]) == (570, 800, len(app.files["/front.jpg"]))


def test_a_picture_that_cannot_be_fetched_fails_with_the_reason(sandbox, app):
    files = [{"originalSource": f"{app.url}/missing.jpg", "contentType": "IMAGE"}]
    set_product(sandbox, product_input(files=files))

    sandbox.wait_for(lambda state: state["shopify"]["products"][0]["media"][0]["status"] == "FAILED")

    found = admin(sandbox, "product_by_handle", {"handle": "d-7f3k9q2m"})["data"]["productByIdentifier"]
    errors = found["media"]["nodes"][0]["mediaErrors"]
    assert errors == [{"code": "IMAGE_DOWNLOAD_FAILURE", "message": "The address answered 404"}]


def test_publishing_twice_leaves_one_publication(sandbox):
    product, _ = sold_product(sandbox)
    answer = admin(sandbox, "publish", {"id": product, "input": [{"publicationId": ONLINE_STORE}]})

    published = answer["data"]["publishablePublish"]
    assert published == {"publishable": {"resourcePublicationsCount": {"count": 1}}, "userErrors": []}


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ([{}], "PublicationId cannot be empty"),
        ([{"publicationId": "gid://shopify/Publication/1"}], "Publication does not exist or is not publishable"),
        ([{"publicationId": ONLINE_STORE}] * 2, "The same publication was specified more than once"),
    ],
)
def test_publishing_wrongly_is_refused(sandbox, wanted, message):
    product = set_product(sandbox, product_input())["product"]["id"]

    refused = admin(sandbox, "publish", {"id": product, "input": wanted})["data"]["publishablePublish"]

    assert [error["message"] for error in refused["userErrors"]] == [message]
    assert sandbox.state()["shopify"]["products"][0]["publications"] == []


def test_publishing_an_unknown_product_is_a_top_level_error(sandbox):
    answer = admin(sandbox, "publish", {"id": "gid://shopify/Product/1", "input": [{"publicationId": ONLINE_STORE}]})

    assert answer["errors"][0]["message"] == "Invalid id: gid://shopify/Product/1"
    assert answer["errors"][0]["extensions"] == {"code": "RESOURCE_NOT_FOUND"}


def test_the_online_store_is_found_by_its_catalog(sandbox):
    nodes = admin(sandbox, "publications")["data"]["publications"]["nodes"]

    assert [(node["id"], node["catalog"]["title"]) for node in nodes] == [
        (ONLINE_STORE, "Online Store"),
        ("gid://shopify/Publication/154800002", "Cardmaker"),
    ]


def test_archiving_and_deleting_tell_the_application(sandbox, app):
    product, _ = sold_product(sandbox)

    archived = admin(sandbox, "archive_product", {"product": {"id": product, "status": "ARCHIVED"}})["data"][
        "productUpdate"
    ]
    deleted = [admin(sandbox, "delete_product", {"input": {"id": product}})["data"]["productDelete"] for _ in range(2)]

    assert archived == {"product": {"id": product, "status": "ARCHIVED"}, "userErrors": []}
    assert deleted[0] == {"deletedProductId": product, "userErrors": []}
    assert deleted[1]["userErrors"][0]["message"] == "Product does not exist"
    assert app.wait_for(1)[0]["json"] == {"id": int(product.rsplit("/", 1)[1])}
    assert app.topics() == ["products/delete"]


def test_another_shop_does_not_see_the_product(sandbox):
    product, _ = sold_product(sandbox)

    answer = admin(sandbox, "delete_product", {"input": {"id": product}}, domain="stranger.myshopify.com")

    assert answer["data"]["productDelete"]["userErrors"][0]["message"] == "Product does not exist"


def test_every_answer_reports_points(sandbox):
    cost = admin(sandbox, "app_state")["extensions"]["cost"]

    assert (cost["requestedQueryCost"], cost["actualQueryCost"]) == (6, 6)
    assert set(cost["throttleStatus"]) == {"maximumAvailable", "currentlyAvailable", "restoreRate"}
