import pytest

from designs.imaging.monthgrid_labels import Label, set_label, share_lines, shortened
from designs.imaging.shaping import advance

FONT = "jost-text"


def fitted(text, width_em, lines):
    return set_label(text, FONT, width_em=width_em, lines=lines)


def test_a_label_that_fits_is_left_alone():
    assert fitted("Easter Sunday", 20, 1) == Label(("Easter Sunday",), 1.0)


def test_a_label_is_broken_before_it_is_made_smaller():
    assert fitted("Easter Sunday", 4.5, 2) == Label(("Easter", "Sunday"), 1.0)


def test_a_word_too_wide_makes_its_label_smaller():
    label = fitted("Reformationstag", advance("Reformationstag", FONT) * 0.9, 3)

    assert label == Label(("Reformationstag",), 0.88)


def test_a_label_is_abbreviated_before_it_is_cut():
    label = fitted("Juneteenth National Independence Day", advance("Juneteenth Nat’l", FONT) * 0.85, 2)

    assert (label.lines, label.cut) == (("Juneteenth Nat’l", "Indep. Day"), False)


def test_a_label_is_cut_at_a_word_and_says_so():
    label = fitted("Grandma and Grandpa are coming for tea", 6, 1)

    assert (label.lines, label.cut) == (("Grandma…",), True)


def test_a_word_that_does_not_fit_at_all_is_cut_at_a_letter():
    label = fitted("Weihnachtsfeiertagsvorbereitung", 5, 2)

    assert label.lines[0].startswith("Weihn")
    assert label.lines[0].endswith("…")
    assert label.cut


@pytest.mark.parametrize("text", ["春分の日のお祝いをみんなで", "วันพระบาทสมเด็จพระจุลจอมเกล้า"])
def test_scripts_without_spaces_are_broken_between_letters(text):
    label = fitted(text, 7, 4)

    assert "".join(label.lines) == text
    assert len(label.lines) > 1


def test_no_line_begins_with_a_closing_mark():
    assert fitted("春分の日。", advance("春分の日", FONT), 2).lines == ("春分の", "日。")


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("Independence Day (observed)", "Indep. Day (obs.)"),
        ("Washington’s Birthday", "Washington’s B’day"),
        ("Saint Patrick’s Day", "St. Patrick’s Day"),
        ("Anna", "Anna"),
    ],
)
def test_abbreviations_are_those_that_everybody_reads(written, short):
    assert shortened(written) == short


def test_labels_that_find_no_line_are_counted():
    assert share_lines(["a", "b"], 2) == (2, 0)
    assert share_lines(["a", "b", "c", "d"], 3) == (2, 2)
    assert share_lines(["a", "b"], 1) == (0, 2)
