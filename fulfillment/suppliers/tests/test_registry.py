import pytest

from fulfillment.suppliers import registry
from fulfillment.suppliers.fake import FakeSupplier


def test_a_supplier_is_built_once_for_the_same_settings(settings):
    settings.GOOTEN_BASE_URL = "https://one.example"
    first = registry.supplier("gooten")

    assert registry.supplier("gooten") is first
    settings.GOOTEN_BASE_URL = "https://two.example"
    assert registry.supplier("gooten") is not first


def test_an_unknown_name_is_an_error():
    with pytest.raises(registry.UnknownSupplier):
        registry.supplier("nobody")


def test_a_new_supplier_is_one_line(monkeypatch):
    fake = FakeSupplier()
    monkeypatch.setitem(registry.SUPPLIERS, "fake", lambda: fake)

    assert registry.supplier("fake") is fake
