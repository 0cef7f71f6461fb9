import pytest

from fulfillment.shopify.tests.conftest import ours, running, sandbox  # noqa: F401
from fulfillment.tests.factories import World, a_world
from fulfillment.tests.live import card_on_sale, market, stack  # noqa: F401

# Named here, so that one running product serves the whole session.
from fulfillment.tests.shop_kit import shopify_stub


@pytest.fixture
def world(db: None) -> World:
    a_world()  # somebody else's card, to leak if it can
    return a_world()


@pytest.fixture(scope="session")
def shopify_server():
    with shopify_stub() as stub:
        yield stub


@pytest.fixture
def shopify(shopify_server, settings):
    """Shopify as every shop's API, in this process and empty."""
    shopify_server.clear()
    settings.SHOPIFY_BASE_URL = shopify_server.url + "/{domain}"
    return shopify_server
