"""The slow parts of the start page: a month's sums, reckoned by a job and kept as plain data for whoever looks.

What was never reckoned, or too long ago because no worker runs, is reckoned while somebody waits.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cardmaker.core.console import FIGURES, PANELS, Panel, Source
from cardmaker.core.figures import Figure
from cardmaker.core.models import Reckoning

RECKON, EVERY_S = "core.reckon_figures", 300
TOO_OLD = timedelta(minutes=20)

Part = Panel | Source


@dataclass(frozen=True, slots=True)
class Known:
    """The latest answers. `at`: when the oldest of them was reckoned; None without any."""

    answers: dict[str, Any]
    parts: Sequence[Part] = field(default_factory=list)
    at: datetime | None = None

    def facts(self, panel: Panel) -> dict[str, Any] | None:
        return self.answers.get(_name(panel))

    def figures(self) -> list[Figure]:
        """All figures, in the order of their sources."""
        rows = [row for part in self.parts if isinstance(part, Source) for row in self.answers[_name(part)]]
        return [_figure(row) for row in rows]


def latest(parts: Sequence[Part], *, at: datetime) -> Known:
    """What these parts said last. One query, and those of a part that has to be reckoned now."""
    rows = {row.name: row for row in Reckoning.objects.filter(name__in=[_name(part) for part in parts])}
    for part in parts:
        row = rows.get(_name(part))
        if row is None or row.at < at - TOO_OLD:
            rows[_name(part)] = _reckon(part, at=at)
    answers = {name: row.answer for name, row in rows.items()}
    return Known(answers, parts, min((row.at for row in rows.values()), default=None))


def reckon_all(*, at: datetime) -> int:
    """Reckon every part anew; how many. Safe to repeat."""
    parts: list[Part] = [*(panel for panel in PANELS if panel.reckoned), *FIGURES]
    for part in parts:
        _reckon(part, at=at)
    return len(parts)


def reckon(_: str) -> None:
    """The job."""
    reckon_all(at=timezone.now())


def _reckon(part: Part, *, at: datetime) -> Reckoning:
    answer = part.facts(at) if isinstance(part, Panel) else [_row(figure) for figure in part.answer(at)]
    row, _ = Reckoning.objects.update_or_create(name=_name(part), defaults={"answer": answer, "at": at})
    return row


def _name(part: Part) -> str:
    function = part.facts if isinstance(part, Panel) else part.answer
    return f"{function.__module__}.{function.__qualname__}"[:120]


def _row(figure: Figure) -> dict[str, Any]:
    return asdict(figure) | {"days": [[day.isoformat(), value] for day, value in figure.days]}


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**row | {"days": [(date.fromisoformat(day), value) for day, value in row["days"]]})
