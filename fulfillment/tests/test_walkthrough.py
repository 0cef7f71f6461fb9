"""A card from a sentence to a shipped print, and what becomes of tampered ones: real processes, HTTP only."""

import json
import subprocess
import sys

import pytest

from fulfillment.torture.stack import ROOT
from fulfillment.walkthrough.digests import digest_of

pytestmark = [pytest.mark.sandbox, pytest.mark.serial]


@pytest.fixture
def walkthrough(stack):
    def run(*options):
        command = [sys.executable, "manage.py", "walkthrough", "card", "--json", "--timeout", "150", *options]
        return subprocess.run(command, env=stack.env, cwd=ROOT, capture_output=True, text=True, check=False)

    return run


def test_a_sentence_ends_as_a_shipped_print_of_exactly_the_proof(walkthrough):
    done = walkthrough()

    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    answer = json.loads(line)
    assert answer["order"]["state"] in ("shipped", "delivered")
    assert answer["supplier"]["files"] == answer["proof"]["files"]
    assert [file["position"] for file in answer["proof"]["files"]] == ["back", "front", "inside-left", "inside-right"]
    hashes = {file["position"]: file["sha256"] for file in answer["supplier"]["files"]}
    assert digest_of(hashes) == answer["proof"]["digest"]
    assert answer["tracking_number"].startswith("9400")


@pytest.mark.parametrize("tamper", ["file", "property", "digest", "unpaid"])
def test_a_tampered_order_ends_held_with_nothing_at_the_supplier(walkthrough, tamper):
    done = walkthrough("--tamper", tamper)

    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["order"], answer["supplier"], answer["tracking_number"]) == ({"state": "held"}, {"files": []}, "")


def test_a_wrong_password_ends_the_walk_with_a_word(walkthrough):
    done = walkthrough("--ops-password", "not-this-one", "--tamper", "unpaid")

    assert (done.returncode, done.stdout) == (1, "")
    assert "does not let ops@example.com in" in done.stderr
