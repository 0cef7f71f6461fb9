"""Long texts are read in pieces: what lies across the end of one is found, and half a word is never taken for one."""

import pytest

from designs.screening import text
from designs.screening.names import Names

NOBODY = Names([])
FILLER = "the fox in the snow and his hen by the sea "


def said(words: str, at: int) -> str:
    """A text of nearly 5,000 characters with these words at this place."""
    before = (FILLER * 200)[: at - 1]
    return f"{before} {words} {FILLER * 200}"[:4_990]


def reasons(written: str) -> list[str]:
    return [concern.reason for concern in text.judge(written, "words", NOBODY).concerns]


@pytest.mark.parametrize("oath", ["fuck", "f u c k", "s h i t", "son of a bitch", "f.u.c.k"])
@pytest.mark.parametrize("piece", [1, 2, 3, 4])
def test_an_oath_across_the_end_of_a_piece_is_found(oath, piece):
    alone = reasons(oath)
    missed = [at for at in range(piece * 900 - 20, piece * 1_000 + 20, 9) if reasons(said(oath, at)) != alone]

    assert (alone, missed) == (["profanity"], [])


def test_the_first_half_of_a_harmless_word_is_no_oath():
    assert [at for at in range(960, 1_010) if reasons(said("cocktails", at))] == []


def test_a_row_without_a_blank_is_read_to_its_end():
    assert "".join(piece[text.OVERLAP * bool(number) :] for number, piece in enumerate(text._pieces("x" * 4_990))) == (
        "x" * 4_990
    )
