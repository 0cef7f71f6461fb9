import re

from fulfillment.shopify.documents import FOLDER, document

FILES = sorted(FOLDER.rglob("*.graphql"))


def test_every_document_holds_one_operation():
    counts = {
        path.name: len(re.findall(r"^(?:query|mutation|subscription)\b", path.read_text(), re.M)) for path in FILES
    }

    assert counts == {path.name: 1 for path in FILES}


def test_a_document_is_read_by_its_name():
    assert document("storefront/cart_create").startswith("mutation CartCreate(")
