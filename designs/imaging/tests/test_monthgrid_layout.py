import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from designs import fonts
from designs.imaging.colors import PAPER, READABLE, contrast, rgb
from designs.imaging.compose import PageSpec, render_page
from designs.imaging.geometry import Edges, preview_area
from designs.imaging.monthgrid import LOOKS, Mark, MonthGrid
from designs.imaging.monthgrid_draw import text_path
from designs.imaging.monthgrid_layout import lay_out
from designs.imaging.monthgrid_looks import LOOKS as STYLES
from designs.imaging.monthgrid_looks import QUIET
from designs.imaging.monthgrid_names import names_of
from designs.imaging.monthgrid_page import panel, picture_area, picture_box
from designs.imaging.sheet import BINDING_UM, TYPE_INSET_UM
from designs.imaging.tests.samples import flat_picture, picture

FORMATS = {"landscape": (274_320, 213_360), "portrait": (215_900, 279_400), "square": (304_800, 304_800)}
SAFE_UM, BLEED = 6_350, Edges(3_175, 3_175, 3_175, 3_175)
MARKS = (
    Mark(4, "Independence Day", "holiday"),
    Mark(17, "Leo turns 7"),
    Mark(17, "Pia’s first day of school, at last"),
)
EVERY_PAGE = pytest.mark.parametrize(("paper", "look"), [(paper, look) for paper in FORMATS for look in LOOKS])


def july(look="classic", **changed):
    return MonthGrid(**{"year": 2027, "month": 7, "week_start": 6, "look": look, "marks": MARKS, **changed})


def area(paper, width_px=900):
    width_um, height_um = FORMATS[paper]
    return preview_area(trim_w_um=width_um, trim_h_um=height_um, bleed_um=BLEED, safe_um=SAFE_UM, width_px=width_px)


def laid_out(paper, grid):
    return lay_out(grid, panel(*FORMATS[paper], SAFE_UM, grid))


def written(layout):
    return [text.text for text in layout.texts]


def ink(text):
    return text_path(text).computeTightBounds()


def figures(layout):
    """The numbers of days, by their size: weeks and years are set in another."""
    numbers = [text for text in layout.texts if text.text.isdecimal()]
    sizes = [text.size_um for text in numbers]
    return [text for text in numbers if text.size_um == max(sizes, key=sizes.count)]


@EVERY_PAGE
@pytest.mark.parametrize("week_numbers", [False, True])
def test_each_number_stands_in_the_column_of_its_weekday(paper, look, week_numbers):
    for month in range(1, 13):
        grid = MonthGrid(2028, month, 0, look=look, week_numbers=week_numbers, marks=(Mark(9, "", "holiday"),))
        frame, numbers = panel(*FORMATS[paper], SAFE_UM, grid), figures(laid_out(paper, grid))
        shown = [day for week in grid.weeks for day in week if grid.shows(day) or STYLES[look].neighbors]
        columns = 7.42 if week_numbers else 7

        assert [text.text for text in numbers] == [str(day.day) for day in shown]
        assert [int(7 + (ink(text).centerX() - frame.right) / frame.width * columns) for text in numbers] == [
            day.weekday() for day in shown
        ]


@pytest.mark.parametrize("look", LOOKS)
def test_labels_are_written_at_their_days(look):
    layout = laid_out("portrait", july(look))
    place = {text.text: text for text in layout.texts}

    assert " ".join(text for text in written(layout) if text in "Independence Day") == "Independence Day"
    assert abs(ink(place["4"]).centerX() - ink(place["Leo turns 7"]).centerX()) > 50_000
    assert place["17"].baseline_um - 6_000 < place["Leo turns 7"].baseline_um < place["17"].baseline_um + 12_000


@EVERY_PAGE
@pytest.mark.parametrize("locale", ["de-DE", "ar-EG", "ja-JP", "hi-IN"])
def test_no_ink_leaves_the_panel(paper, look, locale):
    marks = (*MARKS, Mark(1, "Donaudampfschifffahrtsgesellschaft", "holiday"), Mark(31, "日本の祝日ですよね" * 4))
    grid = july(look, locale=locale, month=5, week_numbers=True, marks=marks)
    frame, (width_um, height_um) = panel(*FORMATS[paper], SAFE_UM, grid), FORMATS[paper]
    inset = max(SAFE_UM, TYPE_INSET_UM)

    for text in laid_out(paper, grid).texts:
        bounds = ink(text)
        assert frame.left - 1 <= bounds.left() <= bounds.right() <= frame.right + 1, text
        assert frame.top - 1 <= bounds.top() <= bounds.bottom() <= frame.bottom + 1, text
        assert inset <= bounds.left() <= bounds.right() <= width_um - inset
        assert bounds.bottom() <= height_um - inset
        assert bounds.top() >= BINDING_UM


@EVERY_PAGE
def test_grid_and_picture_do_not_touch(paper, look):
    page = area(paper)
    grid, box = july(look), picture_box(page, july(look))
    frame, (x, y), scale = panel(*FORMATS[paper], SAFE_UM, grid), page.origin_px, page.px_per_um

    assert box.right < x + frame.left * scale or box.bottom < y + frame.top * scale


@pytest.mark.parametrize("width_px", [331, 900, 3_375])
@EVERY_PAGE
def test_the_picture_s_area_is_its_box_on_the_page(paper, look, width_px):
    page = area(paper, width_px)
    box, shown = picture_box(page, july(look)), picture_area(page, july(look))

    assert (shown.width_px, shown.height_px) == (box.width, box.height)
    assert shown.px_per_um == pytest.approx(page.px_per_um, rel=0.01)
    if STYLES[look].framed:
        assert box.top >= (BINDING_UM + BLEED.top) * page.px_per_um - 1
    else:
        assert [box.left, box.top, shown.bleed_px.top, shown.bleed_px.left] == [
            0,
            0,
            page.bleed_px.top,
            page.bleed_px.left,
        ]


