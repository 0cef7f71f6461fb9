from datetime import timedelta

import pytest

from designs.making.pace import NEWEST, own_pace_s, pace_s
from designs.models import ProviderModel
from designs.products import pricing
from designs.tests.factories import NOON, CallFactory, DesignFactory, RunFactory, load_reference_rows, stored_request

ASKED = {"provider": "fake", "offer_id": None, "kind": "card", "stage": "candidate", "tier": "draft"}


@pytest.fixture(autouse=True)
def shelf(db):
    load_reference_rows()


def answered(run, number, *, sent, took, **fields):
    sent_at = NOON + timedelta(seconds=sent)
    times = {"sent_at": sent_at, "answered_at": sent_at + timedelta(seconds=took)}
    return CallFactory(run=run, number=number, outcome="answered", **times, **fields)


def test_nothing_measured_is_nothing_known():
    CallFactory(outcome="failed")

    assert pace_s(**ASKED) is None


def test_single_calls_tell_how_long_one_takes():
    for sent, took in ((0, 4), (100, 6), (200, 90)):
        answered(RunFactory(), 0, sent=sent, took=took)

    assert pace_s(**ASKED) == 6


def test_a_run_with_several_at_once_is_quicker_than_its_calls_one_by_one():
    run = RunFactory()
    for number in range(8):
        answered(run, number, sent=number // 4 * 8, took=8)

    assert (pace_s(**ASKED), own_pace_s(run.pk)) == (2.0, 2.0)


def test_the_newest_run_is_not_the_only_witness():
    for start, took in ((0, 1), (1_000, 2), (2_000, 50)):
        run = RunFactory()
        for number in range(4):
            answered(run, number, sent=start + number * took, took=took)

    assert pace_s(**ASKED) == 2.0


@pytest.mark.parametrize(
    "other", [{"provider": "sketch"}, {"kind": "calendar"}, {"stage": "final"}, {"tier": "final"}, {"offer_id": 7}]
)
def test_other_providers_kinds_stages_and_qualities_tell_nothing(other):
    answered(RunFactory(), 0, sent=0, took=4)

    assert pace_s(**{**ASKED, **other}) is None


def test_each_model_has_its_own_pace():
    slow, quick = (
        ProviderModel.objects.create(provider="fake", model_id=name, tier="draft", price={"image": 1})
        for name in ("slow", "quick")
    )
    for offer, took in ((slow, 30), (quick, 3)):
        answered(RunFactory(), 0, sent=0, took=took, offer=offer, request=stored_request())

    assert [pace_s(**{**ASKED, "offer_id": offer.pk}) for offer in (slow, quick)] == [30, 3]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_one_query_and_reads_a_bounded_number_of_rows(count, django_assert_num_queries):
    for number in range(count):
        answered(RunFactory(), number, sent=0, took=4)
    with django_assert_num_queries(1) as asked:
        pace_s(**ASKED)

    assert f"LIMIT {NEWEST}" in asked[0]["sql"]


def test_a_plan_has_a_price_and_a_time_where_both_are_known(fake):
    unknown = pricing.estimate(12)
    run = RunFactory(design=DesignFactory(kind="product_image"), stage="page")
    for number in range(4):
        answered(run, number, sent=number * 3, took=3)

    assert (unknown, pricing.estimate(12)) == (pricing.Estimate(24_000, None), pricing.Estimate(24_000, 36))
    assert pricing.estimate(0) == pricing.Estimate(0, None)
