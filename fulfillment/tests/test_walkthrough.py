"""A card and a calendar from a sentence to a shipped print, and what becomes of tampered ones: HTTP only."""

import json
import subprocess
import sys

import pytest

from fulfillment.torture.recipe import ROOT
from fulfillment.walkthrough.digests import digest_of

pytestmark = [pytest.mark.sandbox, pytest.mark.serial]

KINDS = ("file", "property", "digest", "unpaid")
CALENDAR_S = 600  # thirteen pictures of sixteen megapixels each, on a machine that has other things to do


def start(stack, *options, kind="card", timeout_s=150):
    command = [sys.executable, "manage.py", "walkthrough", kind, "--json", "--timeout", str(timeout_s), *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=stack.env, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


def end(process):
    """The exit code, and what it wrote on stdout and stderr."""
    with process:
        stdout, stderr = process.communicate(timeout=CALENDAR_S + 50)
    return process.returncode, stdout, stderr


@pytest.fixture(scope="module")
def tampered(stack):
    """All of them at the same time: most of their time they wait."""
    return dict(zip(KINDS, map(end, [start(stack, "--tamper", kind) for kind in KINDS]), strict=True))


def test_a_sentence_ends_as_a_shipped_print_of_exactly_the_proof(stack):
    code, stdout, stderr = end(start(stack))

    assert code == 0, stderr
    (line,) = stdout.splitlines()
    answer = json.loads(line)
    assert answer["order"]["state"] in ("shipped", "delivered")
    assert answer["supplier"]["files"] == answer["proof"]["files"]
    assert [file["position"] for file in answer["proof"]["files"]] == ["back", "front", "inside-left", "inside-right"]
    hashes = {file["position"]: file["sha256"] for file in answer["supplier"]["files"]}
    assert digest_of(hashes) == answer["proof"]["digest"]
    assert answer["tracking_number"].startswith("9400")


def test_a_theme_and_a_site_elsewhere_lead_to_the_same_print(stack):
    for code, stdout, stderr in map(end, [start(stack, "--via", via) for via in ("theme", "webflow")]):
        assert code == 0, stderr
        answer = json.loads(stdout)
        assert answer["supplier"]["files"] == answer["proof"]["files"]
        assert answer["order"]["state"] in ("shipped", "delivered")


@pytest.mark.walk
def test_photos_and_a_sentence_end_as_a_shipped_calendar_of_exactly_the_proof(stack):
    code, stdout, stderr = end(start(stack, kind="calendar", timeout_s=CALENDAR_S))

    assert code == 0, stderr
    answer = json.loads(stdout)
    positions = [file["position"] for file in answer["proof"]["files"]]
    assert positions == ["cover", *(f"month-{number:02d}" for number in range(1, 13))]
    assert answer["supplier"]["files"] == answer["proof"]["files"]
    assert answer["order"]["state"] in ("shipped", "delivered")


@pytest.mark.parametrize("tamper", KINDS)
def test_a_tampered_order_ends_held_with_nothing_at_the_supplier(tampered, tamper):
    code, stdout, stderr = tampered[tamper]

    assert code == 0, stderr
    answer = json.loads(stdout)
    assert (answer["order"], answer["supplier"], answer["tracking_number"]) == ({"state": "held"}, {"files": []}, "")


def test_a_wrong_password_ends_the_walk_with_a_word(stack):
    code, stdout, stderr = end(start(stack, "--ops-password", "not-this-one"))

    assert (code, stdout) == (1, "")
    assert "does not let ops@example.com in" in stderr
