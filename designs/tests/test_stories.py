import pytest

from cardmaker.core.errors import BadInput
from designs.screening.admission import admit
from designs.tests.factories import NOON
from designs.year import calendars
from designs.year.stories import propose, theme_of, who_of
from designs.year.storybook import FESTIVE, NORTH, SOUTH, THEMES, YEAR

POSITIONS = ["cover", *(f"month-{number:02d}" for number in range(1, 13))]
SENTENCES = [
    "Our family travels around the world",
    "my dog Bruno as an astronaut",
    "A year of our cat cooking",
    "We travel",
    "Grandma and grandpa in love since 1974",
    "Une année à la mer avec mes amis",
    "Please make a calendar about two heroes saving their town",
    "The quiet life of a very long and winding sentence that simply does not want to end, because whoever wrote it had"
    " so many ideas about the mountains, the river, the old house and everybody who ever lived in it, all year long",
]


def year(country="US", **changes):
    return {**calendars.defaults(country, at=NOON), **changes}


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("country", ["US", "AU", "DE", "JP"])
def test_every_page_gets_a_prompt_that_can_be_drawn(sentence, country):
    pages = propose(sentence, year(country))

    assert [page["position"] for page in pages] == POSITIONS
    assert [page for page in pages if not 10 <= len(page["prompt"]) <= 200] == []
    assert [page for page in pages if admit(page["prompt"], field="prompt").text != page["prompt"]] == []
    assert len({page["prompt"] for page in pages}) == 13


def test_the_same_sentence_tells_the_same_story():
    assert propose(SENTENCES[0], year()) == propose(SENTENCES[0], year())
    assert propose(SENTENCES[0], year()) != propose(SENTENCES[1], year())


def test_seasons_follow_the_hemisphere_and_feasts_the_country():
    here, there = propose("my dog", year("US")), propose("my dog", year("AU"))

    assert any(light in here[1]["prompt"] for light in NORTH[0])
    assert any(light in there[1]["prompt"] for light in SOUTH[0])
    assert FESTIVE["US"][7] in here[7]["prompt"]
    assert FESTIVE["AU"][12] in there[12]["prompt"]


def test_sheets_that_begin_in_september_show_its_season():
    first = propose("my dog", year(start_month=9))[1]["prompt"]

    assert any(light in first for light in NORTH[8])


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("My sister Ann travels the world", "the sister Ann in the photos"),
        ("we discover new planets", "the people in the photos"),
        ("I run a marathon", "the person in the photos"),
        ("A fox in the snow", "A fox"),
        ("a year of two friends sailing", "two friends"),
        ("Please show me a story about Tom and Lea as pirates", "Tom and Lea"),
    ],
)
def test_a_sentence_is_about_somebody(sentence, who):
    assert who_of(sentence) == who


def test_themes_are_found_by_their_words():
    assert theme_of("Two cats in space").name == "space"
    assert theme_of("Two cats at home") is YEAR
    assert [len(theme.scenes) for theme in (*THEMES, YEAR)] == [12] * 13


@pytest.mark.parametrize("sentence", ["", "  ", "?!", "x" * 301, "taylor swift everywhere", "how to overdose"])
def test_what_makes_no_story_is_refused_beside_the_sentence(sentence):
    with pytest.raises(BadInput) as refusal:
        propose(sentence, year())

    assert list(refusal.value.details) == ["sentence"]
