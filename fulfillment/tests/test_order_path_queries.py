"""How many statements the order path costs: from the stored delivery to the queued print job.

Measured warm, as in production: the month's budgets and the day's quota were opened by an earlier order.
"""

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cardmaker.core.inbox import InboxEvent
from fulfillment.models import Order, PrintJob
from fulfillment.orders import approval, inbox_handlers, intake
from fulfillment.printing import checking, placing
from fulfillment.shopify.orders import ShopOrder
from fulfillment.tests.factories import NOON, World

# A job, django-q2's row that wakes a worker for it and the step of the funnel are one statement on PostgreSQL, three on
# SQLite; so are a move and its line of history, two on SQLite. The money is reserved there by one function; step by
# step it takes nine statements.
COUNTS = {
    "postgresql": {"heard": 5, "held": 7, "approved": 4, "looked_again": 6, "placed": 9},
    "sqlite": {"heard": 6, "held": 10, "approved": 7, "looked_again": 6, "placed": 18},
}


class Path:
    """The order path stage by stage, each as its job does it, with the statements that each took."""

    def __init__(self, world: World) -> None:
        self.told: dict[str, list[str]] = {}
        self.shop_order: ShopOrder = world.shop_order()
        self.event = InboxEvent.receive(
            source="shopify",
            external_id="delivery-1",
            topic="orders/paid",
            payload={"admin_graphql_api_id": self.shop_order.gid},
            shop_domain=world.proof.shop.domain,
            at=NOON,
            then="fulfillment.handle_event",
        )
        self.order = Order(pk=Order.key_of(world.proof.shop_id, self.shop_order.gid))
        stages: list[Callable[[], object]] = [self.heard, self.held, self.approved, self.looked_again, self.placed]
        for stage in stages:
            with CaptureQueriesContext(connection) as captured:
                stage()
            # Without savepoints, which read and write nothing.
            self.told[stage.__name__] = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]

    def heard(self) -> None:
        inbox_handlers.handle(str(self.event.pk), at=NOON)

    def held(self) -> None:
        order = Order.objects.select_related("shop").get(pk=self.order.pk)
        self.order = intake.record(order, self.shop_order, at=NOON)

    def approved(self) -> None:
        approval.approve(self.order, by="7", at=NOON)

    def looked_again(self) -> None:
        """What placing does first: the payment is read once more, and the stored files are hashed."""
        self.held()
        checking.hold_if_altered(self.order, at=NOON)

    def placed(self) -> None:
        placing.place(self.order, at=NOON)


@pytest.fixture
def path(world: World) -> Path:
    world.print_job()
    return Path(world)


def test_the_order_path_keeps_its_statement_count(path: Path):
    assert PrintJob.objects.filter(order=path.order).count() == 1
    assert {stage: len(told) for stage, told in path.told.items()} == COUNTS[connection.vendor]


def test_the_order_path_keeps_the_designs_number(path: Path):
    """From the stored delivery to the queued print job; the second look at the payment is reckoned apart."""
    if connection.vendor == "postgresql":
        assert sum(len(told) for stage, told in path.told.items() if stage != "looked_again") <= 25


def test_no_job_of_the_order_path_asks_the_same_twice(path: Path):
    jobs = [
        path.told["heard"],
        path.told["held"],
        path.told["approved"],
        path.told["looked_again"] + path.told["placed"],
    ]

    assert [sql for told in jobs for sql, count in Counter(told).items() if count > 1] == []
