import pytest

from fulfillment.tests.factories import World, a_world

# Named here, so that one running product serves the whole session.
from fulfillment.tests.live import card_on_sale, market, stack  # noqa: F401


@pytest.fixture
def world(db: None) -> World:
    a_world()  # somebody else's card, to leak if it can
    return a_world()
