import pytest
import skia

from designs import fonts
from designs.imaging.shaping import advance, outline


@pytest.mark.parametrize("code", fonts.FONTS)
def test_every_font_is_there_at_its_weight(code):
    chosen = fonts.font(code)

    assert chosen.path.is_file()
    assert fonts.typeface(code).fontStyle().weight() == chosen.weight


def test_an_unknown_font_is_refused():
    with pytest.raises(fonts.UnknownFont):
        fonts.font("comic-sans")


def test_missing_characters_are_named_once_and_in_order():
    assert fonts.missing_characters("Hi 😀 漢 ❤️ 😀\n你", "great-vibes") == ["😀", "漢", "❤", "你"]


@pytest.mark.parametrize("code", fonts.FONTS)
def test_accents_cyrillic_and_greek_can_always_be_drawn(code):
    assert fonts.missing_characters("Żółć Zoe\u0308 Nguyễn ñ ß € “so” … Привет Γεια", code) == []


def test_another_font_stands_in_for_whole_words():
    assert fonts.runs("Hi Привет Γεια you", "fraunces") == [
        fonts.Run("Hi ", "fraunces"),
        fonts.Run("Привет ", "playfair-display"),
        fonts.Run("Γεια ", "lato"),
        fonts.Run("you", "fraunces"),
    ]


def test_a_character_that_spoils_a_word_is_drawn_apart():
    assert fonts.runs("aжΩ漢", "dancing-script") == [
        fonts.Run("a", "dancing-script"),
        fonts.Run("жΩ", "great-vibes"),
        fonts.Run("漢", "dancing-script"),
    ]


def test_letters_are_kerned():
    assert advance("AV", "lato") < advance("A", "lato") + advance("V", "lato")


def test_an_outline_stands_on_the_baseline():
    bounds = outline("H", "lato").path.computeTightBounds()

    assert bounds.bottom() == pytest.approx(0, abs=0.002)
    assert -bounds.top() == pytest.approx(skia.Font(fonts.typeface("lato"), 1).getMetrics().fCapHeight, abs=0.01)


def test_spaces_have_width_and_no_ink():
    shaped = outline(" ", "lato")

    assert shaped.advance >= 0
    assert shaped.path.isEmpty()
