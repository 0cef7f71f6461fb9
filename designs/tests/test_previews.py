import pytest

from billing.models import Guardrails
from billing.quota import QuotaSpent, account_subject, used
from cardmaker.core import storage
from designs.imaging.pictures import size_px
from designs.models import Format, PagePreview
from designs.proofs import previews
from designs.tests.factories import FLAT, FOLDED, NOON, DesignFactory, drawn_image, pick

pytestmark = pytest.mark.usefixtures("shelf")


def drawn(design, code=FLAT):
    chosen = Format.objects.get(pk=code)
    return previews.page_previews(design, chosen, previews.wanted(design, chosen), at=NOON)


def test_every_page_of_a_format_is_drawn_in_its_order():
    design = DesignFactory(format_id=FOLDED)
    pick(design, drawn_image(design))
    rows = drawn(design, FOLDED)

    assert [(row.width_px, row.height_px) for row in rows] == [(720, 1019)] * 4
    assert size_px(storage.read(rows[0].file)) == (720, 1019)
    assert rows[1].lost == {"top": 0.0, "right": 0.0, "bottom": 0.0, "left": 0.0}


def test_what_is_cut_away_is_told():
    design = DesignFactory()
    pick(design, drawn_image(design, width_px=2000, height_px=1000))
    front = drawn(design)[0]

    assert (front.lost["left"], front.lost["right"]) == (
        pytest.approx(0.319, abs=0.002),
        pytest.approx(0.319, abs=0.002),
    )
    assert [warning["code"] for warning in front.warnings] == ["much_cut_away"]


def test_a_page_is_drawn_once_until_it_changes():
    design = DesignFactory()
    first = [row.pk for row in drawn(design)]
    assert [row.pk for row in drawn(design)] == first

    design.pages.filter(position="front").update(words="Hello")
    second = [row.pk for row in drawn(design)]
    assert (second[0] != first[0], second[1] == first[1], PagePreview.objects.count()) == (True, True, 3)


def test_an_account_has_so_many_previews_drawn_an_hour_and_sees_drawn_ones_for_ever():
    Guardrails.objects.create(previews_per_hour=3)
    design = DesignFactory()
    drawn(design)
    drawn(design)
    design.pages.update(words="Hello")

    with pytest.raises(QuotaSpent):
        drawn(design)

    assert PagePreview.objects.count() == 2
    assert used(account_subject(design.account_id), "preview", "hour", at=NOON) == 2


def test_words_that_do_not_fit_are_left_out_and_told():
    design = DesignFactory()
    design.pages.filter(position="front").update(words="word " * 100, lettering={"size": 90})
    front = drawn(design)[0]

    assert [(warning["code"], warning["level"]) for warning in front.warnings] == [("words_do_not_fit", "block")]


def test_previews_that_were_drawn_cost_six_queries(django_assert_num_queries):
    design = DesignFactory()
    pick(design, drawn_image(design))
    drawn(design)

    with django_assert_num_queries(7):
        drawn(design)
