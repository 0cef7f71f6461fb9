import pytest

from cardmaker.core import csvfile, lists
from cardmaker.core.lists import BoundedPaginator
from cardmaker.core.models import Event, InboxEvent
from cardmaker.core.tests.test_outside import NOON

pytestmark = pytest.mark.django_db


def test_counting_stops_where_it_no_longer_helps(monkeypatch):
    monkeypatch.setattr(lists, "MOST_COUNTED", 3)
    Event.objects.bulk_create(Event(name="visit", at=NOON) for _ in range(5))

    assert (BoundedPaginator(Event.objects.order_by("pk"), 2).count, BoundedPaginator([1, 2], 2).count) == (3, 2)
    assert BoundedPaginator(Event.objects.order_by("pk"), 2).is_bounded
    assert not BoundedPaginator(Event.objects.filter(pk=0).order_by("pk"), 2).is_bounded


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_in_a_csv_is_run_as_a_formula(text):
    Event.objects.create(name="visit", at=NOON, subject=text)

    (heading, line) = csvfile.csv_lines(Event.objects.order_by("pk"), ["subject", "at"])

    assert heading == "subject,at\r\n"
    assert f"'{text}" in line


def test_what_the_console_does_not_show_is_not_exported_either(admin_client):
    fields = {"source": "shopify", "external_id": "w-1", "topic": "orders/paid", "then": "x", "received_at": NOON}
    row = InboxEvent.objects.create(**fields, payload={"email": "robin@example.com"})

    answer = admin_client.post("/admin/core/inboxevent/", {"action": "export_csv", "_selected_action": [row.pk]})

    heading, line = b"".join(answer.streaming_content).decode().splitlines()
    assert heading == "id,source,external_id,topic,shop_domain,then,received_at,handled_at,state,last_error"
    assert line.startswith(f"{row.pk},shopify,w-1,orders/paid,")


def test_a_filter_knows_its_values_without_asking_the_table(admin_client, django_assert_num_queries):
    Event.objects.create(name="paid", at=NOON)
    Event.objects.create(name="proof", at=NOON)

    with django_assert_num_queries(4):  # session, user, count, rows
        page = admin_client.get("/admin/core/event/", {"name": "paid"}).content.decode()

    assert "1 event" in page
    assert "?name=not_sold_there" in page
