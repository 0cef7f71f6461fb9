from decimal import Decimal

import pytest

from cardmaker.core.readjson import read_json


def test_it_reads_as_told():
    assert read_json(b'{"a": 1.10}', parse_float=Decimal) == {"a": Decimal("1.10")}


@pytest.mark.parametrize("text", ["", "<html>", '{"a": ', "[" * 100_000, b"\xff\xfe\xfd", '{"a":' * 100_000])
def test_what_cannot_be_read_is_one_error(text):
    with pytest.raises(ValueError):
        read_json(text)
