"""Small charts as SVG: numbers in, markup out. No inline style, so that they show under our content policy.

Colors are classes of console.css. Every chart has a title and a description for who cannot see it; the page puts the
same numbers in a table beside it.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LINE_W, LINE_H, PAD = 240, 56, 4
BAR_W, BAR_H = 320, 16


def line(
    key: str, values: Sequence[float | None], *, title: str, description: str, goal: float | None = None
) -> SafeString:
    """One value a day, oldest first; a day without one is a gap. `goal` is drawn as a dashed line across.

    `key` must be unique on the page: the chart's title is found by it.
    """
    known = [value for value in values if value is not None]
    top = max([*known, goal or 0.0, 0.0]) or 1.0
    low = min([*known, 0.0])
    places = [
        None if value is None else _place(number, value, len(values), low, top) for number, value in enumerate(values)
    ]
    runs = list(_runs(places))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d" preserveAspectRatio="none">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}{}</svg>',
        *(LINE_W, LINE_H, key, key, key, title, key, description),
        _goal(goal, low, top),
        format_html_join("", '<polygon class="chart-area" points="{}"/>', ((_under(run),) for run in runs if run[1:])),
        format_html_join(
            "", '<polyline class="chart-line" points="{}"/>', ((_points(run),) for run in runs if run[1:])
        ),
        _dots(runs),
    )


def bar(
    key: str,
    parts: Sequence[tuple[str, int]],
    *,
    whole: int,
    title: str,
    description: str,
    marks: Iterable[int] = (),
) -> SafeString:
    """A filled bar: `parts` are (class, amount) from the left, cut off at `whole`; `marks` are ticks in percent."""
    drawn, left = [], 0
    for name, amount in parts:
        right = min(left + amount, whole)
        drawn.append((name, _x(left, whole), round(_x(right, whole) - _x(left, whole), 2)))
        left = right
    return format_html(
        '<svg class="bar" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d" preserveAspectRatio="none">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
        '<rect class="bar-whole" width="{}" height="{}" rx="3"/>{}{}</svg>',
        *(BAR_W, BAR_H, key, key, key, title, key, description, BAR_W, BAR_H),
        format_html_join("", '<rect class="bar-{}" x="{}" width="{}" height="16"/>', drawn),
        format_html_join(
            "", '<path class="bar-mark" d="M{} 0V16"/>', ((round(BAR_W * mark / 100, 1),) for mark in sorted(marks))
        ),
    )


def _x(amount: int, whole: int) -> float:
    return round(BAR_W * amount / whole, 2) if whole > 0 else 0.0


def _place(number: int, value: float, count: int, low: float, top: float) -> tuple[float, float]:
    across = PAD + (LINE_W - 2 * PAD) * (number / (count - 1) if count > 1 else 1)
    return round(across, 1), _y(value, low, top)


def _y(value: float, low: float, top: float) -> float:
    return round(LINE_H - PAD - (LINE_H - 2 * PAD) * (value - low) / ((top - low) or 1), 1)


def _runs(places: Iterable[tuple[float, float] | None]) -> Iterable[list[tuple[float, float]]]:
    """The stretches without a gap."""
    run: list[tuple[float, float]] = []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
        elif run:
            yield run
            run = []


def _points(run: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{across},{down}" for across, down in run)


def _under(run: list[tuple[float, float]]) -> str:
    """The area between the line and the bottom."""
    return f"{run[0][0]},{LINE_H} {_points(run)} {run[-1][0]},{LINE_H}"


def _goal(goal: float | None, low: float, top: float) -> SafeString | str:
    if goal is None:
        return ""
    return format_html('<path class="chart-goal" d="M0 {}H{}"/>', _y(goal, low, top), LINE_W)


def _dots(runs: list[list[tuple[float, float]]]) -> SafeString:
    """Single days, which no line shows, and the last one."""
    lonely = [run[0] for run in runs if len(run) == 1]
    last = [runs[-1][-1]] if runs and len(runs[-1]) > 1 else []
    return format_html_join("", '<circle class="chart-dot" cx="{}" cy="{}" r="2.5"/>', [*lonely, *last])
