import math

import numpy as np
import pytest
import skia
from hypothesis import given, settings
from hypothesis import strategies as st

from designs import fonts
from designs.imaging.colors import READABLE
from designs.imaging.compose import PageSpec, render_page
from designs.imaging.forms import CHOICES, Bend, as_set, bent_path, signing_font
from designs.imaging.lettering import Lettering, TooLong
from designs.imaging.shaping import outline
from designs.imaging.sheet import Sheet, type_area
from designs.imaging.tests.samples import SAFE_UM, TRIM_H_UM, TRIM_W_UM, front_preview, picture
from designs.imaging.typesetting import set_words

PAPER = Sheet(TRIM_W_UM, TRIM_H_UM, SAFE_UM, over_picture=False)
PICTURE = Sheet(TRIM_W_UM, TRIM_H_UM, SAFE_UM, over_picture=True)
FORMS = [choice.code for choice in CHOICES]
TEXTS = ["Joy!", "Happy Birthday, dear Annabelle", "Ffjord jolly Ölüf, Qy\nAnna & the boys"]
POEM = "The year turns round on quiet feet,\nand leaves its snow on every street;\n\na lamp is lit,\nthe kettle sings"
CONFETTI = picture()


def set_in(form, words, sheet=PICTURE, **asked):
    return set_words(words, Lettering(form=form, **asked), sheet)


def contours(path):
    return sum(verb == skia.Path.Verb.kMove_Verb for verb, _ in path)


@pytest.mark.parametrize("layout", ["top", "center", "bottom"])
@pytest.mark.parametrize("form", FORMS)
def test_no_ink_of_any_form_leaves_the_safe_area(form, layout):
    for code in ("playfair-display", "great-vibes", "caveat"):  # upright, swashes, hand
        for words in TEXTS:
            lettering = Lettering(form=form, layout=layout, font=code, size="large")
            setting = set_words(words, lettering, PICTURE)
            area = type_area(as_set(lettering), PICTURE)

            assert area.holds(setting.ink)
            if setting.ornament is not None:
                rule = setting.ornament.getBounds()
                assert area.left <= rule.left() < rule.right() <= area.right
                assert area.top <= rule.top() < rule.bottom() <= area.bottom


@pytest.mark.parametrize("sheet", [PAPER, PICTURE])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", TEXTS)
def test_every_form_prints_every_letter_that_was_typed(words, form, sheet):
    lettering = as_set(Lettering(form=form))
    setting = set_in(form, words, sheet)
    codes = [lettering.font] * len(setting.lines)
    if form == "signature" and len(setting.lines[-1]) <= 40 and setting.lines[-1] == words.split("\n")[-1]:
        codes[-1] = signing_font(lettering)[0]
    drawn = [outline(line, code) for line, code in zip(setting.lines, codes, strict=True)]

    assert " ".join(setting.lines).split() == words.split()
    assert contours(setting.path) == sum(contours(line.path) for line in drawn)
    assert len(setting.line_frames) == len(setting.lines)


@settings(max_examples=60, deadline=None)
@given(st.floats(-60_000, 60_000), st.floats(-30_000, 30_000))
def test_what_was_bent_can_be_bent_back(x, y):
    bend = Bend(middle=1_000, baseline=2_000, radius=80_000)
    bent_x, bent_y = bend(x, y)
    across, down = bent_x - bend.middle, bend.baseline + bend.radius - bent_y
    back = bend.middle + math.atan2(across, down) * bend.radius, bend.baseline + bend.radius - math.hypot(across, down)

    assert back == pytest.approx((x, y), abs=1e-3)


def test_a_bent_bar_follows_its_arch():
    bar = skia.Path()
    bar.addRect(skia.Rect.MakeLTRB(-10_000, -500, 10_000, 0))
    bent = bent_path(bar, Bend(middle=0, baseline=0, radius=40_000))
    sagitta = 40_000 * (1 - math.cos(10_000 / 40_000))

    assert bent.computeTightBounds().bottom() == pytest.approx(sagitta, abs=5)
    assert bent.computeTightBounds().top() == pytest.approx(-500, abs=20)


