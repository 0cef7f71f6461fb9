import pytest

from designs.providers import registry
from designs.providers.fake import FakeProvider
from designs.tests.factories import load_reference_rows


@pytest.fixture
def shelf(db):
    """Formats and styles are there."""
    load_reference_rows()


@pytest.fixture
def fake(settings, monkeypatch):
    """The provider of this test: a real one, in memory, fresh."""
    settings.IMAGE_PROVIDER = "fake"
    provider = FakeProvider()
    registry.image_provider.cache_clear()
    monkeypatch.setattr("designs.providers.fake.FakeProvider", lambda: provider)
    yield provider
    registry.image_provider.cache_clear()
