"""The edge where sheets are bound asks for more room than the others."""

import pytest

from designs.imaging.crop import crop_box
from designs.imaging.faces import Face
from designs.imaging.geometry import Edges, preview_area
from designs.imaging.lettering import Lettering
from designs.imaging.sheet import Sheet, type_area
from designs.imaging.sights import GRID, Sights
from designs.imaging.smartcrop import focus_for
from designs.models import Format
from designs.proofs import composing
from designs.tests.factories import FLAT, LANDSCAPE


def area(top_safe_um):
    no_bleed = Edges(0, 0, 0, 0)
    sides = {"trim_w_um": 200_000, "trim_h_um": 100_000, "safe_um": 6_000, "top_safe_um": top_safe_um}
    return preview_area(bleed_um=no_bleed, width_px=2000, **sides)


@pytest.mark.parametrize(("top_safe_um", "top"), [(0, 60), (5_000, 60), (9_500, 95)])
def test_the_safe_box_begins_below_the_binding(top_safe_um, top):
    box = area(top_safe_um).safe_box

    assert (box.left, box.top, box.right, box.bottom) == (60, top, 1940, 940)


def test_words_begin_below_the_binding():
    frame = type_area(Lettering(), Sheet(200_000, 100_000, 6_000, True, top_safe_um=20_000))

    assert (frame.left, frame.top) == (6_650, 20_300)


def test_a_face_at_the_top_is_kept_below_the_binding():
    face = Face(0.45, 0.1, 0.08, 0.08, 0.9)
    page = area(20_000)
    focus = focus_for(Sights((face,), bytes(GRID * GRID)), image_w_px=2000, image_h_px=2000, area=page)
    box = crop_box(image_w_px=2000, image_h_px=2000, target_w_px=2000, target_h_px=1000, focus=focus)

    assert face.top * 2000 - box.top >= page.safe_box.top * box.width / 2000


@pytest.mark.usefixtures("shelf")
def test_only_what_hangs_on_a_wire_has_one():
    found = [composing.screen_area(Format.objects.get(pk=code), "front", width_px=900) for code in (LANDSCAPE, FLAT)]

    assert [page.top_safe_um for page in found] == [9_525, 0]
