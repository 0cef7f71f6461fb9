import fontpkg
import pytest
import skia
from PIL import Image, ImageDraw, ImageFont

from designs import fonts
from designs.imaging.shaping import advance, outline


@pytest.mark.parametrize("code", fonts.EVERY)
def test_every_font_is_there_at_its_weight(code):
    chosen = fonts.font(code)

    assert chosen.path.is_file()
    assert fonts.typeface(code).fontStyle().weight() == chosen.weight


def test_an_unknown_font_is_refused():
    with pytest.raises(fonts.UnknownFont):
        fonts.font("comic-sans")


def test_missing_characters_are_named_once_and_in_order():
    assert fonts.missing_characters("Hi 😀 漢 ❤️ 😀\n🎂", "great-vibes") == ["😀", "❤", "🎂"]


SCRIPTS = {
    "latin": "Żółć Zoe\u0308 Nguyễn ñ ß € “so” … Ðþ ŁŐ",
    "cyrillic": "Привет, Ђурђевдан, Україна",
    "greek": "Γεια Ελλάδα ἀγάπη",
    "arabic": "عيد ميلاد سعيد ۱۲ ١٢ می‌خواهم",
    "hebrew": "יום הוּלֶּדֶת שמח",
    "devanagari": "जन्मदिन क्षत्रिय १२",
    "thai": "สุขสันต์วันเกิด ๑๒",
    "japanese": "お誕生日おめでとう カレンダー",
    "chinese": "生日快乐 生日快樂",
    "korean": "생일 축하합니다",
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("code", fonts.FONTS)
def test_every_font_has_help_for_every_script(code, script):
    assert fonts.missing_characters(SCRIPTS[script], code) == []


def test_another_font_stands_in_for_whole_words():
    assert fonts.runs("Hi Привет Γεια you", "fraunces") == [
        fonts.Run("Hi ", "fraunces"),
        fonts.Run("Привет ", "playfair-display"),
        fonts.Run("Γεια ", "eb-garamond"),
        fonts.Run("you", "fraunces"),
    ]


def test_a_character_that_spoils_a_word_is_drawn_apart():
    assert fonts.runs("2027年", "fraunces") == [fonts.Run("2027", "fraunces"), fonts.Run("年", "han-simplified")]
    assert fonts.runs("aж😀漢", "dancing-script") == [
        fonts.Run("a", "dancing-script"),
        fonts.Run("ж", "great-vibes"),
        fonts.Run("😀", "dancing-script"),
        fonts.Run("漢", "han-simplified"),
    ]


@pytest.mark.parametrize(
    ("text", "face"), [("直す", "han-japanese"), ("直", "han-simplified"), ("直 한국", "han-korean")]
)
def test_ideographs_take_the_form_of_their_neighbors(text, face):
    assert fonts.runs(text, "lato")[0].font_code == face


@pytest.mark.parametrize(
    ("code", "stand_ins"),
    [("playfair-display", ["amiri", "frank-ruhl-libre"]), ("lato", ["noto-sans-arabic", "heebo"])],
)
def test_what_stands_in_looks_like_the_font_it_helps(code, stand_ins):
    assert [fonts.runs(word, code)[0].font_code for word in ("عيد", "שמח")] == stand_ins


@pytest.mark.parametrize(
    ("text", "code"),
    [("عيد ميلاد سعيد", "amiri"), ("שמח", "heebo"), ("जन्मदिन", "noto-sans"), ("สุขสันต์", "noto-sans-thai")],
)
def test_shaping_agrees_with_another_shaper(text, code):
    """Pillow's Raqm reads the same tables in its own way: joined, reordered and stacked letters take the same room."""
    raqm = ImageFont.truetype(str(fonts.font(code).path), 1000, layout_engine=ImageFont.Layout.RAQM)
    if fontpkg.family(fonts.font(code).family).is_variable:
        raqm.set_variation_by_axes(
            [400 if axis["name"] == b"Weight" else axis["default"] for axis in raqm.get_variation_axes()]
        )
    canvas = Image.new("L", (10_000, 3_000))
    ImageDraw.Draw(canvas).text((1_000, 1_500), text, font=raqm, fill=255, anchor="ls")
    ours = outline(text, code).path.computeTightBounds()

    assert [side * 1_000 for side in (ours.left(), ours.top(), ours.right(), ours.bottom())] == pytest.approx(
        [edge - origin for edge, origin in zip(canvas.getbbox(), (1_000, 1_500) * 2, strict=True)], abs=4
    )


def test_letters_of_arabic_join():
    assert advance("سعيد", "amiri") < sum(advance(letter, "amiri") for letter in "سعيد") * 0.8


def test_a_line_reads_as_its_first_letter():
    """What ends a Hebrew sentence stands at its left."""
    word, stop = outline("שלום", "heebo").path.computeTightBounds(), advance(".", "heebo")

    assert outline("שלום.", "heebo").path.computeTightBounds().right() == pytest.approx(word.right() + stop, abs=0.01)
    assert outline("שלום.", "heebo", rtl=False).path.getBounds().left() == pytest.approx(word.left(), abs=0.01)


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
