import pytest

from designs.products.verdict import Counts, Share, share, statements


def said(*pictures):
    counts = [Counts(place, *numbers) for place, numbers in enumerate(pictures, start=1)]
    return [(statement.measure, statement.state, statement.place) for statement in statements(counts)]


@pytest.mark.parametrize(
    ("hits", "shown", "expected"),
    [
        (0, 0, None),
        (0, 10, Share(0.0, 0.0, 0.2775)),
        (10, 100, Share(0.1, 0.0552, 0.1744)),
        (50, 100, Share(0.5, 0.4038, 0.5962)),
        (10, 10, Share(1.0, 0.7225, 1.0)),
        (12, 10, Share(1.0, 0.7225, 1.0)),
    ],
)
def test_the_interval_is_wilsons(hits, shown, expected):
    assert share(hits, shown) == expected


@pytest.mark.parametrize(
    ("first", "second", "clicks", "purchases"),
    [
        ((99, 60, 40), (500, 1, 0), ("collecting", None), ("collecting", None)),
        ((100, 19, 0), (100, 0, 0), ("collecting", None), ("collecting", None)),
        ((100, 12, 0), (100, 8, 0), ("even", None), ("collecting", None)),
        ((1000, 200, 40), (1000, 100, 30), ("ahead", 1), ("even", None)),
        ((1000, 20, 2), (1000, 100, 60), ("ahead", 2), ("ahead", 2)),
        ((200, 50, 0), (200, 50, 0), ("even", None), ("collecting", None)),
    ],
)
def test_nobody_is_ahead_before_the_counts_say_so(first, second, clicks, purchases):
    assert said(first, second) == [("clicked", *clicks), ("bought", *purchases)]


def test_who_is_ahead_is_ahead_of_every_other_picture():
    assert said((1000, 200, 0), (1000, 190, 0), (1000, 20, 0))[0] == ("clicked", "even", None)
    assert said((1000, 200, 0), (1000, 120, 0), (1000, 20, 0))[0] == ("clicked", "ahead", 1)


def test_chance_alone_seldom_names_a_picture():
    """Ten pictures alike, a thousand times: at most one in twenty may be called ahead."""
    import random

    dice = random.Random(7)
    named = 0
    for _ in range(1000):
        counts = [Counts(place, 500, sum(dice.random() < 0.1 for _ in range(500)), 0) for place in range(1, 11)]
        named += statements(counts)[0].state == "ahead"

    assert named <= 50


def test_the_statement_says_it_in_words():
    texts = [statement.text for statement in statements([Counts(1, 1000, 200, 0), Counts(2, 1000, 100, 0)])]

    assert texts == [
        "Picture 1 is clicked more often than every other one: its 95 % interval lies above theirs.",
        "Too early to compare purchases: each picture needs 100 views, and all together 20 purchases.",
    ]
