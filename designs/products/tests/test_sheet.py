import pytest

from cardmaker.core.errors import BadInput
from designs.products.sheet import MAX_ROWS, read

COLUMNS = "The first line has to name the columns; one of them name, title, product, product name."


def test_a_file_of_a_shop_is_read_whatever_its_columns_are_called():
    rows = read("Handle;Title;Body (HTML)\nmug;Meadow mug;A mug\nmug;;\n\nboard;Oak board;".encode("utf-8-sig"))

    assert [(row.line, row.product.key, row.product.name, row.product.description) for row in rows] == [
        (2, "mug", "Meadow mug", "A mug"),
        (5, "board", "Oak board", ""),
    ]


def test_a_row_that_cannot_be_used_says_why():
    rows = read(b"sku,name,description\nA1,Mug,\nA2,,A bowl\nA1,Cup,\n")

    assert [(row.line, row.problem) for row in rows] == [
        (2, ""), (3, "There is no name."), (4, "A1 is in this file twice."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"price,stock\n1,2\n",
            COLUMNS,
        ),
        (b"\xff\xfe\x00", "Save the file as CSV in UTF-8, please."),
        (b"name\n", "There is no product in this file."),
        (b"name\n" + b"Mug\n" * (MAX_ROWS + 1), "At most 500 products in one file, this has 501."),
        (b"name\n" + b"x" * 2_000_000, "At most 2 MB."),
    ],
)
def test_a_file_that_is_no_list_of_products_is_refused(data, message):
    with pytest.raises(BadInput) as refusal:
        read(data)

    assert refusal.value.details == {"file": [message]}
