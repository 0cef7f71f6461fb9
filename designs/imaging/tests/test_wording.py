import pytest

from designs.imaging.wording import clusters, tidy


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("  Dear  Anna ,\r\n\r\n\r\n\r\nlove\t you \n", "Dear Anna ,\n\nlove you"),
        ("Zoe\u0308", "Zoë"),
        ("a\u200bb\u202ec\x07", "abc"),
        ("❤\ufe0f", "❤"),
        ("fin\u202f!", "fin\u00a0!"),
        (" \n\t\n ", ""),
        ("You're 'it'", "You’re 'it'"),
    ],
)
def test_words_are_made_fit_for_setting(written, tidied):
    assert tidy(written) == tidied


def test_marks_stay_with_their_letter():
    assert clusters("nq\u0303o") == ["n", "q\u0303", "o"]
