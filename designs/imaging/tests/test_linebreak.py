import pytest
from hypothesis import given
from hypothesis import strategies as st

from designs.imaging.linebreak import break_lines, count_lines


def broken(text, limit):
    return break_lines(text, limit, len)


def test_lines_are_as_even_as_can_be():
    assert broken("aaa bbb ccc ddd", 12) == ["aaa bbb", "ccc ddd"]


def test_the_writers_newlines_are_kept():
    assert broken("one\n\ntwo three", 20) == ["one", "", "two three"]


def test_a_line_rather_ends_after_a_comma():
    assert broken("Happy birthday, Anna!", 15) == ["Happy birthday,", "Anna!"]


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("Happy Birthday, dear Annabelle", 16, ["Happy Birthday,", "dear Annabelle"]),
        ("Happy Birthday, dear Annabelle", 14, ["Happy", "Birthday,", "dear Annabelle"]),
        ("To the best dad in the world. Happy Birthday!", 18, ["To the best dad", "in the world.", "Happy Birthday!"]),
        ("With love from Mr. and Mrs. Fox", 16, ["With love from", "Mr. and Mrs. Fox"]),
    ],
)
def test_what_begins_after_a_pause_begins_a_line(text, limit, lines):
    assert broken(text, limit) == lines


def test_reading_matter_is_filled_whatever_begins_in_a_line():
    text = "one two three. Four five six, seven eight. Nine ten eleven, twelve. " * 3

    assert len(broken(text, 24)) == count_lines(text, 24, len) > 6


def test_a_word_is_broken_only_when_it_is_wider_than_a_line():
    assert broken("so incomprehensible", 10) == ["so", "incomprehe", "nsible"]


def test_a_no_break_space_holds_words_together():
    assert broken("10\u00a0000 kisses", 8) == ["10\u00a0000", "kisses"]


@given(st.text("ab cde\n", max_size=200), st.integers(1, 40))
def test_no_line_is_too_wide_and_nothing_is_lost(text, limit):
    lines = broken(text, limit)

    assert max(len(line) for line in lines) <= limit
    assert "".join(lines).replace(" ", "") == "".join(text.split())


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=60), st.integers(9, 40))
def test_evening_out_takes_no_more_lines(words, limit):
    text = " ".join(words)

    assert len(broken(text, limit)) == count_lines(text, limit, len)


def test_chinese_and_japanese_break_between_signs():
    assert break_lines("春分の日おめでとう", 5, len) == ["春分の日", "おめでとう"]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    assert break_lines("あいう。えおか", 3, len) == ["あい", "う。", "えおか"]
    assert break_lines("あい「うえ」", 3, len) == ["あい", "「う", "え」"]


def test_latin_words_among_ideographs_stay_whole():
    assert break_lines("今日はHello世界", 6, len) == ["今日は", "Hello", "世界"]


def test_korean_breaks_between_words():
    assert break_lines("생일 축하합니다", 6, len) == ["생일", "축하합니다"]
