from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designs import fonts
from designs.imaging.compose import PageSpec, render_page, sheet_of
from designs.imaging.lettering import Lettering, TooLong, Undrawable
from designs.imaging.shaping import advance, outline
from designs.imaging.sheet import Sheet
from designs.imaging.tests.samples import FLAT, FOLDED_FRONT, SAFE_UM, TRIM_H_UM, TRIM_W_UM, front_preview, picture
from designs.imaging.typesetting import set_words

GREETING = "Ffjord jolly Ölüf, Qy"
LETTER = (
    "Dear Grandma,\n\nThank you for the warmest summer I can remember. Every morning smelled of cinnamon and the "
    "garden, and every evening you had another story for us.\n\nWith all our love,\nAnna & the boys"
)
PAPER = Sheet(TRIM_W_UM, TRIM_H_UM, SAFE_UM, over_picture=False)
PICTURE = Sheet(TRIM_W_UM, TRIM_H_UM, SAFE_UM, over_picture=True)


def set_on(sheet, words, **asked):
    return set_words(words, Lettering(**asked), sheet)


def ink_box(pixels):
    """Left, top, right, bottom of what differs from the paper."""
    rows, columns = np.nonzero((pixels != pixels[0, 0]).any(axis=2))
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def assert_ink_is_safe(pixels, area):
    left, top, right, bottom = ink_box(pixels)
    safe = area.safe_box

    assert safe.left <= left
    assert safe.top <= top
    assert right <= safe.right
    assert bottom <= safe.bottom


@pytest.mark.parametrize("layout", ["top", "center", "bottom"])
@pytest.mark.parametrize("code", fonts.FONTS)
def test_a_greeting_on_a_picture_breaks_after_its_comma(code, layout):
    lines = set_on(PICTURE, "Happy Birthday, dear Annabelle", font=code, layout=layout).lines

    assert lines in {("Happy Birthday,", "dear Annabelle"), ("Happy", "Birthday,", "dear Annabelle")}


@pytest.mark.parametrize("layout", ["top", "center", "bottom"])
@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("code", fonts.FONTS)
def test_no_ink_leaves_the_safe_area(code, align, layout):
    lettering = Lettering(font=code, align=align, layout=layout, size="large", color="ink")

    assert_ink_is_safe(render_page(PageSpec(FOLDED_FRONT, words=GREETING, lettering=lettering)).pixels, FOLDED_FRONT)


@pytest.mark.parametrize("width_px", [240, 512])
@pytest.mark.parametrize("code", fonts.FONTS)
def test_no_ink_leaves_the_safe_area_of_a_preview(code, width_px):
    area = front_preview(width_px)

    assert_ink_is_safe(render_page(PageSpec(area, words=LETTER, lettering=Lettering(font=code))).pixels, area)


@pytest.mark.parametrize("words", [GREETING, LETTER])
@pytest.mark.parametrize("code", fonts.FONTS)
def test_a_preview_breaks_its_lines_as_the_print_does(code, words):
    small, large = (
        render_page(PageSpec(area, words=words, lettering=Lettering(font=code)))
        for area in (front_preview(512), FOLDED_FRONT)
    )

    assert small.lines == large.lines
    assert small.size_pt == large.size_pt


def test_a_preview_is_the_print_made_smaller():
    small, large = (render_page(PageSpec(area, words=LETTER)).pixels for area in (front_preview(769), FOLDED_FRONT))

    assert np.array(ink_box(small)) == pytest.approx(np.array(ink_box(large)) / 2, abs=1.5)


def test_the_same_page_is_the_same_twice():
    spec = PageSpec(FLAT, art=picture(), words=LETTER, lettering=Lettering(plate="soft"))
    first = render_page(spec).pixels
    set_words.cache_clear()

    assert np.array_equal(first, render_page(spec).pixels)


def test_a_greeting_is_set_large_and_a_letter_smaller():
    assert set_on(PICTURE, "Love", font="lato").size_pt == pytest.approx(55.8)
    assert 16 < set_on(PAPER, LETTER, font="lato").size_pt < 22


def test_words_of_the_writer_keep_their_lines():
    assert set_on(PAPER, "Roses are red\n\nViolets are blue").lines == ("Roses are red", "", "Violets are blue")


def test_words_asked_for_in_points_get_them():
    assert set_on(PAPER, "Hello you", size=24.0).size_pt == 24.0


