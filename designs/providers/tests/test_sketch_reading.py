import pytest

from designs.providers.sketch.choose import chosen
from designs.providers.sketch.color import distance
from designs.providers.sketch.reading import read


@pytest.mark.parametrize(
    ("prompt", "meant"),
    [
        ("a fox in the snow", {"fox", "snow"}),
        ("Two rabbits in a spring meadow", {"rabbit", "spring", "meadow"}),
        ("foxes and mice at night", {"fox", "mouse", "night"}),
        ("Happy birthday with balloons and a cake", {"birthday", "balloon", "cake"}),
        ("Merry Christmas, a cozy village", {"christmas", "village", "cozy"}),
        ("hot air balloons over mountains at sunset", {"hot-air-balloon", "mountains", "dusk"}),
        ("paper lanterns for Diwali", {"lantern", "diwali"}),
        ("a snowman by the lake", {"snowman", "lake"}),
        ("thank-you flowers", {"thanks", "flowers"}),
        ("cherry blossoms at dawn", {"cherry-blossom", "dawn"}),
        ("an owl in the forest in autumn", {"owl", "forest", "autumn"}),
        ("penguins in December", {"penguin", "winter"}),
        ("our wedding, with peonies", {"wedding", "peony"}),
        ("a watercolour lighthouse by the sea", {"watercolor", "lighthouse", "sea"}),
        ("whale under the sea", {"whale", "underwater"}),
        ("city skyline on a rainy evening", {"city", "rain", "dusk"}),
        ("graduation owl with a diploma", {"graduation", "owl", "scroll"}),
        ("get well soon, a cup of tea", {"getwell", "cup"}),
        ("with sympathy, an olive branch", {"sympathy", "olive-branch"}),
        ("Lunar New Year lanterns", {"lunar", "lantern"}),
        ("a bicycle in the city, mid-century", {"bicycle", "city", "mid-century"}),
        ("linocut hedgehog", {"linocut", "hedgehog"}),
        ("a rocket in outer space", {"rocket", "space"}),
        ("Easter eggs and a chick", {"easter", "egg", "chick"}),
        ("happy Mother's Day bouquet", {"mother", "bouquet"}),
        ("a teddy bear for the new baby", {"teddy", "baby"}),
        ("Halloween ghosts and pumpkins", {"halloween", "ghost", "pumpkin"}),
        ("sailing boats at the beach in summer", {"sailboat", "beach", "summer"}),
        ("camper van in the desert", {"van", "desert"}),
        ("bees and lavender", {"bee", "lavender"}),
        ("a red fox under the stars", {"fox", "star"}),
        ("kittens with yarn", {"cat", "yarn"}),
        ("ice cream in July", {"ice-cream", "summer"}),
        ("champagne for our anniversary", {"glasses", "anniversary"}),
        ("shamrocks for St. Patrick's day", {"clover", "patrick"}),
        ("fireworks for the fourth of July", {"firework", "independence"}),
        ("a reindeer with a red nose", {"reindeer"}),
        ("elegant night glow moon", {"elegant", "night-glow", "moon"}),
        ("autumn leaves and mushrooms", {"autumn", "mushroom"}),
        ("goodbye, a train in the countryside", {"farewell", "train", "meadow"}),
        ("ravens on a branch", {"bird"}),
        ("oranges and apples", {"orange", "apple"}),
        ("a pirate ship and a sea monster", {"galleon", "octopus"}),
        ("a rocket past a planet", {"rocket", "planet", "space"}),
        ("an evening in Paris", {"eiffel", "city", "dusk"}),
    ],
)
def test_named_things_are_understood(prompt, meant):
    reading = read(prompt)
    heard = {subject.motif for subject in reading.subjects} | {"flowers" if reading.flowers else ""}
    heard |= {
        reading.occasion,
        reading.season,
        reading.time,
        reading.weather,
        reading.place,
        reading.mood,
        reading.style,
    }

    assert meant - heard == set()


