"""What REST framework says about a value, in words for the person who wrote it: they stand beside a field of a page."""

import re
from collections.abc import Mapping
from typing import Any

EMPTY = "Please fill this in."
WORDS = [
    (re.compile(pattern), words)
    for pattern, words in [
        (r"This field (may not be (blank|null)|is required)\.", EMPTY),
        (r"This (list|selection|dictionary) may not be empty\.", "Please choose at least one."),
        (r"Ensure this field has no more than (?P<most>\d+) characters\.", "Please use at most {most} characters."),
        (r"Ensure this field has at least (?P<least>\d+) characters\.", "Please use at least {least} characters."),
        (r"Ensure this field has no more than (?P<most>\d+) elements\.", "Please choose at most {most}."),
        (r"Ensure this field has at least (?P<least>\d+) elements\.", "Please choose at least {least}."),
        (r"Ensure this value is less than or equal to (?P<most>\S+)\.", "It can be {most} at most."),
        (r"Ensure this value is greater than or equal to (?P<least>\S+)\.", "It must be {least} at least."),
        (r"Ensure that there are no more than .*", "Please write a shorter number."),
        (r"A valid (big)?integer is required\.", "Please write a whole number."),
        (r"A valid number is required\.|String value too large\.", "Please write a number."),
        (r'".*" is not a valid choice\.', "Please choose one of what is offered."),
        (r"This value does not match the required pattern\.|Not a valid string\.", "Please write this another way."),
        (r"Must be a valid boolean\.", "Please choose yes or no."),
        (r"Must be a valid UUID\.|Invalid pk .* object does not exist\.", "There is no such thing."),
        (r"Date(time)? has wrong format\..*|Expected a date.*", "Please write a date such as 2027-03-21."),
        (r"Enter a valid URL\.", "Please write a web address such as https://www.example.com."),
        (r"Enter a valid email address\.", "Please write an email address such as robin@example.com."),
        (
            r"(The submitted file is empty|No file(name)? .*|The submitted data was not a file.*)\.?",
            "Please add a file.",
        ),
        (r"Upload a valid image\..*", "This is not a picture that we can open."),
    ]
]


def plain(told: Any) -> Any:
    """The same lists and mappings with such messages in our words; every other message stays."""
    if isinstance(told, Mapping):
        return {name: plain(each) for name, each in told.items()}
    if isinstance(told, list | tuple):
        return [plain(each) for each in told]
    return _words(str(told)) if isinstance(told, str) else told


def _words(message: str) -> str:
    for pattern, words in WORDS:
        if found := pattern.fullmatch(message):
            return words.format(**found.groupdict())
    return message