def test_an_arch_rises_in_its_middle():
    arched, straight = (set_in(form, "Happy Birthday", layout="top", font="lato") for form in ("arched", "centered"))

    assert arched.lines == straight.lines
    assert arched.ink.height > straight.ink.height * 1.3


def test_an_arch_has_three_lines_at_most():
    with pytest.raises(TooLong, match="another shape"):
        set_in("arched", "one\ntwo\nthree\nfour")
    assert len(set_in("arched", " ".join(["wonder"] * 14)).lines) <= 3


@pytest.mark.parametrize(("align", "layout"), [("left", "bottom"), ("right", "top"), ("center", "center")])
def test_a_corner_keeps_to_its_corner(align, layout):
    ink = set_in("corner", TEXTS[1], align=align, layout=layout).ink

    assert ink.width < 0.62 * TRIM_W_UM
    assert (ink.left > 0.35 * TRIM_W_UM) is (align == "right")
    assert (ink.bottom < 0.4 * TRIM_H_UM) is (layout == "top")


def test_handwriting_takes_a_hand_and_strays_the_same_way_each_time():
    once = set_in("handwritten", TEXTS[1], font="lato")
    set_words.cache_clear()

    assert as_set(Lettering(form="handwritten", font="lato")).font == "caveat"
    assert as_set(Lettering(form="handwritten", font="great-vibes")).font == "great-vibes"
    assert set_in("handwritten", TEXTS[1], font="lato").path.getBounds() == once.path.getBounds()


def test_a_verse_keeps_its_lines_and_indents_every_second_of_a_stanza():
    setting = set_in("verse", POEM, PAPER)
    lefts = [frame.left for frame in setting.line_frames]

    assert "\n".join(setting.lines) == POEM
    assert [left - lefts[0] > 1_000 for left in lefts] == [False, True, False, True]


def test_a_letter_is_flush_left_and_small_enough_to_be_read():
    words = "Dear Grandma,\n\nThank you for the warmest summer I can remember, and for every story.\n\nYours, Anna"
    setting = set_in("letter", words, PAPER, font="lato", layout="top")
    lefts = [frame.left for frame in setting.line_frames]

    assert max(lefts) - min(lefts) < 1_000
    assert setting.size_pt <= 19


def test_a_signature_is_written_by_hand_below_the_right_end():
    setting = set_in("signature", "With all our love,\nAnna & Tom", PAPER, font="lato")
    *above, name = setting.line_frames

    assert name.right == pytest.approx(max(line.right for line in above), abs=1)
    assert name.top > above[-1].bottom
    assert set_in("signature", "A sentence that goes on " * 3, PAPER).lines


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_read_on_the_worst_ground(form):
    spec = PageSpec(front_preview(360), art=CONFETTI, words=TEXTS[1], lettering=Lettering(form=form))

    assert render_page(spec).inked.contrast >= READABLE * 0.9


def test_a_banner_runs_from_edge_to_edge():
    spec = PageSpec(front_preview(360), art=CONFETTI, words="Joy!", lettering=Lettering(form="banner", layout="top"))
    page = render_page(spec)
    strip = [row for row in page.pixels if row.min() > 200]

    assert page.inked.plate == "banner"
    assert len(strip) > 10
    assert np.ptp(np.array(strip[0]).astype(int)) < 60


@pytest.mark.parametrize("size", ["small", "medium", "large"])
@pytest.mark.parametrize("code", fonts.FONTS)
def test_a_greeting_of_three_lines_leaves_the_motif_alone(code, size):
    words = "Happy Birthday\nto the best\ngrandmother"
    top = set_in("plain", words, layout="top", font=code, size=size)
    foot = set_in("plain", words, layout="bottom", font=code, size=size)

    assert top.ink.bottom <= 0.32 * TRIM_H_UM
    assert foot.ink.top >= 0.68 * TRIM_H_UM
