import pytest

from designs.imaging.geometry import UM_PER_INCH, Area, Box, Edges, bleed_edges_um
from designs.imaging.tests.samples import FOLDED_FRONT, front_preview


def test_the_trim_box_leaves_the_bleed_outside():
    assert FOLDED_FRONT.trim_box == Box(left=0, top=38, width=1500, height=2100)


def test_the_safe_box_is_rounded_inward():
    assert FOLDED_FRONT.safe_box == Box(left=57, top=95, width=1386, height=1986)


def test_a_print_area_at_300_px_an_inch_says_so():
    assert FOLDED_FRONT.px_per_um * UM_PER_INCH == pytest.approx(300)


@pytest.mark.parametrize(
    ("fold", "position", "edges"),
    [
        ("none", "front", Edges(3175, 3175, 3175, 3175)),
        ("side", "front", Edges(3175, 3175, 3175, 0)),
        ("side", "back", Edges(3175, 0, 3175, 3175)),
        ("side", "inside-left", Edges(3175, 0, 3175, 3175)),
        ("side", "inside-right", Edges(3175, 3175, 3175, 0)),
        ("top", "front", Edges(0, 3175, 3175, 3175)),
        ("top", "inside-left", Edges(3175, 3175, 0, 3175)),
    ],
)
def test_there_is_no_bleed_at_the_fold(fold, position, edges):
    assert bleed_edges_um(bleed_um=3175, fold=fold, position=position) == edges


def test_a_preview_has_the_shape_of_the_print():
    area = front_preview(512)

    assert (area.width_px, area.height_px, area.bleed_px) == (512, 724, Edges(12, 12, 12, 0))


def test_a_larger_page_than_the_format_keeps_type_in_its_middle():
    area = Area(1600, 2100, Edges(0, 0, 0, 0), 127_000, 177_800, 4_763)

    assert area.origin_px == pytest.approx((50, 0))
    assert area.px_per_um * UM_PER_INCH == pytest.approx(300)


def test_a_bleed_wider_than_the_page_is_refused():
    with pytest.raises(ValueError, match="leaves no page"):
        Area(100, 100, Edges(0, 60, 0, 60), 127_000, 177_800, 0)


def test_edges_are_read_by_name():
    assert Edges.parse({"left": 1, "top": 2}) == Edges(top=2, right=0, bottom=0, left=1)