def test_numbers_and_colors_belong_to_what_they_stand_before():
    reading = read("three red balloons and a blue bird")

    assert [(subject.motif, subject.count, subject.tint) for subject in reading.subjects] == [
        ("balloon", 3, "#d9362f"),
        ("bird", 1, "#3577c9"),
    ]
    assert reading.colors == []


def test_what_is_denied_stays_away():
    reading = read("a fox in winter, no snow, without balloons")

    assert (reading.weather, reading.without) == ("", ["snow", "balloon"])
    assert chosen("a fox in winter, no snow", "", "", 1).weather == "none"


def test_the_negative_prompt_denies_subjects():
    assert [subject.motif for subject in read("a cat and a dog", "dogs").subjects] == ["cat"]


def test_palettes_follow_color_words():
    for word, color in (("purple", "#8a5cc4"), ("green", "#3f9a5c"), ("pink", "#f27ea6")):
        for seed in range(4):
            spec = chosen(f"flowers in {word}", "", "", seed)
            assert min(distance(color, accent) for accent in spec.colors().accents) < 0.05


def test_unknown_words_still_change_the_picture():
    specs = {chosen(f"{word} zzz", "", "", 1).seed for word in ("qwert", "asdfg", "yxcvb")}

    assert len(specs) == 3


@pytest.mark.parametrize(
    ("prompt", "bonds"),
    [
        ("a cat reading", [("cat", "holds", "book")]),
        ("two foxes dancing", [("fox", "dances", "")]),
        ("a penguin on a sled", [("penguin", "on", "sled")]),
        ("a dog in a boat", [("dog", "in", "sailboat")]),
        ("a fox under the tree", [("fox", "under", "round-tree")]),
        ("a rabbit under an umbrella", [("rabbit", "under", "umbrella")]),
        ("a lion wearing a crown", [("lion", "holds", "crown")]),
        ("a bear with a party hat", [("bear", "with", "party-hat")]),
        ("a mouse riding a turtle", [("mouse", "on", "turtle")]),
        ("a cat and a dog on a bicycle", [("dog", "on", "bicycle")]),
        ("a cat sailing and a bear with a cup", [("cat", "in", "sailboat"), ("bear", "with", "cup")]),
        ("an elephant with an umbrella in the rain", [("elephant", "with", "umbrella")]),
        ("a bear with a house", []),
        ("a giraffe in a party hat", [("giraffe", "with", "party-hat")]),
        ("a house on a hill", []),
        ("a cat. On the sled a gift", []),
    ],
)
def test_who_does_what_with_what_is_understood(prompt, bonds):
    assert read(prompt).bonds == bonds


@pytest.mark.parametrize(
    ("prompt", "counts"),
    [
        ("three balloons", {"balloon": 3}),
        ("a red balloon", {"balloon": 1}),
        ("balloons", {"balloon": 0}),
        ("foxes in the snow", {"fox": 2}),
        ("a fox with hearts", {"fox": 1, "heart": 0}),
        ("one hot air balloon", {"hot-air-balloon": 1}),
        ("hot air balloons", {"hot-air-balloon": 0}),
        ("a dozen roses", {"rose": 12}),
    ],
)
def test_one_some_and_so_many_are_told_apart(prompt, counts):
    assert {subject.motif: subject.count for subject in read(prompt).subjects} == counts


@pytest.mark.parametrize(
    ("prompt", "season", "occasion"),
    [
        ("March", "spring", ""),
        ("May your days be bright", "", ""),
        ("a picnic in May", "spring", ""),
        ("snow falls on a cabin", "", ""),
        ("falling leaves", "autumn", ""),
        ("the 4th of July", "", "independence"),
        ("Diwali", "", "diwali"),
        ("Bonfire night", "", "independence"),
        ("Mardi Gras", "", "newyear"),
        ("Oktoberfest", "autumn", ""),
    ],
)
def test_months_and_holidays_are_known_and_verbs_are_not_taken_for_them(prompt, season, occasion):
    reading = read(prompt)

    assert (reading.season, reading.occasion) == (season, occasion)
