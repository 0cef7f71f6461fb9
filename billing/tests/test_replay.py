"""The time machine on plain values: no database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from billing.caps import Payer
from billing.models import Guardrails, Rung
from billing.replay import Move, Request, grouped, replay

START = datetime(2026, 10, 5, 9, tzinfo=UTC)  # a Monday
SHOP = UUID(int=9)
LADDER = [
    Rung(kind="", percent=0, candidates=30, finals=9, tier="high"),
    Rung(kind="", percent=70, candidates=20, finals=6, tier="standard"),
    Rung(kind="", percent=85, candidates=10, finals=3, tier="low", extra_run=False),
]


def limits(**changes):
    caps = {name: None for name in [field.name for field in Guardrails._meta.fields] if "_cap_" in name}
    return Guardrails(**{**caps, "orders_per_day": None, **changes})


def request(number=0, *, amount=100, actual=None, meter="ai", account=1, guest=False, device="", **fields):
    at = START + timedelta(minutes=number)
    moves = (Move(at + timedelta(seconds=20), amount, amount if actual is None else actual),)
    payer = Payer(meter, UUID(int=account), SHOP, guest=guest, device=device)
    told = {"action": "candidate", "kind": "post", "count": 10, "work": UUID(int=100 + number)} | fields
    return Request(at=at, payer=payer, shop_zone="UTC", amount_micros=amount, moves=moves, **told)


def print_job(number, order, *, amount=100, days=0):
    made = request(number + days * 1440, amount=amount, meter="print", action="print", kind="", count=1)
    return Request(**{**{name: getattr(made, name) for name in made.__slots__}, "work": UUID(int=order)})


def refusals(requests, given, rungs=LADDER):
    return grouped(replay(requests, given, rungs).refused)


def test_without_limits_everything_is_served_for_what_it_cost():
    found = replay([request(number, actual=70) for number in range(5)], limits(), LADDER)

    assert (found.served["ai"], found.spent_micros["ai"], found.reduced["ai"], dict(found.refused)) == (5, 350, 0, {})


def test_a_lower_cap_refuses_what_no_longer_fits_and_counts_what_came_back():
    requests = [request(number, actual=60, action="revision", count=1) for number in range(5)]

    found = replay(requests, limits(ai_cap_month_micros=250), LADDER)

    # 100 are held and 60 kept each time: 60, 120, 180; then 280 would pass the cap
    assert (found.served["ai"], found.spent_micros["ai"], grouped(found.refused)) == (
        3,
        180,
        {"ai": {"platform month": 2}},
    )
    assert found.fullest_percent == {"ai month": 88}


def test_a_press_may_get_fewer_for_less():
    found = replay([request(amount=300, count=30, actual=150)], limits(ai_cap_account_month_micros=105), LADDER)

    assert (found.served["ai"], found.reduced["ai"], found.spent_micros["ai"]) == (1, 1, 50)


def test_a_narrower_ladder_makes_smaller_runs():
    small = [Rung(kind="", percent=0, candidates=5, finals=9)]

    found = replay([request()], limits(), small)

    assert (found.reduced["ai"], found.spent_micros["ai"]) == (1, 50)


def test_finals_and_shots_above_the_rung_are_refused():
    requests = [request(action="final", count=10), request(1, action="shots", count=31)]

    assert refusals(requests, limits()) == {"ai": {"candidates": 1, "finals": 1}}


def test_the_soft_cap_puts_an_account_on_the_last_rung():
    requests = [request(0), request(1, count=20), request(2, account=2, count=20)]

    found = replay(requests, limits(ai_soft_cap_account_month_micros=100), LADDER)

    assert (found.served["ai"], found.reduced["ai"], found.spent_micros["ai"]) == (3, 1, 250)


def test_the_week_and_the_pages_runs_are_counted():
    weekly = [Rung(kind="", percent=0, candidates=30, finals=9, weekly_quota=2, extra_run=False)]
    page = {"work": UUID(int=1), "positions": ("front",)}
    requests = [request(0, **page), request(1, **page), request(2), request(3), request(7 * 1440)]

    assert refusals(requests, limits(), weekly) == {"ai": {"page_runs": 1, "weekly_quota": 1}}


def test_guests_of_one_device_share_the_preview_cap():
    requests = [request(number, account=number + 1, guest=True, device="d", amount=100) for number in range(3)]

    found = replay(requests, limits(preview_cap_visitor_micros=200), LADDER)

    assert (found.served["ai"], grouped(found.refused)) == (2, {"ai": {"device month": 1}})


@pytest.mark.parametrize(("tier", "spent"), [("high", 1_300), ("low", 130)])
def test_a_calendar_comes_in_drafts_on_the_lowest_tier(tier, spent):
    ladder = [Rung(kind="calendar", percent=0, candidates=4, finals=13, tier=tier)]
    calendar = request(action="page", kind="calendar", count=13, amount=1_300)

    assert replay([calendar], limits(candidate_price_micros=10), ladder).spent_micros["ai"] == spent


def test_the_switches_stop_everything():
    stopped = limits(paid_calls_stopped=True, supplier_orders_stopped=True)

    assert refusals([request(), print_job(1, 1)], stopped) == {"ai": {"stopped": 1}, "print": {"stopped": 1}}


def test_orders_a_day_count_an_order_once_whatever_its_suppliers():
    jobs = [print_job(0, 1), print_job(1, 1), print_job(2, 2), print_job(3, 2), print_job(4, 3, days=1)]

    found = replay(jobs, limits(orders_per_day=1), LADDER)

    assert (found.orders, found.orders_refused, found.served["print"]) == (2, 1, 3)
    assert grouped(found.refused) == {"print": {"order": 1, "orders_per_day": 1}}


def test_a_print_cap_a_day_begins_anew_each_day():
    jobs = [print_job(number, number + 1, days=number // 2) for number in range(4)]

    found = replay(jobs, limits(print_cap_day_micros=150), LADDER)

    assert (found.orders, found.orders_refused, found.spent_micros["print"]) == (2, 2, 200)
