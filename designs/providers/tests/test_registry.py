import pytest

from designs.providers.registry import PROVIDERS, UnknownProvider, image_provider


def test_every_registered_provider_has_its_own_name():
    assert {name: image_provider(name).name for name in PROVIDERS} == {name: name for name in PROVIDERS}


def test_an_unknown_name_is_refused():
    with pytest.raises(UnknownProvider):
        image_provider("nobody")
