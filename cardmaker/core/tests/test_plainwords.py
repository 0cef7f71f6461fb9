"""Nothing that REST framework says in its own words reaches a person."""

import pytest
from rest_framework import serializers

from cardmaker.core.api import exception_handler
from cardmaker.core.plainwords import EMPTY


class Wish(serializers.Serializer):
    title = serializers.CharField(max_length=5, min_length=2)
    copies = serializers.IntegerField(min_value=1, max_value=9)
    kind = serializers.ChoiceField(choices=["card", "calendar"])
    pages = serializers.ListField(child=serializers.CharField(), allow_empty=False, max_length=2)
    sold = serializers.BooleanField(required=False)
    photo = serializers.UUIDField(required=False)
    starts = serializers.DateField(required=False)
    country = serializers.RegexField("^[A-Z]{2}$", required=False, error_messages={"invalid": "Two letters."})


GOOD = {"title": "Fox", "copies": 1, "kind": "card", "pages": ["front"]}


def told(**changes):
    try:
        Wish(data={**GOOD, **changes}).is_valid(raise_exception=True)
    except serializers.ValidationError as exc:
        return exception_handler(exc, {}).data["error"]["details"]
    return {}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", EMPTY),
        ("title", None, EMPTY),
        ("title", "Foxes and hounds", "Please use at most 5 characters."),
        ("title", "F", "Please use at least 2 characters."),
        ("title", ["x"], "Please write this another way."),
        ("copies", 10, "It can be 9 at most."),
        ("copies", 0, "It must be 1 at least."),
        ("copies", "many", "Please write a whole number."),
        ("kind", "poster", "Please choose one of what is offered."),
        ("pages", [], "Please choose at least one."),
        ("pages", ["a", "b", "c"], "Please choose at most 2."),
        ("sold", "perhaps", "Please choose yes or no."),
        ("photo", "mine", "There is no such thing."),
        ("starts", "soon", "Please write a date such as 2027-03-21."),
        ("country", "Narnia", "Two letters."),
    ],
)
def test_what_is_wrong_with_a_value_is_told_in_our_words(field, value, words):
    assert told(**{field: value}) == {field: [words]}


def test_what_is_missing_is_asked_for_and_what_is_nested_is_told_in_its_place():
    assert told() == {}
    assert told(pages=["a", None]) == {"pages": {1: [EMPTY]}}
