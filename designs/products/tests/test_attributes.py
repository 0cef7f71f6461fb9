import pytest

from designs.products.attributes import Attributes, extract, subject_of


def test_a_description_is_read_in_the_order_of_its_words():
    read = extract(
        "Meadow mug, 350 ml",
        "Our hand-painted ceramic mugs come in sage green and white, glazed, dishwasher safe. A present for her.",
    )

    assert read == Attributes(
        category="mug",
        materials=["ceramic"],
        colors=["sage green", "white"],
        features=["hand-painted", "glazed"],
        audience="for women",
    )


@pytest.mark.parametrize(
    ("name", "description", "category"),
    [
        ("Oak cutting board", "For bread and cheese.", "cutting board"),
        ("Aurora", "A candle of beeswax in a glass.", "candle"),
        ("Nothing we know", "It is nice.", ""),
    ],
)
def test_the_kind_of_thing_comes_from_the_name_first(name, description, category):
    assert extract(name, description).category == category


def test_a_color_inside_another_is_not_read_twice():
    assert extract("Scarf", "navy blue wool").colors == ["navy blue"]


@pytest.mark.parametrize(
    ("name", "attributes", "subject"),
    [
        ("Meadow mug", {"category": "mug", "materials": ["ceramic"], "colors": ["blue"]}, "blue ceramic mug"),
        ("Meadow mug", {"category": "mug", "features": ["handmade"], "colors": ["blue"]}, "handmade, blue mug"),
        ("Aurora 3000 (2-pack)", {}, "Aurora"),
        (
            "Bluebird house",
            {"category": "bird house", "colors": ["blue"], "materials": ["wood"]},
            "blue wood bird house",
        ),
    ],
)
def test_the_subject_is_what_a_picture_can_show(name, attributes, subject):
    assert subject_of(name, attributes) == subject
