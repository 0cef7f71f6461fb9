"""Numbers to SVG: exact coordinates, gaps, and markup that our content policy lets show."""

import pytest

from cardmaker.core import charts


def test_a_line_runs_from_the_left_edge_to_the_right():
    drawn = charts.line("k", [0, 5, 10], title="Sales", description="10 a day")

    assert '<polyline class="chart-line" points="4.0,52.0 120.0,28.0 236.0,4.0"/>' in drawn
    assert '<title id="k-t">Sales</title><desc id="k-d">10 a day</desc>' in drawn
    assert 'aria-labelledby="k-t k-d"' in drawn


def test_a_day_without_a_number_is_a_gap_and_a_single_day_a_dot():
    drawn = charts.line("k", [1, 2, None, 2], title="t", description="d")

    assert drawn.count("<polyline") == 1
    assert drawn.count("<circle") == 1


@pytest.mark.parametrize("values", [[], [None, None], [0], [0, 0]])
def test_nothing_to_draw_is_still_a_picture(values):
    assert charts.line("k", values, title="t", description="d").endswith("</svg>")


def test_losses_lie_below_the_goal_line():
    drawn = charts.line("k", [-10, 10], title="t", description="d", goal=0)

    assert '<path class="chart-goal" d="M0 28.0H240"/>' in drawn


def test_a_bar_is_cut_off_at_the_whole():
    drawn = charts.bar("b", [("spent", 75), ("reserved", 50)], whole=100, title="t", description="d", marks=[50])

    assert '<rect class="bar-spent" x="0.0" width="240.0" height="16"/>' in drawn
    assert '<rect class="bar-reserved" x="240.0" width="80.0" height="16"/>' in drawn
    assert '<path class="bar-mark" d="M160.0 0V16"/>' in drawn


def test_words_of_others_cannot_become_markup_or_style():
    drawn = charts.line("k", [1, 2], title="<script>", description='"><style>')

    assert "<script>" not in drawn
    assert "style" not in drawn.replace("&lt;style", "")
