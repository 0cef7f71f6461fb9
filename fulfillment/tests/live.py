"""The whole product as processes, for tests that look at it from outside. Started once a session."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from fulfillment.torture import databases
from fulfillment.torture.market import Market
from fulfillment.torture.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Sandbox, web and worker. On PostgreSQL when the tests are."""
    home = tmp_path_factory.mktemp("live")
    server_url = os.environ.get("DATABASE_URL", "")
    with ExitStack() as opened:
        on_postgres = databases.is_postgres(server_url)
        database = databases.postgres(server_url, "live") if on_postgres else databases.sqlite(home)
        yield opened.enter_context(Stack(home, opened.enter_context(database)))


@pytest.fixture(scope="session")
def card_on_sale(stack: Stack) -> Market:
    return Market(stack)


@pytest.fixture
def market(card_on_sale: Market) -> Iterator[Market]:
    """One card that can be bought again and again; orders are approved by machine meanwhile."""
    card_on_sale.stack.inside("open")
    card_on_sale.begin()
    yield card_on_sale
    card_on_sale.no_faults()
    card_on_sale.stack.inside("close")
