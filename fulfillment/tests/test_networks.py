"""A network that loses or keeps back answers: the shopper is told, nothing is lost, and nothing is begun twice."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from fulfillment.tests.browsing import (  # noqa: F401
    PATIENCE_MS,
    PROMPT,
    Visit,
    browser,
    confirm,
    make_card,
    visit,
)

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.serial]
# Waits pass ten times as fast; the server's own pace stays.
HASTE = "setTimeout = ((later) => (act, ms) => later(act, ms / 10))(setTimeout);"
BROKEN = "The connection is broken. What you made is kept, and we keep trying"
GIVEN_UP = "We cannot reach Cardmaker just now"
SLOW = "The connection is slow. We are still waiting for an answer"
RUNS, PROOFS, CHECKOUTS = r"/designs/[^/]+/runs/$", r"/designs/[^/]+/proofs/$", r"/proofs/[^/]+/checkout/$"
TRIES, MANY = 4, 10**6


@dataclass
class Line:
    """The way of some calls: the first `losing` answers get lost on their way back, the server has done its part."""

    losing: int
    calls: int = 0
    answered: list[str] = field(default_factory=list)  # the ids in what the server said

    def __call__(self, route: Route) -> None:
        if route.request.method in ("OPTIONS", "HEAD"):
            return route.continue_()
        answer = route.fetch()
        self.calls += 1
        if answer.body():  # "nothing changed" has none
            self.answered.append(answer.json().get("id", ""))
        if self.calls <= self.losing:
            return route.abort("connectionreset")
        return route.fulfill(response=answer)


def lose(page: Page, path: str, answers: int, method: str = "POST") -> Line:
    line = Line(answers)
    ours: Callable[[Route], None] = lambda route: (  # noqa: E731
        line(route) if route.request.method == method else route.fallback()
    )
    page.route(re.compile(path), ours)
    return line


def told(page: Page, words: str) -> None:
    expect(page.locator("cardmaker-studio").get_by_text(words).first).to_be_visible(timeout=PATIENCE_MS)


@pytest.fixture
def studio(stack, browser) -> Page:  # noqa: F811
    visited: Visit = visit(browser, f"{stack.base_url}/studio/card/", script=HASTE)
    return visited.page


def ask_for_pictures(page: Page) -> None:
    page.get_by_label("What should the picture show?").fill(PROMPT)
    page.get_by_role("button", name="Make 4 pictures").click()


def test_a_run_whose_answers_get_lost_is_begun_once(studio):
    line = lose(studio, RUNS, TRIES)

    ask_for_pictures(studio)
    told(studio, BROKEN)
    told(studio, GIVEN_UP)
    studio.get_by_role("button", name="Make 4 pictures").click()

    studio.locator(".gallery-pick").nth(3).wait_for()
    assert (len(line.answered), len(set(line.answered))) == (TRIES + 1, 1)


def test_a_press_for_other_words_is_another_press(studio):
    line = lose(studio, RUNS, TRIES)
    ask_for_pictures(studio)
    told(studio, GIVEN_UP)

    studio.get_by_label("What should the picture show?").fill("A blue whale in a teacup")
    studio.get_by_role("button", name="Make 4 pictures").click()

    studio.locator(".gallery-pick").first.wait_for()
    assert len(set(line.answered)) == 2


def test_a_broken_poll_is_told_and_goes_on(studio):
    line = lose(studio, r"/api/v1/runs/[^/]+/$", MANY, "GET")

    ask_for_pictures(studio)

    told(studio, BROKEN)
    line.losing = 0
    studio.locator(".gallery-pick").nth(3).wait_for()
    expect(studio.get_by_text(BROKEN)).to_have_count(0)


def test_an_answer_that_is_kept_back_is_not_waited_for_in_silence(studio):
    held: list[Route] = []
    studio.route(re.compile(RUNS), lambda route: held.append(route), times=1)

    ask_for_pictures(studio)

    told(studio, SLOW)
    held[0].continue_()
    studio.locator(".gallery-pick").nth(3).wait_for()
    expect(studio.get_by_text(SLOW)).to_have_count(0)


def test_a_proof_and_a_checkout_whose_answers_get_lost_are_made_once(studio):
    proofs, polls = lose(studio, PROOFS, 2), lose(studio, r"/api/v1/proofs/[^/]+/$", 2, "GET")
    checkouts = lose(studio, CHECKOUTS, TRIES)
    followed = lose(studio, r"/api/v1/checkouts/[^/]+/$", 2, "GET")
    carts = lose(studio, r"/api/v1/carts/$", 2)

    make_card(studio, "Happy birthday")
    confirm(studio, "Buy")
    told(studio, BROKEN)
    told(studio, GIVEN_UP)
    studio.get_by_role("button", name="Buy", exact=True).click()

    studio.get_by_role("button", name="Pay").wait_for()
    for line, losing in ((proofs, 2), (polls, 2), (checkouts, TRIES), (followed, 2)):
        assert (len(line.answered) > losing, len(set(line.answered))) == (True, 1)
    assert len(carts.answered) == 3


def test_a_photo_whose_line_breaks_goes_on_where_it_stopped(stack, browser):  # noqa: F811
    page = visit(browser, f"{stack.base_url}/studio/calendar/").page  # at its own pace: the word is a short one
    line = lose(page, r"/api/v1/uploads/[^/]+/$", 2, "PATCH")
    picture = io.BytesIO()
    Image.effect_noise((900, 1200), 90).convert("RGB").save(picture, "JPEG", quality=95)

    photo = {"name": "beach.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    page.locator("cardmaker-studio input[type=file]").first.set_input_files(photo)

    told(page, "Connection lost. We go on where it stopped")
    page.locator('.print[data-state="ready"]').wait_for()
    assert page.locator(".print").count() == 1
    assert line.calls >= 2
