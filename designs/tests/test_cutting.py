import pytest

from designs.imaging.crop import Lost
from designs.imaging.faces import Face
from designs.imaging.sights import GRID, Sights
from designs.models import Image
from designs.proofs import composing
from designs.proofs.cutting import cut_warnings
from designs.tests.factories import CalendarFactory, DesignFactory, drawn_image, pick

LEFT_THIRD_AWAY = Lost(0.0, 0.0, 0.0, 0.34)


def told(lost, *, shaped=True, faces=(), salience=bytes([9]) * GRID * GRID):
    image = Image(width_px=4096, height_px=4096, sights=Sights(faces, salience).stored())
    return [code for code, _, _ in cut_warnings(image, lost, shaped=shaped)]


def test_what_the_shape_of_the_page_takes_from_a_square_master_is_no_news():
    assert told(LEFT_THIRD_AWAY) == []
    assert told(LEFT_THIRD_AWAY, shaped=False) == ["much_cut_away"]


def test_what_is_gone_in_for_beyond_the_shape_is_told():
    assert told(Lost(0.09, 0.3, 0.09, 0.16)) == ["much_cut_away"]
    assert told(Lost(0.05, 0.3, 0.05, 0.1)) == []


@pytest.mark.parametrize(
    ("face", "codes"),
    [
        (Face(0.4, 0.4, 0.2, 0.2, 0.9), []),
        (Face(0.3, 0.4, 0.2, 0.2, 0.9), ["face_cut"]),
        (Face(0.05, 0.4, 0.2, 0.2, 0.9), ["face_cut"]),
        (Face(0.8, 0.9, 0.21, 0.15, 0.9), []),
    ],
)
def test_a_face_that_the_page_cuts_is_told(face, codes):
    assert told(LEFT_THIRD_AWAY, faces=(face,)) == codes


def test_a_subject_left_out_is_told():
    at_the_left = (bytes([255]) * (GRID // 4) + bytes(GRID - GRID // 4)) * GRID

    assert told(LEFT_THIRD_AWAY, salience=at_the_left) == ["subject_cut"]


def placed(design, **sides):
    pick(design, drawn_image(design, **sides), position=design.pages.order_by("position").first().position)
    area_of = lambda position: composing.screen_area(design.format, position, width_px=400)  # noqa: E731
    return [page.shaped for page in composing.contents(design, design.format, area_of) if page.image]


@pytest.mark.usefixtures("shelf")
def test_only_square_masters_of_a_calendar_that_nobody_moved_are_shaped():
    own = CalendarFactory()
    own.pages.update(crop={"x": 0.1, "y": 0.5, "zoom": 1})

    assert placed(CalendarFactory(), width_px=600, height_px=600) == [True]
    assert placed(CalendarFactory(), width_px=900, height_px=600) == [False]
    assert placed(DesignFactory(), width_px=600, height_px=600) == [False]
    assert placed(own, width_px=600, height_px=600) == [False]


def test_a_proof_from_before_is_read_as_it_was():
    page = {"position": "front", "image": None, "words": "", "lettering": {}, "crop": {}}

    assert composing.PageContent.parse(page).shaped is False
    assert composing.PageContent.parse(page).stored() == page | {"grid": None}
