"""A card and a calendar from a sentence to a shipped print, and what becomes of tampered ones: HTTP only."""

import json
import subprocess
import sys

import pytest

from designs.tests.photographs import encoded, person
from fulfillment.torture.recipe import ROOT
from fulfillment.walkthrough.digests import digest_of

pytestmark = [pytest.mark.sandbox, pytest.mark.serial]

KINDS = ("file", "property", "digest", "unpaid")
HEIC = ROOT / "designs" / "tests" / "files" / "photo.heic"
SORTS = (("jpg", "JPEG"), ("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"))
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


def ends_of_tampering(stack, **how):
    """All of them at the same time: most of their time they wait."""
    return dict(zip(KINDS, map(end, [start(stack, "--tamper", kind, **how) for kind in KINDS]), strict=True))


@pytest.fixture(scope="module")
def tampered(stack):
    return ends_of_tampering(stack)


@pytest.fixture(scope="module")
def tampered_calendars(stack):
    return ends_of_tampering(stack, kind="calendar", timeout_s=CALENDAR_S)


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


@pytest.fixture
def photos(tmp_path):
    """A directory of five, one in each kind of file that people have."""
    for number, (suffix, kind) in enumerate(SORTS):
        (tmp_path / f"{number}.{suffix}").write_bytes(encoded(person(1200 + number, 1200), kind))
    (tmp_path / "photo.heic").write_bytes(HEIC.read_bytes())
    return tmp_path


@pytest.mark.walk
def test_photos_and_a_sentence_end_as_a_shipped_calendar_of_exactly_the_proof(stack, photos):
    code, stdout, stderr = end(start(stack, "--photos", str(photos), kind="calendar", timeout_s=CALENDAR_S))

    assert code == 0, stderr
    answer = json.loads(stdout)
    positions = [file["position"] for file in answer["proof"]["files"]]
    assert positions == ["cover", *(f"month-{number:02d}" for number in range(1, 13))]
    assert answer["supplier"]["files"] == answer["proof"]["files"]
    hashes = {file["position"]: file["sha256"] for file in answer["supplier"]["files"]}
    assert digest_of(hashes) == answer["proof"]["digest"]
    assert answer["order"]["state"] in ("shipped", "delivered")


@pytest.mark.walk
@pytest.mark.parametrize("tamper", KINDS)
def test_a_tampered_calendar_ends_held_with_nothing_at_the_supplier(tampered_calendars, tamper):
    code, stdout, stderr = tampered_calendars[tamper]

    assert code == 0, stderr
    answer = json.loads(stdout)
    assert (answer["order"], answer["supplier"], answer["tracking_number"]) == ({"state": "held"}, {"files": []}, "")
    assert len(answer["proof"]["files"]) == 13


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
