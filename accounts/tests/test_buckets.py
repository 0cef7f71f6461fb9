"""Buckets: what goes in, what drains, and that no race puts in more than there is room for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from accounts import buckets
from accounts.buckets import Full, Pour, Size
from accounts.models import Bucket
from accounts.tests.conftest import NOON

SMALL = Size(points=10, per_hour=60)  # a point a minute
WIDE = Size(points=100, per_hour=100)


def put(subject, points, *, at=NOON, size=SMALL):
    buckets.pour([Pour(subject, size, points)], at=at)


@pytest.mark.django_db
def test_a_full_bucket_says_to_the_second_when_there_is_room():
    put("a", 10)
    with pytest.raises(Full) as full:
        put("a", 3)
    put("b", 10)

    assert full.value.wait_s == 180
    with pytest.raises(Full):
        put("a", 3, at=NOON + timedelta(seconds=179))
    put("a", 3, at=NOON + timedelta(seconds=180))
    assert buckets.level("a", SMALL, at=NOON + timedelta(seconds=180)) == 10


@pytest.mark.django_db
def test_it_drains_by_itself_and_never_below_empty():
    put("a", 4)

    levels = [buckets.level("a", SMALL, at=NOON + timedelta(minutes=minutes)) for minutes in (0, 1, 4, 500)]

    assert levels == [4, 3, 0, 0]
    put("a", 10, at=NOON + timedelta(minutes=500))


@pytest.mark.django_db
def test_into_all_or_into_none():
    put("narrow", 8)

    with pytest.raises(Full):
        buckets.pour([Pour("wide", WIDE, 5), Pour("narrow", SMALL, 5), Pour("other", WIDE, 5)], at=NOON)

    assert [buckets.level(name, WIDE, at=NOON) for name in ("wide", "other")] == [0, 0]
    assert buckets.level("narrow", SMALL, at=NOON) == 8


@pytest.mark.django_db
def test_what_is_larger_than_the_bucket_needs_it_empty():
    put("a", 50)
    with pytest.raises(Full) as full:
        put("a", 50)

    assert full.value.wait_s == 600


@pytest.mark.django_db
def test_a_known_bucket_costs_one_statement(django_assert_num_queries):
    put("a", 1)

    with django_assert_num_queries(3):  # with the savepoint
        put("a", 1)


@pytest.mark.django_db
def test_rows_name_nobody_and_empty_ones_are_deleted():
    put("network:203.0.113.7", 1)
    put("network:203.0.113.8", 10)

    assert not Bucket.objects.filter(key__contains="203.0.113").exists()
    assert buckets.forget_empty(at=NOON + timedelta(minutes=2)) == 1


@pytest.mark.django_db
def test_two_buckets_become_one_with_what_was_in_both():
    put("guest", 4)
    put("person", 5)
    buckets.add_up("guest", "person", at=NOON)
    buckets.add_up("guest", "person", at=NOON)

    assert buckets.level("person", SMALL, at=NOON) == 9
    assert buckets.level("guest", SMALL, at=NOON) == 0


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_forty_at_once_get_exactly_what_there_is_room_for():
    def ask(number):
        # Half of them name the two the other way round: one order of locks, no deadlock.
        pours = [Pour("a", SMALL, 1), Pour("b", WIDE, 1)]
        try:
            buckets.pour(pours if number % 2 else pours[::-1], at=NOON)
        except Full:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as threads:
        got = list(threads.map(ask, range(40)))

    assert sum(got) == 10
    assert (buckets.level("a", SMALL, at=NOON), buckets.level("b", WIDE, at=NOON)) == (10, 10)
