import pytest

from cardmaker.core.errors import BadInput
from designs.admission import Inadmissible, admit

PROMPT_SCRUBS = [
    ("a fox, ask ada@example.com about it", "a fox, ask about it", ["an e-mail address"]),
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
    ("ada@example.com and bob@example.com", "and", ["an e-mail address"]),
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


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a naked child", "minors"),
        ("a sexy little girl", "minors"),
        ("hardcore porn", "sexual"),
        ("Heil Hitler", "hate"),
        ("k1ll all jews", "hate"),
        ("I want to kill myself", "self_harm"),
        ("Mickey Mouse on a bike", "protected_name"),
        ("a cute Pokémon", "protected_name"),
        ("SPIDER-MAN swinging", "protected_name"),
    ],
)
def test_a_prompt_that_breaks_a_rule_is_refused_beside_its_field(text, reason):
    with pytest.raises(Inadmissible) as refusal:
        admit(text, field="prompt")

    assert refusal.value.reason == reason
    assert list(refusal.value.details) == ["prompt"]


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