def test_words_that_do_not_fit_at_their_points_are_refused():
    with pytest.raises(TooLong):
        set_on(PAPER, LETTER, size=60.0)


def test_words_that_would_be_too_small_to_read_are_refused():
    with pytest.raises(TooLong):
        set_on(PAPER, LETTER * 12)


def test_a_long_word_shrinks_before_it_is_broken():
    captain = "Donaudampfschifffahrtsgesellschaftskapitän"

    assert set_on(PICTURE, captain, font="nunito").lines == (captain,)
    assert len(set_on(PICTURE, captain * 3, font="nunito").lines) > 1


def test_no_words_need_no_setting():
    assert set_on(PAPER, " \n \u200b ") is None


def test_a_character_that_no_font_has_is_named():
    with pytest.raises(Undrawable) as refusal:
        set_on(PAPER, "I 💛 漢 🎂 you")

    assert refusal.value.characters == ["💛", "🎂"]


def test_scripts_of_other_fonts_are_drawn():
    assert set_on(PAPER, "Γεια σου, Привет!", font="dancing-script").ink.width > 10_000


@pytest.mark.parametrize(
    "words", ["שלום עולם\nAnna, שלום", "عيد ميلاد سعيد", "お誕生日おめでとう", "生日快乐", "สุขสันต์วันเกิด"]
)
def test_words_of_every_script_are_set(words):
    assert set_on(PAPER, words).ink.width > 10_000


def test_a_line_of_a_right_to_left_text_reads_so_even_if_it_begins_with_latin():
    """The comma after the name belongs to its left, between name and verb."""
    in_text, alone = set_on(PAPER, "שלום\nAnna, בואי").path, set_on(PAPER, "Anna, בואי", size="small").path

    assert in_text.countPoints() > alone.countPoints()
    assert outline("Anna, בואי", "lato", rtl=True).path.getPoint(0) != outline("Anna, בואי", "lato").path.getPoint(0)


@pytest.mark.parametrize(("layout", "third"), [("top", 0), ("center", 1), ("bottom", 2)])
def test_words_stand_where_they_are_wanted(layout, third):
    ink = set_on(PICTURE, "Happy Birthday", layout=layout).ink

    assert int((ink.top + ink.bottom) / 2 / TRIM_H_UM * 3) == third


def test_words_at_the_top_of_a_picture_leave_most_of_it_in_sight():
    assert set_on(PICTURE, "Congratulations on your new home, dear neighbors", layout="top").ink.bottom < TRIM_H_UM / 2


@pytest.mark.parametrize("align", ["left", "right"])
def test_aligned_lines_share_an_edge(align):
    frames = set_on(PICTURE, "Hill\nHillside\nHi", font="lato", align=align, color="ink").line_frames
    edges = [getattr(frame, align) for frame in frames]

    assert max(edges) - min(edges) < 1_500


def test_a_sheet_knows_whether_it_has_a_picture():
    assert not sheet_of(PageSpec(FLAT)).over_picture
    assert sheet_of(PageSpec(FLAT, art=b"")).over_picture


@given(st.text(max_size=60), st.sampled_from(sorted(fonts.FONTS)))
@settings(max_examples=60, deadline=None)
def test_any_words_are_set_or_refused(words, code):
    with suppress(TooLong, Undrawable):
        set_on(PICTURE, words, font=code, layout="top")


@pytest.mark.parametrize("words", ["a" * 10_000, "so long " * 1_250, "x\n" * 5_000])
def test_words_without_end_are_refused_at_once(words):
    with pytest.raises(TooLong):
        set_on(PAPER, words)


def test_threads_do_not_disturb_each_other():
    asked = [(f"Greetings number {number}\nfrom us all", code) for number in range(6) for code in fonts.FONTS]
    alone = [set_on(PAPER, words, font=code).ink for words, code in asked]
    set_words.cache_clear()
    advance.cache_clear()
    outline.cache_clear()

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda pair: set_on(PAPER, pair[0], font=pair[1]).ink, asked))

    assert together == alone


def test_words_of_spaces_that_do_not_break_are_no_words():
    assert set_on(PICTURE, "\u00a0", font="caveat", layout="top") is None
    assert set_on(PICTURE, "\u00a0Yes\u00a0\n\u00a0", layout="top").lines == ("Yes",)
