"""The month's sums on the start page: reckoned by a job, kept, and told again without asking the tables."""

from datetime import UTC, datetime, timedelta

import pytest

from cardmaker.core import figures, reckoning
from cardmaker.core.console import Panel, Source
from cardmaker.core.figures import Figure
from cardmaker.core.models import Reckoning

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def parts(asked: list[str], monkeypatch) -> list[Panel | Source]:
    def panel(at: datetime) -> dict[str, int]:
        asked.append("panel")
        return {"count": 3}

    def source(at: datetime) -> list[Figure]:
        asked.append("source")
        days = figures.per_day({at.date(): 1.5}, at)
        return [Figure(key="k", title="Rating", value="4.6", days=days, url="/", met=True, goal_line=4.5)]

    found = [Panel(1, "panel.html", panel, reckoned=True), Source(1, source)]
    monkeypatch.setattr(reckoning, "PANELS", [found[0], Panel(2, "quick.html", panel)])
    monkeypatch.setattr(reckoning, "FIGURES", [found[1]])
    return found


def test_what_was_reckoned_is_told_again_in_one_query(parts, asked, django_assert_num_queries):
    reckoning.reckon_all(at=NOON)
    with django_assert_num_queries(1):
        known = reckoning.latest(parts, at=NOON + timedelta(minutes=10))

    (figure,) = known.figures()
    assert (asked, known.at, known.facts(parts[0])) == (["panel", "source"], NOON, {"count": 3})
    assert (figure.value, figure.met, figure.days[-1], figure.form) == ("4.6", True, (NOON.date(), 1.5), "{:.0f}")
    assert figure.table == [(NOON.date(), "2")]


def test_what_was_never_reckoned_or_long_ago_is_reckoned_now(parts, asked):
    first = reckoning.latest(parts, at=NOON)
    reckoning.latest(parts, at=NOON + timedelta(minutes=19))
    again = reckoning.latest(parts, at=NOON + timedelta(minutes=21))

    assert asked == ["panel", "source"] * 2
    assert (first.at, again.at) == (NOON, NOON + timedelta(minutes=21))
    assert Reckoning.objects.count() == 2


def test_nothing_to_tell_is_told(django_assert_num_queries):
    known = reckoning.latest([], at=NOON)

    assert (known.figures(), known.at) == ([], None)
