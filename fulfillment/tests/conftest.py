import pytest

from fulfillment.tests.factories import World, a_world


@pytest.fixture
def world(db: None) -> World:
    a_world()  # somebody else's card, to leak if it can
    return a_world()
