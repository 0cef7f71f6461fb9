import numpy as np
import pytest

from designs.imaging.colors import READABLE, contrast, rgb
from designs.imaging.compose import IMPRINT, PageSpec, render_page
from designs.imaging.crop import Focus, Lost
from designs.imaging.lettering import Lettering
from designs.imaging.pictures import UnreadablePicture
from designs.imaging.tests.samples import FLAT, FOLDED_FRONT, flat_picture, front_preview, picture

BUSY = picture()


@pytest.mark.parametrize("area", [FLAT, FOLDED_FRONT, front_preview(333)])
@pytest.mark.parametrize("art", [None, BUSY])
def test_a_page_has_exactly_the_pixels_of_its_area(area, art):
    pixels = render_page(PageSpec(area, art=art, words="Hello")).pixels

    assert pixels.shape == (area.height_px, area.width_px, 3)
    assert pixels.dtype == np.uint8


def test_bare_paper_has_its_color():
    page = render_page(PageSpec(FLAT, background="#f0e0d0"))

    assert (page.pixels == (0xF0, 0xE0, 0xD0)).all()
    assert (page.lost, page.lines, page.inked) == (None, (), None)


def test_a_picture_is_cropped_and_what_is_lost_is_told():
    page = render_page(PageSpec(FLAT, art=flat_picture((9, 8, 7), 200, 200), focus=Focus(x=0)))

    assert (page.pixels == (9, 8, 7)).all()
    assert page.lost == Lost(top=0, right=0.275, bottom=0, left=0)


def test_an_empty_back_may_carry_an_imprint():
    with_imprint = render_page(PageSpec(FLAT, imprint=IMPRINT)).pixels
    bare = render_page(PageSpec(FLAT)).pixels
    rows = np.nonzero((with_imprint != bare).any(axis=(1, 2)))[0]

    assert rows.min() > 1750
    assert rows.max() < FLAT.safe_box.bottom


def test_words_or_a_picture_leave_no_imprint():
    for art, words in ((BUSY, ""), (None, "Hi")):
        with_imprint = render_page(PageSpec(FLAT, art=art, words=words, imprint=IMPRINT)).pixels
        assert np.array_equal(with_imprint, render_page(PageSpec(FLAT, art=art, words=words)).pixels)


@pytest.mark.parametrize("layout", ["top", "center", "bottom"])
@pytest.mark.parametrize("color", ["auto", "white", "navy"])
def test_words_can_be_read_over_any_picture(layout, color):
    lettering = Lettering(layout=layout, color=color)

    inked = render_page(PageSpec(FLAT, art=BUSY, words="Happy Birthday", lettering=lettering)).inked

    assert inked.plate == "soft"
    assert inked.contrast >= READABLE


@pytest.mark.parametrize(("ground", "ink"), [((250, 240, 230), "#2b2733"), ((20, 30, 40), "#fffdf8")])
def test_color_is_chosen_against_the_picture(ground, ink):
    inked = render_page(PageSpec(FLAT, art=flat_picture(ground), words="Hello")).inked

    assert (inked.color, inked.plate) == (ink, "none")


def test_a_panel_stands_behind_words_when_asked_for():
    page = render_page(PageSpec(FLAT, art=BUSY, words="Hello", lettering=Lettering(plate="panel")))

    assert page.inked.plate == "panel"
    assert page.inked.contrast > 10


def test_without_a_plate_the_contrast_is_told_as_it_is():
    inked = render_page(PageSpec(FLAT, art=BUSY, words="Hi", lettering=Lettering(plate="none", color="gold"))).inked

    assert inked.plate == "none"
    assert inked.contrast < READABLE


def test_art_outside_the_words_is_untouched():
    words = Lettering(plate="none", color="white")
    lettered = render_page(PageSpec(FLAT, art=BUSY, words="Hi", lettering=words)).pixels
    bare = render_page(PageSpec(FLAT, art=BUSY)).pixels

    assert np.array_equal(lettered[:400], bare[:400])
    assert not np.array_equal(lettered, bare)


def test_a_damaged_picture_is_refused():
    with pytest.raises(UnreadablePicture):
        render_page(PageSpec(FLAT, art=b"no picture"))


def test_contrast_counts_as_wcag_does():
    white = np.full((1, 1, 3), 255, np.uint8)

    assert contrast((0, 0, 0), white) == pytest.approx(21)
    assert contrast(rgb("#767676"), white) == pytest.approx(4.54, abs=0.01)
