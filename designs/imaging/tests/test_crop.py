import pytest
from hypothesis import given
from hypothesis import strategies as st

from designs.imaging.crop import BadCrop, Focus, Lost, crop_box, lost
from designs.imaging.geometry import Box

sides = st.integers(16, 6000)
shares = st.floats(0, 1)
focuses = st.builds(Focus, x=shares, y=shares, zoom=st.floats(1, 10))


def boxed(width, height, target_w, target_h, focus):
    return crop_box(image_w_px=width, image_h_px=height, target_w_px=target_w, target_h_px=target_h, focus=focus)


@given(sides, sides, sides, sides, focuses)
def test_the_box_lies_inside_the_picture(width, height, target_w, target_h, focus):
    box = boxed(width, height, target_w, target_h, focus)

    assert box.left >= 0
    assert box.top >= 0
    assert box.width >= 1
    assert box.height >= 1
    assert box.right <= width
    assert box.bottom <= height


@given(st.integers(400, 6000), st.integers(400, 6000), st.integers(500, 4000), st.integers(500, 4000), focuses)
def test_the_box_has_the_shape_of_the_target_within_half_a_pixel(width, height, target_w, target_h, focus):
    box = boxed(width, height, target_w, target_h, focus)
    ratio = target_w / target_h

    assert min(abs(box.width - box.height * ratio), abs(box.height - box.width / ratio)) <= 0.5 + 1e-6


@given(sides, sides, sides, sides, focuses)
def test_the_focus_stays_in_the_box(width, height, target_w, target_h, focus):
    box = boxed(width, height, target_w, target_h, focus)

    assert box.left - 1 <= focus.x * width <= box.right + 1
    assert box.top - 1 <= focus.y * height <= box.bottom + 1


@given(sides, sides, sides, sides)
def test_without_zoom_one_side_is_kept_whole(width, height, target_w, target_h):
    box = boxed(width, height, target_w, target_h, Focus())

    assert box.width == width or box.height == height


@given(sides, sides, sides, sides, focuses)
def test_what_is_kept_and_what_is_lost_make_a_whole(width, height, target_w, target_h, focus):
    box = boxed(width, height, target_w, target_h, focus)
    cut = lost(box, image_w_px=width, image_h_px=height)

    assert cut.left + cut.right + box.width / width == pytest.approx(1, abs=2e-4)
    assert cut.top + cut.bottom + box.height / height == pytest.approx(1, abs=2e-4)


def test_a_square_picture_loses_its_sides_on_a_card():
    box = boxed(2048, 2048, 1538, 2175, Focus())

    assert box == Box(left=300, top=0, width=1448, height=2048)
    assert lost(box, image_w_px=2048, image_h_px=2048) == Lost(top=0, right=0.1465, bottom=0, left=0.1465)


def test_zoom_goes_in_on_the_focus():
    assert boxed(1000, 1000, 500, 500, Focus(x=0.25, y=0.75, zoom=4)) == Box(left=125, top=625, width=250, height=250)


@pytest.mark.parametrize(
    "crop", [{"x": 1.1}, {"y": -0.1}, {"zoom": 0.5}, {"zoom": 11}, {"x": "left"}, {"x": float("nan")}]
)
def test_a_focus_outside_the_picture_is_refused(crop):
    with pytest.raises(BadCrop):
        Focus.parse(crop)


def test_a_crop_that_is_not_given_keeps_the_middle():
    assert Focus.parse({}) == Focus(x=0.5, y=0.5, zoom=1)
