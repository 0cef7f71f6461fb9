"""How many statements the order path costs: from the stored delivery to the queued print job."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cardmaker.core.inbox import InboxEvent
from fulfillment import approval, inbox_handlers, intake, placing
from fulfillment.models import Order, PrintJob
from fulfillment.tests.factories import NOON, World


def statements(captured: CaptureQueriesContext) -> list[str]:
    """Without savepoints, which cost nothing."""
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


@pytest.mark.django_db
def test_the_order_path_takes_at_most_25_statements_and_repeats_none(world: World):
    shop_order = world.shop_order()
    event, _ = InboxEvent.receive(
        source="shopify",
        external_id="delivery-1",
        topic="orders/paid",
        payload={"admin_graphql_api_id": shop_order.gid},
        shop_domain=world.proof.shop.domain,
        at=NOON,
        then="fulfillment.handle_event",
    )

    with CaptureQueriesContext(connection) as captured:
        inbox_handlers.handle(str(event.pk), at=NOON)
        order = Order.objects.select_related("shop").get(external_ref=shop_order.gid)
        intake.record(order, shop_order, at=NOON)
        approval.approve(order, by="7", at=NOON)
        placing.place(order, at=NOON)

    told = statements(captured)
    repeated = [sql for sql, count in Counter(told).items() if count > 1]
    assert PrintJob.objects.count() == 1
    assert repeated == []
    assert len(told) <= 25
