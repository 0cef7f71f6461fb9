from dataclasses import replace

import pytest

from designs.imaging.compose import render_page
from designs.imaging.monthgrid import Mark, MonthGrid
from designs.models import Format
from designs.proofs import composing, previews, proofing
from designs.proofs.composing import PageContent
from designs.tests.factories import NOON, SQUARE, CalendarFactory, drawn_image, pick, print_spec

DATES = [{"month": 2, "day": 29, "label": "Ada"}, {"month": 7, "day": 4, "label": "Leo"}]


@pytest.fixture
def design(shelf):
    found = CalendarFactory()
    found.calendar = {
        **found.calendar,
        "year": 2027,
        "start_month": 7,
        "holidays": "US",
        "dates": DATES,
        "look": "bold",
    }
    found.save(update_fields=["calendar"])
    return found


def contents(design, **wish):
    square = Format.objects.get(pk=SQUARE)
    pages = composing.contents(
        design, square, lambda position: composing.screen_area(square, position, width_px=300), **wish
    )
    return {page.position: page for page in pages}


def test_each_sheet_has_its_month_and_the_cover_has_none(design):
    pages = contents(design)
    months = [pages[f"month-{number:02}"].month_grid for number in range(1, 13)]

    assert pages["cover"].grid is None
    assert [(month.year, month.month) for month in months][4:8] == [(2027, 11), (2027, 12), (2028, 1), (2028, 2)]
    assert (months[0].look, months[0].marks[0]) == ("bold", Mark(4, "Independence Day", "holiday"))
    assert months[7].marks[-1] == Mark(29, "Ada")


def test_a_supplier_that_draws_its_own_grid_gets_the_pictures_alone(design):
    assert {page.grid for page in contents(design, draws_grid=True).values()} == {None}


def test_a_page_is_read_back_from_its_snapshot_with_every_label(design):
    page = contents(design)["month-01"]

    assert PageContent.parse(page.stored()) == page
    assert MonthGrid.parse(page.stored()["grid"]) == page.month_grid


def test_a_snapshot_from_before_calendars_has_no_grid():
    old = {"position": "front", "image": None, "words": "", "lettering": {}, "crop": {}}

    assert PageContent.parse(old).month_grid is None


def test_the_picture_fills_a_part_of_the_sheet(design):
    square = Format.objects.get(pk=SQUARE)
    area, page = composing.screen_area(square, "month-01", width_px=800), contents(design)["month-01"]

    assert page.picture_area(area).height_px < 0.65 * area.height_px
    assert replace(page, grid=None).picture_area(area) == area


def test_words_of_a_month_have_only_the_picture_s_room(design):
    square = Format.objects.get(pk=SQUARE)
    month, cover = (
        composing.words_sheet(design, square, position, over_picture=True) for position in ("month-01", "cover")
    )

    assert month.trim_h_um < cover.trim_h_um == square.trim_h_um
    assert month.wire_at_top
    assert cover.wire_at_top


def test_words_on_a_framed_picture_need_not_keep_clear_of_the_wire(design):
    design.calendar["look"] = "minimal"

    assert not composing.words_sheet(design, Format.objects.get(pk=SQUARE), "month-01", over_picture=True).wire_at_top


def test_a_month_is_previewed_with_its_grid(design):
    square = Format.objects.get(pk=SQUARE)
    with_grid, alone = (previews.wanted(design, square, draws_grid=draws) for draws in (False, True))

    assert with_grid[0].digest == alone[0].digest  # the cover
    assert all(one.digest != other.digest for one, other in zip(with_grid[1:], alone[1:], strict=True))


def test_a_label_that_was_cut_is_told_and_a_month_without_a_picture_too(design):
    square = Format.objects.get(pk=SQUARE)
    grid = MonthGrid(2027, 7, marks=tuple(Mark(4, f"No. {number}") for number in range(40)))
    page = replace(contents(design)["month-01"], grid=grid.stored())
    rendered = render_page(composing.page_spec(composing.screen_area(square, "month-01", width_px=300), page, None))

    warnings = composing.warnings_of(page, image=None, dpi=None, rendered=rendered)

    assert [(warning["code"], warning["level"]) for warning in warnings] == [
        ("no_picture", "warn"),
        ("label_cut", "info"),
    ]


def test_a_proof_keeps_the_grid_it_was_made_with(design):
    pick(design, drawn_image(design), position="cover")
    square = Format.objects.get(pk=SQUARE)
    proof = proofing.request_proof(
        proofing.freeze(design, format=square, print_spec=print_spec(SQUARE), country="US"), at=NOON
    )
    stored = {page["position"]: page["grid"] for page in proof.snapshot["pages"]}

    assert stored["cover"] is None
    assert MonthGrid.parse(stored["month-01"]).marks[0].label == "Independence Day"
    assert (
        proofing.request_proof(
            proofing.freeze(design, format=square, print_spec=print_spec(SQUARE), country="US"), at=NOON
        )
        == proof
    )
