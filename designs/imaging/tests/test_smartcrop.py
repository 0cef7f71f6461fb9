import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from designs.imaging.crop import Focus, crop_box
from designs.imaging.faces import Face
from designs.imaging.geometry import Area, Box, Edges
from designs.imaging.sights import GRID, Sights
from designs.imaging.smartcrop import BINDING_CLEAR_UM, FACE_REACH, ZOOMS, focus_for

NOTHING = bytes(GRID * GRID)
LANDSCAPE = Area(1125, 875, Edges(12, 13, 13, 12), 279_400, 215_900, 6_350)
PORTRAIT = Area(875, 1125, Edges(12, 13, 13, 12), 215_900, 279_400, 6_350)
SQUARE = Area(1000, 1000, Edges(12, 12, 12, 12), 247_900, 247_900, 6_350)


def bright(row, column):
    cells = bytearray(NOTHING)
    cells[row * GRID + column] = 255
    return bytes(cells)


def face(x, y, side=0.1):
    return Face(x - side / 2, y - side / 2, side, side, 0.9)


def cut(sights, area, *, width_px=1024, height_px=1024, **wishes):
    """The crop as it will be made."""
    focus = focus_for(sights, image_w_px=width_px, image_h_px=height_px, area=area, **wishes)
    return crop_box(
        image_w_px=width_px, image_h_px=height_px, target_w_px=area.width_px, target_h_px=area.height_px, focus=focus
    )


def spans(found, width_px, height_px):
    """A face × 1.3 in pixels of the picture: (left, right), (top, bottom)."""
    more_x, more_y = (side * (FACE_REACH - 1) / 2 for side in (found.width, found.height))
    return (
        ((found.left - more_x) * width_px, (found.right + more_x) * width_px),
        ((found.top - more_y) * height_px, (found.bottom + more_y) * height_px),
    )


def is_whole(found, crop, area, width_px, height_px):
    (left, right), (top, bottom) = spans(found, width_px, height_px)
    across, down, safe = crop.width / area.width_px, crop.height / area.height_px, area.safe_box
    return (
        crop.left + safe.left * across <= left
        and right <= crop.left + safe.right * across
        and crop.top + safe.top * down <= top
        and bottom <= crop.top + safe.bottom * down
    )


def fits_somewhere(faces, area, width_px, height_px):
    """Asked the slow way: every place of a crop at each of three zooms."""
    for zoom in (ZOOMS[0], ZOOMS[20], ZOOMS[-1]):
        size = crop_box(
            image_w_px=width_px, image_h_px=height_px, target_w_px=area.width_px, target_h_px=area.height_px,
            focus=Focus(zoom=zoom),
        )  # fmt: skip
        for left in range(width_px - size.width + 1):
            for top in range(height_px - size.height + 1):
                crop = Box(left, top, size.width, size.height)
                if all(is_whole(one, crop, area, width_px, height_px) for one in faces):
                    return True
    return False


fractions = st.floats(0.02, 0.98)
faces_anywhere = st.builds(face, fractions, fractions, st.floats(0.02, 0.3))
areas = st.sampled_from([LANDSCAPE, PORTRAIT, SQUARE])
sizes = st.tuples(st.integers(24, 48), st.integers(24, 48))


@settings(max_examples=150, deadline=None)
@given(st.lists(faces_anywhere, min_size=1, max_size=3), areas, sizes)
def test_faces_that_fit_into_some_crop_together_are_whole(faces, area, size):
    assume(fits_somewhere(faces, area, *size))

    crop = cut(Sights(tuple(faces), NOTHING), area, width_px=size[0], height_px=size[1])

    assert all(is_whole(one, crop, area, *size) for one in faces)


@settings(max_examples=100, deadline=None)
@given(st.lists(faces_anywhere, min_size=1, max_size=4), areas, st.binary(min_size=GRID * GRID, max_size=GRID * GRID))
def test_the_crop_lies_in_the_picture_and_is_the_same_every_time(faces, area, salience):
    sights = Sights(tuple(faces), salience)

    crop = cut(sights, area, width_px=1024, height_px=768)

    assert (crop.left >= 0, crop.top >= 0, crop.right <= 1024, crop.bottom <= 768) == (True,) * 4
    assert cut(sights, area, width_px=1024, height_px=768) == crop


def test_of_faces_that_do_not_fit_together_the_larger_stays():
    large, small = face(0.25, 0.18, 0.2), face(0.75, 0.93, 0.08)

    crop = cut(Sights((small, large), NOTHING), LANDSCAPE)

    assert is_whole(large, crop, LANDSCAPE, 1024, 1024)
    assert not is_whole(small, crop, LANDSCAPE, 1024, 1024)


def test_the_crop_goes_in_only_for_a_face_at_the_edge():
    inside, at_the_edge = Sights((face(0.3, 0.5),), NOTHING), Sights((face(0.095, 0.5),), NOTHING)

    assert focus_for(inside, image_w_px=1024, image_h_px=1024, area=SQUARE).zoom == 1
    focus = focus_for(at_the_edge, image_w_px=1024, image_h_px=1024, area=SQUARE)

    assert 1 < focus.zoom <= ZOOMS[-1]
    assert is_whole(at_the_edge.faces[0], cut(at_the_edge, SQUARE), SQUARE, 1024, 1024)


def test_without_anything_to_see_the_middle_is_shown():
    assert focus_for(Sights((), NOTHING), image_w_px=1024, image_h_px=1024, area=LANDSCAPE) == Focus()


@pytest.mark.parametrize(("row", "wanted"), [(1, "top"), (GRID - 2, "bottom")])
def test_what_draws_the_eye_draws_the_crop(row, wanted):
    crop = cut(Sights((), bright(row, 10)), LANDSCAPE)

    assert (crop.top < 60) == (wanted == "top")
    assert (crop.bottom > 964) == (wanted == "bottom")


def test_words_stay_off_a_face_where_that_can_be():
    sights, words = Sights((face(0.5, 0.62, 0.12),), NOTHING), Box(100, 600, 925, 220)
    below = cut(sights, LANDSCAPE)
    above_the_words = cut(sights, LANDSCAPE, words_box=words)

    (_, (_, bottom)) = spans(sights.faces[0], 1024, 1024)
    scale = below.height / LANDSCAPE.height_px
    assert bottom > below.top + words.top * scale
    assert bottom <= above_the_words.top + words.top * scale + 1


def test_a_face_keeps_clear_of_the_binding():
    sights = Sights((face(0.5, 0.18),), bytes(GRID * 16) + bytes([255] * GRID * 16))
    free, bound = cut(sights, LANDSCAPE), cut(sights, LANDSCAPE, binding_edge="top")

    (_, (top, _)) = spans(sights.faces[0], 1024, 1024)
    clear_px = BINDING_CLEAR_UM * LANDSCAPE.px_per_um * bound.height / LANDSCAPE.height_px
    assert top < free.top + clear_px
    assert top >= bound.top + clear_px
