"""The shipped set of labelled texts, against the figures that are wanted of screening."""

import json

import pytest
from django.conf import settings

from designs.screening import names
from designs.screening.text import judge

TEXTS = json.loads((settings.BASE_DIR / "benchmarks" / "data" / "screening.json").read_text())


def caught(text):
    verdict = judge(text["text"], text["purpose"], names.current())
    return bool(verdict.refusal or verdict.told or verdict.concerns)


@pytest.mark.parametrize("parts", [("tune", "held_out"), ("held_out",)])
def test_nine_in_ten_are_caught_and_few_others(parts):
    chosen = [text for text in TEXTS if text["part"] in parts]
    bad = {text["text"] for text in chosen if text["wanted"] != "clean"}
    found = {text["text"] for text in chosen if caught(text)}

    assert len(bad & found) / len(bad) >= 0.9
    assert len(bad & found) / len(found) >= 0.85


def test_the_set_is_large_and_half_of_it_clean():
    clean = [text for text in TEXTS if text["wanted"] == "clean"]

    assert len(TEXTS) >= 200
    assert 0.4 <= len(clean) / len(TEXTS) <= 0.6
