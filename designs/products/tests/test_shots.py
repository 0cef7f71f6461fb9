from collections import Counter

from designs.products.shots import Option, plan


def options(axis, *names):
    return [Option(f"{axis}-{name}", axis, name.title(), name) for name in names]


CHOSEN = {
    "angle": options("angle", "front", "above", "close"),
    "background": options("background", "white", "wood"),
    "season": [Option("season-any", "season", "Any", "")],
}


def test_a_plan_goes_over_every_combination_before_it_repeats_one():
    planned = plan("blue mug", CHOSEN, variations=8)

    assert [shot.take for shot in planned] == [1, 1, 1, 1, 1, 1, 2, 2]
    assert len({frozenset(shot.options.values()) for shot in planned[:6]}) == 6
    assert planned[0].options == {"angle": "angle-front", "background": "background-white", "season": "season-any"}
    assert planned[0].prompt == "Product picture of a blue mug; front; white"


def test_a_short_plan_uses_every_option_about_equally_often():
    planned = plan("mug", CHOSEN, variations=3)

    used = Counter(code for shot in planned for code in shot.options.values())
    assert used["angle-front"] == used["angle-above"] == used["angle-close"] == 1
    assert abs(used["background-white"] - used["background-wood"]) == 1


def test_what_is_taken_is_not_planned_again():
    first = plan("mug", CHOSEN, variations=6)
    taken = [(frozenset(shot.options.values()), shot.take) for shot in first[:4]]

    further = plan("mug", CHOSEN, variations=4, taken=taken)

    assert [(shot.options, shot.take) for shot in further[:2]] == [(shot.options, 1) for shot in first[4:]]
    assert [shot.take for shot in further[2:]] == [2, 2]


def test_without_options_there_are_takes_of_the_product_alone():
    planned = plan("oak board", {}, variations=2)

    assert [(shot.options, shot.take, shot.prompt) for shot in planned] == [
        ({}, 1, "Product picture of an oak board"),
        ({}, 2, "Product picture of an oak board"),
    ]