def test_a_calendar_in_arabic_runs_from_right_to_left():
    layout = laid_out("square", july(locale="ar-EG", week_start=5, marks=()))
    place = {text.text: ink(text).centerX() for text in layout.texts}
    names = names_of("ar-EG").weekdays["wide"]

    assert place[names[5]] > place[names[6]] > place[names[0]] > place[names[4]]
    assert place["١"] < place["٣"] + 1_000_000
    assert place["٤"] > place["٥"] > place["٦"]


def test_what_does_not_fit_is_told():
    marks = (Mark(3, "Donaudampfschifffahrtsgesellschaftskapitän"), *(Mark(9, f"No. {number}") for number in range(12)))
    layout = laid_out("landscape", july(marks=marks))

    assert layout.cut[0] == "Donaudampfschifffahrtsgesellschaftskapitän"
    assert f"+{len(layout.cut) - 1}" in written(layout)


def test_only_months_of_six_weeks_have_lower_rows():
    def row(month):
        layout = laid_out("portrait", MonthGrid(2027, month, 0))
        place = {text.text: text.baseline_um for text in layout.texts if text.font == "garamond-text"}
        return round(place["17"] - place["10"])

    assert row(2) == row(3) > row(5) == row(8)


@pytest.mark.parametrize("look", LOOKS)
def test_names_of_months_have_one_size_all_year(look):
    sizes = {laid_out("landscape", MonthGrid(2027, month, look=look)).texts[0].size_um for month in range(1, 13)}

    assert len(sizes) == 1


@pytest.mark.parametrize("look", LOOKS)
def test_colors_can_be_read_on_paper(look):
    paper, style = np.array([[rgb(PAPER)]], np.uint8), STYLES[look]

    for color in (*style.accents, style.own_color, QUIET):
        assert contrast(rgb(color), paper) >= READABLE
    if style.bar or style.emphasis == "disc":
        assert all(
            contrast((255, 255, 255), np.array([[rgb(accent)]], np.uint8)) >= READABLE for accent in style.accents
        )


@pytest.mark.parametrize("text", ["17", "JULY", "Leo turns 7"])
def test_what_is_written_is_what_is_drawn(text):
    """Read off the page's own pixels, and held against the same words by Pillow: other shaper, other rasterizer."""
    grid, page = july(week_start=0), area("portrait", 2_600)
    drawn = render_page(PageSpec(page, art=flat_picture((9, 8, 7)), grid=grid)).pixels
    placed = next(found for found in laid_out("portrait", grid).texts if found.text == text)
    bounds, (x, y), scale = ink(placed), page.origin_px, page.px_per_um
    left, top = round(x + bounds.left() * scale), round(y + bounds.top() * scale)
    width, height = round(bounds.width() * scale), round(bounds.height() * scale)
    paper = np.array(rgb(PAPER), int)
    ours = np.abs(drawn[top : top + height, left : left + width].astype(int) - paper).sum(axis=2)

    theirs = by_pillow(text, placed, (width, height))

    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.9


def by_pillow(text, placed, size):
    chosen = fonts.font(placed.font)
    face = ImageFont.truetype(str(chosen.path), 300, layout_engine=ImageFont.Layout.RAQM)
    face.set_variation_by_axes([chosen.weight])
    canvas, x = Image.new("L", (5_000, 600)), 50.0
    for letter in text if placed.spacing else [text]:
        ImageDraw.Draw(canvas).text((x, 400), letter, font=face, fill=255, anchor="ls")
        x += face.getlength(letter) + placed.spacing * 300
    return np.asarray(canvas.crop(canvas.getbbox()).resize(size, Image.Resampling.LANCZOS), int)


def test_a_month_without_its_grid_is_the_picture_alone():
    page = area("square", 400)

    assert np.array_equal(
        render_page(PageSpec(page, art=picture())).pixels, render_page(PageSpec(page, art=picture(), grid=None)).pixels
    )


@EVERY_PAGE
def test_a_page_is_picture_and_paper(paper, look):
    page = area(paper, 500)
    drawn = render_page(PageSpec(page, art=flat_picture((10, 120, 200)), grid=july(look), words="July")).pixels
    box = picture_box(page, july(look))

    assert drawn.shape == (page.height_px, page.width_px, 3)
    assert tuple(drawn[box.bottom - 3, box.left + 2]) == (10, 120, 200)
    assert tuple(drawn[-2, -2]) == rgb(PAPER)


def test_words_of_a_month_stand_on_its_picture():
    page = area("portrait", 600)
    with_words, without = (
        render_page(PageSpec(page, art=flat_picture((10, 120, 200)), grid=july(), words=words, wire_at_top=True)).pixels
        for words in ("Summer", "")
    )
    rows = np.nonzero((with_words != without).any(axis=(1, 2)))[0]

    assert (BINDING_UM + BLEED.top) * page.px_per_um < rows.min()
    assert rows.max() < picture_box(page, july()).bottom


def test_the_same_grid_is_drawn_the_same():
    page = area("landscape", 500)
    first, second = (render_page(PageSpec(page, grid=july("bold"))).pixels for _ in range(2))

    assert np.array_equal(first, second)


@pytest.mark.parametrize("locale", ["uk-UA", "el-GR", "fa-IR", "zh-TW"])
def test_any_language_can_be_laid_out(locale):
    assert len(laid_out("landscape", july(locale=locale)).texts) > 40
