"""A real browser on our own pages: what somebody asked for is what they see, and the cart is found from everywhere."""

import pytest

from fulfillment.tests.browsing import accessible, browser, confirm, make_card, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.serial]


def ask_for_a_change(page):
    """Make the change, see it, and come back from a look at the back of the card."""
    page.get_by_label("Change it").fill("at night")
    page.get_by_role("button", name="Make the change").click()
    changed = page.locator(".gallery-pick", has_text="Changed")
    changed.and_(page.locator("[aria-pressed=true]")).wait_for()
    assert page.locator(".stage-picture").get_attribute("data-id") == page.evaluate(CHANGED)
    assert page.locator(".gallery-pick").count() == 5  # the one before is kept
    page.get_by_role("button", name="Preview").first.click()
    page.get_by_role("button", name="Turn it over").click()
    page.get_by_role("button", name="Finish").first.click()
    assert page.locator("cardmaker-fold").get_attribute("pose") == "closed"
    page.get_by_role("button", name="Picture").first.click()


def look_closer(page):
    """The print file's own dots, more of them than the window holds; links may die, and the keyboard leads back."""
    page.locator(".proof-page").first.click()
    asked = let_links_die(page)
    page.get_by_role("button", name="100%").click()
    tile = page.locator(".page-zoom-tiles .is-here").first
    tile.wait_for()
    page.unroute("**/print-tiles/**")
    assert "proof" in asked
    accessible(page, within="dialog[open]")
    assert tile.evaluate("tile => tile.width === tile.naturalWidth && tile.width > 700")
    assert page.locator(".page-zoom-sheet").bounding_box()["height"] == 2175
    page.keyboard.press("-")
    assert page.locator(".page-zoom-tiles img").count() == 0
    page.keyboard.press("Escape")
    page.locator(".page-zoom").wait_for(state="hidden")


def let_links_die(page):
    """Squares are gone until the proof is asked for again. Answers what is asked for, in order."""
    asked = []
    page.on("request", lambda request: asked.append("proof") if "/api/v1/proofs/" in request.url else None)
    page.route("**/print-tiles/**", lambda route: route.continue_() if asked else route.fulfill(status=410))
    return asked


# The Image that the change made, as the API tells it.
CHANGED = """
fetch(`/api/v1/designs/${location.pathname.split("/").at(-2)}/`)
  .then((answer) => answer.json())
  .then(({ images }) => images.find(({ parent }) => parent).id)
"""


def test_a_change_is_shown_and_the_cart_is_found_from_every_page(stack, browser):  # noqa: F811
    visited = visit(browser, f"{stack.base_url}/studio/card/")
    page = visited.page
    make_card(page, "Happy birthday", look=lambda: ask_for_a_change(page))
    look_closer(page)
    confirm(page, "Add to the cart")
    page.get_by_role("heading", name="Your cart").wait_for()
    assert page.get_by_role("button", name="Cart (1)").is_hidden()

    page.goto(f"{stack.base_url}/dashboard/")
    page.get_by_role("link", name="Cart (1)").click()
    page.get_by_role("button", name="Check out", exact=True).wait_for()
    accessible(page)
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("Nothing in it yet.").wait_for()
    page.goto(f"{stack.base_url}/dashboard/")
    page.wait_for_load_state("networkidle")

    assert page.get_by_role("link", name="Cart").count() == 0
    assert [told for told in visited.complaints if "410" not in told] == []  # of the links that were let die


TELL = """
async (at) => {
  const { tellMoments } = await import("/static/site/moments.js");
  document.body.innerHTML = `<time datetime="${at}" data-moment="time"></time> / <time datetime="${at}" data-moment="day"></time>`;
  tellMoments();
  return document.body.textContent;
}
"""  # noqa: E501


def test_times_are_told_in_the_readers_zone(stack, browser):  # noqa: F811
    page = browser.new_context(timezone_id="Asia/Tokyo").new_page()
    page.goto(f"{stack.base_url}/accounts/login/")

    told = page.evaluate(TELL, "2026-11-22T23:30:00+00:00")

    assert told.replace("\N{NARROW NO-BREAK SPACE}", " ") == "Nov 23, 2026, 8:30 AM / Nov 23, 2026"
    page.context.close()


def test_a_refused_wish_is_told_why_and_nothing_is_drawn(stack, browser):  # noqa: F811
    visited = visit(browser, f"{stack.base_url}/studio/card/")
    page = visited.page
    page.get_by_label("What should the picture show?").fill("a portrait of Taylor Swift as a queen")
    page.get_by_role("button", name="Make 4 pictures").click()

    page.locator(".bad").get_by_text("We make no pictures of real, well-known people").wait_for()
    page.get_by_role("button", name="Make 4 pictures").wait_for()

    assert [url for url in visited.fetched if url.endswith("/runs/")] == []
    page.context.close()
