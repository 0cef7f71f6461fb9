import pytest

from cardmaker.core.errors import BadInput
from cardmaker.core.timelimit import time_limit
from designs.screening.admission import Inadmissible, admit
from designs.screening.verdict import Concern

PROMPT_SCRUBS = [
    ("a fox, ask ada@example.com about it", "a fox, ask about it", ["an email address"]),
    ("call +1 (555) 010-9999 for the cake", "call for the cake", ["a phone number"]),
    ("call 555-010-9999, please", "call, please", ["a phone number"]),
    ("ring +4915112345678 tonight", "ring tonight", ["a phone number"]),
    ("pay with 4111 1111 1111 1111 now", "pay with now", ["a card number"]),
    ("my number 078-05-1120", "my number", ["a social security number"]),
    ("account DE89 3704 0044 0532 0130 00 thanks", "account thanks", ["a bank account number"]),
    ("a house at 221 Baker Street, Springfield, IL 62704", "a house at", ["a postal address"]),
    ("the cat of 42 elm street", "the cat of", ["a postal address"]),
    ("ein Garten, Hauptstraße 12, 10115 Berlin", "ein Garten,", ["a postal address"]),
    ("send it to PO Box 123", "send it to", ["a postal address"]),
    ("customer 123456789", "customer", ["a long number"]),
    ("ada@example.com and bob@example.com", "and", ["an email address"]),
]
KEPT = [
    "a fox in the snow, 3 birch trees and 12 lanterns",
    "Happy 2026-12-25 with 5 cozy street lamps",
    "from 2024 2025 2026, a year in leaves",
    "Ada and Grace dancing, soft 1970s colors",
    "two children building a snowman",
    "3 bears walking down the road",
]


@pytest.mark.parametrize(("text", "left", "removed"), PROMPT_SCRUBS)
def test_personal_data_is_cut_from_a_prompt_and_named(text, left, removed):
    admitted = admit(text, field="prompt")

    assert (admitted.text, admitted.removed) == (left, removed)


@pytest.mark.parametrize("text", KEPT)
def test_ordinary_prompts_stay_as_they_were_written(text):
    admitted = admit(text, field="prompt")

    assert (admitted.text, admitted.removed) == (text, [])


def test_words_keep_names_addresses_and_phones_but_lose_card_numbers():
    words = "Dear Ada,\ncome to 12 Rose Street, call 555-010-9999\nor write to bob@example.com"

    assert admit(words, field="words", purpose="words").text == words
    assert admit(f"{words} 4111111111111111", field="words", purpose="words").removed == ["a card number"]


def test_control_characters_go_and_line_breaks_stay():
    assert admit("Happy\x00 birth\x07day\r\nAda", field="words", purpose="words").text == "Happy birthday\nAda"


def test_a_tab_parts_words_and_hides_none():
    assert admit("a fox\tin snow", field="prompt").text == "a fox in snow"
    with pytest.raises(Inadmissible):
        admit("kill\tyourself", field="prompt")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a naked child", "minors"),
        ("a sexy little girl", "minors"),
        ("hardcore porn", "sexual"),
        ("Heil Hitler", "hate"),
        ("k1ll all jews", "hate"),
        ("I want to kill myself", "self_harm"),
        ("Taylor Swift on a bike", "protected_name"),
        ("the Playboy bunny", "protected_name"),
    ],
)
def test_a_prompt_that_breaks_a_rule_is_refused_beside_its_field(text, reason):
    with pytest.raises(Inadmissible) as refusal:
        admit(text, field="prompt")

    assert refusal.value.reason == reason
    assert list(refusal.value.details) == ["prompt"]


def test_a_protected_name_is_written_over_and_the_person_is_told():
    admitted = admit("Mickey Mouse on a bike", field="prompt")

    assert admitted.text == "a cheerful cartoon mouse on a bike"
    assert admitted.notices("prompt") == [
        "“Mickey Mouse” is a protected name, so we wrote “a cheerful cartoon mouse” instead."
    ]


def test_what_a_person_should_look_at_goes_through_with_the_words_it_is_about():
    admitted = admit("a sexy fireman with a kitten", field="prompt")

    assert (admitted.text, admitted.concerns) == ("a sexy fireman with a kitten", (Concern("sexual", "sexy"),))
    assert admit("Still sexy at sixty", field="words", purpose="words").concerns == ()


def test_a_note_to_us_is_scrubbed_and_not_judged():
    admitted = admit("Kill this order, damn it. Call 555-010-9999", field="note", purpose="note")

    assert (admitted.text, admitted.removed) == ("Kill this order, damn it. Call", ["a phone number"])


def test_who_writes_of_harming_themselves_is_answered_kindly():
    with pytest.raises(Inadmissible) as refusal:
        admit("I want to end my life", field="words", purpose="words")

    assert "you do not have to carry them alone" in refusal.value.message


def test_words_may_carry_a_protected_name_and_no_hate():
    assert admit("Happy birthday, Barbie!", field="words", purpose="words").text == "Happy birthday, Barbie!"
    with pytest.raises(Inadmissible):
        admit("white power", field="words", purpose="words")


def test_a_word_inside_another_word_breaks_no_rule():
    assert admit("Middlesex and Essex in spring, a spicy soup", field="prompt").removed == []


@pytest.mark.parametrize(("purpose", "limit"), [("prompt", 500), ("words", 600)])
def test_a_text_over_the_limit_is_refused_with_both_numbers(purpose, limit):
    with pytest.raises(BadInput) as refusal:
        admit("x" * 10_000, field=purpose, purpose=purpose)

    assert refusal.value.details == {purpose: [f"At most {limit} characters, this has 10,000."]}


def test_a_longer_text_is_taken_where_a_longer_one_is_meant():
    assert admit("a mug " * 300, field="description", limit=2_000).text == ("a mug " * 300).strip()

    with pytest.raises(BadInput) as refusal:
        admit("x" * 2_001, field="description", limit=2_000)
    assert refusal.value.details == {"description": ["At most 2000 characters, this has 2,001."]}


WORST = {
    "signs in a name": "1-" * 10_000,
    "a row of digits": "1" * 20_000,
    "looks before each address": "USA x " * 1_600 + ", " + "APO AA 12345 " * 700,
    "a name over and over": "Nike " * 4_000,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_the_worst_texts_are_judged_in_a_moment(text: str):
    # Each took from seconds to many minutes while some pattern read on from every place of the text.
    with time_limit(30):
        admitted = admit(text, field="text", purpose="pasted", own=["Nike", "Nike Shoes"])

    assert admitted.text.startswith(text[:4]) or admitted.removed
    assert "Nike" not in text or admitted.told == ()
