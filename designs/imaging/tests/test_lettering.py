import pytest

from designs.imaging.lettering import BadLettering, Lettering


def test_what_is_not_asked_for_takes_its_default():
    assert Lettering.parse({"font": "caveat", "align": None, "color": ""}) == Lettering(font="caveat")


def test_a_size_may_be_a_word_or_points():
    assert Lettering.parse({"size": "large"}).size == "large"
    assert Lettering.parse({"size": "24"}).size == 24.0


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"font": "wingdings"}, "font"),
        ({"font": ["lato"]}, "font"),
        ({"size": 2}, "size"),
        ({"size": "huge"}, "size"),
        ({"size": float("nan")}, "size"),
        ({"size": True}, "size"),
        ({"align": "justify"}, "align"),
        ({"layout": "left"}, "layout"),
        ({"color": "#12"}, "color"),
        ({"color": 7}, "color"),
        ({"plate": "wood"}, "plate"),
        ({"plate": {}}, "plate"),
    ],
)
def test_what_cannot_be_set_is_refused_beside_its_field(asked, field):
    with pytest.raises(BadLettering) as refusal:
        Lettering.parse(asked)

    assert refusal.value.field == field
