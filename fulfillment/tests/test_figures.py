"""What the start page shows of sales, in exact numbers, and nothing where there is nothing."""

from datetime import timedelta

import pytest

from billing.models import LedgerEntry
from cardmaker.core import events, panels
from designs.console import panels as making
from fulfillment import figures
from fulfillment.models import Order, Shipment
from fulfillment.tests.factories import NOON, World

DAY = timedelta(days=1)


def of(found: list, key: str):
    return next(figure for figure in found if figure.key == key)


def spent(world: World, key: str, meter: str, micros: int, units: int = 1, **changes: object) -> None:
    given = {
        "kind": "charge",
        "provider": "x",
        "account_id": world.account.pk,
        "shop_id": world.proof.shop_id,
        "at": NOON,
    }
    LedgerEntry.objects.create(key=key, meter=meter, units=units, amount_micros=micros, **{**given, **changes})


def test_without_data_no_figure_judges(db):
    found = [
        *panels.conversion(NOON), *making.making(NOON), *figures.shipping(NOON), *figures.rating(NOON),
        *figures.money(NOON),
    ]  # fmt: skip

    assert [(figure.key, figure.value, figure.met) for figure in found] == [
        (key, "–", None)
        for key in ("conversion", "success", "preview-time", "shipped", "rating", "output-cost", "profit")
    ]


def test_conversion_counts_people_and_not_their_proofs(world: World):
    ids = [world.account.pk, world.proof.pk, world.item.pk]
    for account_id in (*ids, ids[0], ids[0]):
        events.record("proof", at=NOON, account_id=account_id)
    events.record("paid", at=NOON, account_id=ids[0])
    events.record("paid", at=NOON - 40 * DAY, account_id=ids[1])

    (figure,) = panels.conversion(NOON)

    assert (figure.value, figure.met, figure.note) == ("33 %", True, "1 of 3 people who saw a proof")
    assert figure.days[-1][1] == pytest.approx(100 / 3)


def test_runs_are_judged_by_their_pictures_and_their_slowest(world: World):
    for seconds in (60, 120, 1_000):
        events.record("run_finished", at=NOON, stage="candidate", state="done", seconds=seconds)
    events.record("run_finished", at=NOON, stage="final", state="failed", images=0)
    events.record("run_finished", at=NOON, stage="final", state="cancelled")

    found = making.making(NOON)

    assert (of(found, "success").value, of(found, "success").met) == ("75.0 %", False)
    assert (of(found, "preview-time").value, of(found, "preview-time").met) == ("2.0 min · p95 16.7 min", False)


def test_parcels_are_timed_from_the_payment(world: World):
    job = world.print_job()
    for days in (2, 4):
        Shipment.objects.create(job=job, carrier="USPS", tracking_number=str(days), shipped_at=NOON + days * DAY)

    (figure,) = figures.shipping(NOON + 5 * DAY)

    assert (figure.value, figure.met, figure.note) == ("3.0 days", True, "mean of 2 parcels")


def test_profit_is_after_printing_and_all_pictures_also_unpaid_ones(world: World):
    Order.objects.filter(pk=world.order().pk).update(created_at=NOON, refunded_minor=39)
    abroad = world.order(currency="EUR")
    Order.objects.filter(pk=abroad.pk).update(created_at=NOON)
    spent(world, "bought", "ai", 300_000, units=4)
    spent(world, "never bought", "ai", 900_000, units=8)
    spent(world, "given back", "ai", -100_000, units=0, kind="refund", corrects=LedgerEntry.objects.get(key="bought"))
    spent(world, "printed", "print", 5_440_000)
    spent(world, "long ago", "ai", 9_000_000, at=NOON - 40 * DAY)

    found = figures.money(NOON)

    assert (of(found, "output-cost").value, of(found, "output-cost").note) == (
        "$0.0917",
        "$1.10 for 12 pictures and texts",
    )
    assert of(found, "profit").value == "$1.46"  # 8.39 - 0.39 - 5.44 - 1.10
    assert "orders in other currencies, left out: 1" in of(found, "profit").note


def test_figures_cost_the_same_whatever_there_is(world: World, django_assert_num_queries):
    with django_assert_num_queries(9):
        panels.conversion(NOON)
        making.making(NOON)
        figures.shipping(NOON)
        figures.money(NOON)
        figures.rating(NOON)
