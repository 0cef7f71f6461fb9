"""What `/usage/` says is what a press gets, no more and no less: over a grid of situations."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.utils import timezone

from billing import quota
from billing.budget import reserve
from billing.models import Budget, Guardrails, Hold, Rung
from billing.models.guardrails import KINDS
from cardmaker.core.errors import Refused
from designs.making.generation import start_run
from designs.making.wishes import WEEK, NotAllowed, granted_for
from designs.models import Call, Kind, Run
from designs.tests.factories import FOLDED, NOON, DesignFactory, ImageFactory, RunFactory, bearer, pick

pytestmark = pytest.mark.usefixtures("shelf")
CAP = 100_000
# micro-dollars spent before, of the cap: nothing, below and on each step, and so little left that it bounds the count
SPENT = [0, 69_999, 70_000, 85_000, 93_000, 98_000, 99_000, 100_000]
GUARDRAILS = [
    {},
    {"ai_cap_account_month_micros": CAP - 2_000},
    {"ai_soft_cap_account_month_micros": 0},
    {"paid_calls_stopped": True},
]


@pytest.fixture
def ladder(db):
    """30→20→10 and 9→6→3, and of a card 4→3→2."""
    caps = dict.fromkeys(["ai_cap_month_micros", "ai_cap_shop_month_micros", "ai_cap_account_month_micros"], CAP)
    Guardrails.objects.create(**caps, preview_cap_visitor_micros=None, ai_soft_cap_account_month_micros=None)
    for kind, counts in {"": [(30, 9), (20, 6), (10, 3)], "card": [(4, 4), (3, 4), (2, 4)]}.items():
        for percent, tier, (candidates, finals) in zip((0, 70, 85), ("high", "standard", "low"), counts, strict=True):
            Rung.objects.create(kind=kind, percent=percent, tier=tier, candidates=candidates, finals=finals)


def folded(**fields):
    """A card with several pages, each with a prompt."""
    design = DesignFactory(format_id=FOLDED, **fields)
    design.pages.update(prompt="a fox in the snow")
    return design


def spend(design, amount, at=NOON):
    if amount:
        who = {"account_id": design.account_id, "shop_id": design.shop_id}
        reserve(key="before", meter="ai", amount_micros=amount, at=at, **who)


def pressed(design, stage, **options):
    """Pictures that one press gets; 0 when it is refused."""
    try:
        run = start_run(design, **{"stage": stage, "positions": ["front"], "at": NOON, **options})
    except Refused:
        return 0
    return sum(call.request["count"] for call in run.calls.all())


def said(design, stage):
    return granted_for(stage, design.kind, account_id=design.account_id, shop_id=design.shop_id, at=NOON)


@pytest.mark.parametrize(("spent", "limits"), list(product(SPENT, GUARDRAILS)))
def test_a_press_gets_exactly_what_was_said_and_one_more_is_refused(fake, ladder, spent, limits):
    design = DesignFactory()
    spend(design, min(spent, CAP - 2_000 if "ai_cap_account_month_micros" in limits else CAP))
    Guardrails.objects.update(**limits)
    Budget.objects.filter(scope="account").update(cap_micros=limits.get("ai_cap_account_month_micros", CAP))
    told = said(design, "candidate")
    before = Hold.objects.count()

    assert pressed(design, "candidate", count=told.count + 1) == 0
    assert Hold.objects.count() == before
    assert pressed(design, "candidate") == told.count
    assert (told.allowed, told.count == 0) == (told.count > 0, bool(told.reasons) and not told.allowed)
    if told.count:
        assert Hold.objects.exclude(key="before").get().amount_micros == told.price_micros


@pytest.mark.parametrize("spent", SPENT)
def test_a_final_gets_what_was_said(fake, ladder, spent):
    design = DesignFactory()
    pick(design, ImageFactory(design=design))
    spend(design, spent)
    told = said(design, "final")

    assert (pressed(design, "final") == 1) == told.allowed


@pytest.mark.parametrize("spent", SPENT)
def test_the_api_says_what_the_function_says(fake, ladder, client, spent):
    design = DesignFactory()
    spend(design, spent, at=timezone.now())

    body = client.get("/api/v1/usage/?kind=card", HTTP_AUTHORIZATION=bearer(design)["Authorization"]).json()

    for stage, row in body.items():
        told = granted_for(stage, "card", account_id=design.account_id, shop_id=design.shop_id, at=timezone.now())
        assert (row["allowed"], row["count"], row["tier"], row["price_micros"], row["reasons"]) == (
            told.allowed,
            told.count,
            told.tier,
            told.price_micros,
            list(told.reasons),
        )
        assert row["reason"] == " ".join(told.reasons)
        assert (row["resets_at"] is None) == (told.resets_at is None)


def test_a_weeks_designs_are_counted_when_they_are_begun(fake, ladder, client):
    Rung.objects.filter(kind="card").update(weekly_quota=2)
    first = folded()
    account = first.account
    designs = [first, *(DesignFactory(account=account) for _ in range(2))]
    for design in designs[:2]:
        assert pressed(design, "candidate") == 4

    with pytest.raises(NotAllowed, match="as many as a week") as refused:
        start_run(designs[2], stage="candidate", positions=["front"], at=NOON)
    assert refused.value.details["resets_at"] == "2026-11-23T00:00:00+00:00"
    assert pressed(first, "candidate", positions=["inside-left"]) == 4  # begun already
    told = said(designs[2], "candidate")
    assert (told.weekly_quota, told.weekly_left, told.allowed, told.reasons) == (2, 0, False, (WEEK,))
    assert told.resets_at == datetime(2026, 11, 23, tzinfo=UTC)
    monday = NOON.replace(day=23, hour=0)
    assert start_run(designs[2], stage="candidate", positions=["front"], at=monday).count == 4


def test_usage_of_a_design_that_is_begun_needs_nothing_of_the_week(fake, ladder, client):
    Rung.objects.filter(kind="card").update(weekly_quota=1)
    design = DesignFactory()
    start_run(design, stage="candidate", positions=["front"], at=timezone.now())
    headers = {"HTTP_AUTHORIZATION": bearer(design)["Authorization"]}

    assert client.get("/api/v1/usage/?kind=card", **headers).json()["candidate"]["allowed"] is False
    assert client.get(f"/api/v1/usage/?design={design.pk}", **headers).json()["candidate"]["allowed"] is True
    other = DesignFactory()
    assert client.get(f"/api/v1/usage/?design={other.pk}", **headers).status_code == 404
    assert client.get("/api/v1/usage/?design=spoon", **headers).status_code == 400


def test_a_press_that_is_refused_uses_nothing_of_the_week(fake, ladder):
    Rung.objects.filter(kind="card").update(weekly_quota=1)
    design = DesignFactory()

    assert pressed(design, "candidate", count=99) == 0
    assert quota.used(quota.account_subject(design.account_id), "begin:card", "week", at=NOON) == 0


@pytest.mark.parametrize(
    ("page_runs", "extra_run", "runs"), [(None, True, 4), (None, False, 1), (1, True, 2), (2, False, 2)]
)
def test_new_pictures_for_one_page_are_made_as_often_as_the_rung_says(fake, ladder, page_runs, extra_run, runs):
    Rung.objects.filter(kind="card").update(page_runs=page_runs, extra_run=extra_run)
    design = folded()

    made = [pressed(design, "candidate") > 0 for _ in range(4)]

    assert made == [number < runs for number in range(4)]
    assert pressed(design, "candidate", positions=["inside-left"]) > 0


def test_a_run_that_made_nothing_is_not_counted_for_its_page(fake, ladder):
    Rung.objects.filter(kind="card").update(extra_run=False)
    design = DesignFactory()
    run = RunFactory(design=design, stage=Run.Stage.CANDIDATE, positions=["front"])
    Call.objects.filter(run=run).delete()
    Call.objects.create(
        run=run, number=0, position="front", provider="fake", request={}, share_micros=1, outcome="failed"
    )

    assert pressed(design, "candidate") == 4


def test_the_ladder_knows_the_kinds_of_designs():
    assert [code for code, _ in KINDS] == Kind.values
