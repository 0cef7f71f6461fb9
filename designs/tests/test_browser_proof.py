"""A real browser proves its work while somebody types, and nobody notices."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from accounts.models import Account, SpentProof
from designs.models import Run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.serial,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def test_a_guest_types_presses_and_gets_pictures(live_server, shelf, fake, settings):
    settings.PROOF_OF_WORK_TRIES = 300  # as in production, about
    seen = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        trouble = []
        page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
        page.on("response", lambda answer: seen.append((answer.status, answer.url.partition("/api/v1/")[2])))
        with page.expect_worker(lambda worker: "proofofwork" in worker.url) as worker:
            page.goto(f"{live_server.url}/studio/card/?prompt=A+lighthouse+in+fog")
        assert worker.value.url.startswith(live_server.url)
        with page.expect_response(lambda answer: answer.url.endswith("/runs/"), timeout=60_000) as started:
            page.get_by_role("button", name="Make").first.click()
        assert started.value.status == 202
        page.wait_for_timeout(100)
        browser.close()

    assert (200, "challenge/?purpose=generation") in seen
    assert [place for status, place in seen if status == 428] == []  # computed ahead: nothing was asked twice
    assert trouble == []
    assert (Run.objects.count(), SpentProof.objects.count()) == (1, 1)
    assert Account.objects.get(kind="guest").proven_until is not None
