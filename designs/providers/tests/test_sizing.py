import pytest

from designs.providers.sizing import ratio_for, size_for

FREE = {"kind": "free", "multiple": 16, "least_px": 655_360, "most_px": 8_294_400, "edge_px": 3_840, "ratio": 3}
RATIOS = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"]


@pytest.mark.parametrize(
    ("wanted", "ratio"),
    [((1575, 2175), "3:4"), ((3375, 2625), "5:4"), ((3675, 3675), "1:1"), ((1000, 200), "21:9"), ((200, 1000), "9:16")],
)
def test_the_ratio_that_loses_least_is_asked_for(wanted, ratio):
    assert ratio_for(*wanted, RATIOS) == ratio


@pytest.mark.parametrize(
    ("wanted", "size"),
    [
        ((1575, 2175), (1584, 2192)),
        ((4096, 4096), (2880, 2880)),
        ((240, 336), (688, 960)),
        ((9000, 1000), (3840, 1280)),
    ],
)
def test_a_free_size_keeps_the_shape_within_what_the_model_allows(wanted, size):
    found = size_for(*wanted, FREE)

    assert all(side % 16 == 0 and side <= 3_840 for side in found)
    assert 655_360 <= found[0] * found[1] <= 8_294_400
    assert found == size


def test_of_listed_sizes_the_one_of_the_shape_is_taken():
    shape = {"kind": "sizes", "sizes": ["1024x1024", "1536x1024", "1024x1536"]}

    assert [size_for(*wanted, shape) for wanted in ((800, 800), (1575, 2175), (2175, 1575))] == [
        (1024, 1024),
        (1024, 1536),
        (1536, 1024),
    ]


def test_a_model_without_a_shape_draws_what_is_wanted():
    assert size_for(742, 1024, {}) == (742, 1024)
