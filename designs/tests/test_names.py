import json

import pytest
from django.conf import settings as shipped_settings

from designs.models import ProtectedName
from designs.screening import names, text
from designs.screening.names import Names, compiled, judge
from designs.screening.rules import PROMPT

SHIPPED = json.loads((shipped_settings.BASE_DIR / "fixtures" / "protected_names.json").read_text())
LIST = Names(compiled(row["fields"]) for row in SHIPPED)


@pytest.fixture
def rows_of_ops(settings, db):
    """The process reads the rows at every need, as another one would within seconds."""
    held = names.current()
    settings.NAMES_FRESH_S = 0
    names.hold(None)
    yield
    names.hold(held)


def test_the_shipped_list_has_every_kind_and_a_description_for_what_is_rewritten():
    fields = [row["fields"] for row in SHIPPED]

    assert len({row["name"] for row in fields}) == len(fields) >= 300
    assert {row["kind"] for row in fields} == set(ProtectedName.Kind.values)
    assert [row["name"] for row in fields if row["action"] == "rewrite" and not row["generic"]] == []


@pytest.mark.parametrize(
    ("prompt", "rewritten"),
    [
        ("a Mickey Mouse cake", "a cheerful cartoon mouse cake"),
        ("my Pikachu's hat", "my yellow mouse with red cheeks's hat"),
        ("an Oreo", "a chocolate sandwich cookie"),
        ("M1ckey M0use", "a cheerful cartoon mouse"),
        ("m i c k e y m o u s e", "a cheerful cartoon mouse"),
        ("Рikachu", "a yellow mouse with red cheeks"),
        ("PIKACHUUUU!", "a yellow mouse with red cheeks!"),
        ("spiderman and spider man", "an acrobatic masked hero and an acrobatic masked hero"),
        ("in the style of David Hockney", "in the style of a painter of sunlit pools in flat color"),
        ("Elsa and Olaf, frozen", "an ice princess in a blue gown and a merry little snowman, a wintry fairy tale"),
    ],
)
def test_names_are_found_as_people_write_them(prompt, rewritten):
    assert judge(prompt, LIST).text == rewritten


@pytest.mark.parametrize(
    "prompt",
    [
        "a frozen lake",
        "an apple pie",
        "a target with an arrow",
        "up and away",
        "leg o lamb",
        "a swift, a taylor",
        "Сосна",
    ],
)
def test_plain_words_are_not_taken_for_names(prompt):
    assert judge(prompt, LIST).text == prompt
    assert judge(prompt, LIST).refusal is None


def test_a_refusal_names_the_name_and_says_why():
    assert judge("Lady Gaga in a cake", LIST).refusal.message == (
        "We make no pictures of real, well-known people such as “Lady Gaga”. Describe someone like that instead."
    )


def test_what_ops_change_acts_at_the_next_look(rows_of_ops):
    row = ProtectedName.objects.create(name="Blorbo", kind="character", action="block")
    assert judge("a blorbo", names.current()).refusal is not None

    row.active = False
    row.save(update_fields=["active", "updated_at"])
    assert judge("a blorbo", names.current()).refusal is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_is_read_in_two_queries_and_looked_at_in_one(rows_of_ops, count, django_assert_num_queries):
    for number in range(count):
        ProtectedName.objects.create(name=f"Blorbo {number}", kind="character", action="block")
    with django_assert_num_queries(2):
        names.current()
    with django_assert_num_queries(1):
        names.current()


def test_nothing_is_asked_while_the_list_is_fresh(rows_of_ops, settings, django_assert_num_queries):
    names.current()
    settings.NAMES_FRESH_S = 60
    with django_assert_num_queries(0):
        names.current()


@pytest.mark.parametrize(
    ("prompt", "own", "kept"),
    [
        ("a Lego-compatible castle", ["Lego"], "a Lego-compatible castle"),
        ("LEGO castle", ["lego"], "LEGO castle"),
        ("a Lego castle and an Oreo", ["Lego"], "a Lego castle and a chocolate sandwich cookie"),
        ("a jar of Oreo Orchard jam", ["Oreo Orchard"], "a jar of Oreo Orchard jam"),
        ("an Oreo in the orchard", ["Oreo Orchard"], "a chocolate sandwich cookie in the orchard"),
        ("a Mickey Mouse mug", ["Mickey Mouse"], "a cheerful cartoon mouse mug"),
        ("in the style of David Hockney", ["David Hockney"], "in the style of a painter of sunlit pools in flat color"),
    ],
)
def test_a_brand_of_their_own_stays_and_nothing_else_does(prompt, own, kept):
    assert judge(prompt, LIST, own).text == kept


def test_what_ops_refuse_is_refused_whoever_calls_it_his_own():
    verdict = judge("a Marlboro ashtray", LIST, ["Marlboro"])

    assert verdict.refusal.reason == "protected_name"


def test_an_own_brand_opens_no_other_rule():
    verdict = text.judge("a Lego figure with a nazi salute", PROMPT, LIST, ["Lego", "nazi salute"])

    assert verdict.refusal.reason == "hate"


def test_a_description_without_room_is_put_in_one_word():
    prompt = "a Goku balloon"

    assert judge(prompt, LIST, longest=30).text == "a hero balloon"
    assert judge(prompt, LIST, longest=37).text == "a spiky-haired martial artist balloon"
    assert judge(prompt, LIST, longest=30).told == ("“Goku” is a protected name, so we wrote “hero” instead.",)


def test_every_kind_that_can_be_rewritten_has_one_word_of_its_own():
    assert set(names.BRIEFLY) == set(ProtectedName.Kind.values)
