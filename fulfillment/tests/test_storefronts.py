"""A real browser in a theme, on a site elsewhere and on our own pages: two cards, one paid order, no complaints."""

import json
import re

import httpx
import pytest
from django.conf import settings

from fulfillment.tests.browsing import PROMPT, accessible, begin, browser, confirm, make_card, pay, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.serial]
BEFORE_BYTES, AFTER_BYTES = 20_000, 120_000
LINES = "SELECT proof_id FROM fulfillment_orderline AS line JOIN fulfillment_order AS o ON o.id = line.order_id"


@pytest.fixture
def theme(stack):
    shop = httpx.get(f"{stack.sandbox_url}/sandbox/storefront/").json()["shop"]
    return f"{stack.sandbox_url}/shopify/{shop}/"


@pytest.fixture
def site(stack):
    return httpx.get(f"{stack.sandbox_url}/sandbox/storefront/").json()["site_url"]


def orders_of(stack):
    return httpx.get(f"{stack.sandbox_url}/sandbox/state/").json()["shopify"]["orders"]


def told_weight(what, visited):
    """The loader's, or the studio's, bytes and requests: printed, because they are numbers of the product."""
    size = visited.weight()
    print(f"\n{what}: {len(visited.ours())} requests, {size} bytes of scripts gzipped")
    return size


def paid_lines(stack, page):
    """The lines of the order on the thank-you page, as the shop has them, and as we took them in."""
    name = page.locator(".thanks strong").inner_text()
    order = next(each for each in orders_of(stack) if each["name"] == name)
    assert order["financial_status"] == "paid"
    proofs = sorted(line["properties"]["_proof"].replace("-", "") for line in order["lines"])

    def taken():
        held = [proof.replace("-", "") for proof in stack.ask(f"{LINES} WHERE o.name = '{name}'") if proof]
        return sorted(held) == proofs

    stack.until("the order with both cards", taken, within_s=60)
    return order["lines"]


def test_from_a_theme_two_cards_become_one_paid_order(stack, theme, browser):  # noqa: F811
    visited = visit(browser, theme)
    page = visited.page
    assert [url.rsplit("/", 1)[1] for url in visited.ours()] == ["cardmaker-studio.js"]
    assert told_weight("theme, before the click", visited) < BEFORE_BYTES
    assert page.evaluate("window.shifted") == 0
    accessible(page)

    visited.fetched.clear()
    begin(page)
    page.wait_for_load_state("networkidle")
    focused = "document.activeElement.shadowRoot.activeElement.getAttribute('aria-current')"
    assert page.evaluate(focused) == "step"
    assert page.evaluate("window.shifted") == 0
    assert told_weight("theme, studio open", visited) < AFTER_BYTES
    accessible(page)
    make_card(page, "Happy birthday", look=lambda: accessible(page))
    accessible(page)
    confirm(page, "Add to cart")
    page.get_by_role("heading", name="It is in your cart").wait_for()
    accessible(page)
    assert page.locator("[data-count]").inner_text() == "1"

    page.get_by_role("button", name="Make another").click()
    make_card(page, "Thank you")
    confirm(page, "Add to cart")
    page.get_by_role("link", name="Go to the cart").click()
    page.get_by_role("heading", name="Your cart").wait_for()
    accessible(page)
    page.get_by_role("button", name="Check out", exact=True).click()
    pay(page)

    assert len(paid_lines(stack, page)) == 2
    page.get_by_role("link", name="Continue shopping").click()
    page.locator("cardmaker-studio").get_by_role("button", name="Make a card").wait_for()
    assert page.locator("[data-count]").inner_text() == "0"
    assert visited.complaints == []


def test_from_a_site_elsewhere_two_cards_become_one_paid_order(stack, site, browser):  # noqa: F811
    visited = visit(browser, site)
    page = visited.page
    assert told_weight("site, before the click", visited) < BEFORE_BYTES
    assert page.evaluate("window.shifted") == 0
    accessible(page)
    page.evaluate("addEventListener('cardmaker:added', (event) => ((window.added ??= []).push(event.detail)))")

    begin(page)
    make_card(page, "Happy birthday")
    confirm(page, "Add to the cart")
    page.get_by_role("button", name="Make another").click()
    make_card(page, "Thank you")
    confirm(page, "Add to the cart")
    page.get_by_label("How many?").nth(1).fill("3")
    page.get_by_label("How many?").nth(1).blur()
    # The way to the cart is not shown in the cart, and says the number all the same.
    page.get_by_role("button", name="Cart (4)", include_hidden=True).wait_for(state="attached")
    accessible(page)
    added = page.evaluate("window.added")
    assert [sorted(each) for each in added] == [["design", "line", "proof", "quantity"]] * 2

    page.reload()
    page.wait_for_load_state("networkidle")
    begin(page)
    page.get_by_role("button", name="Cart (4)").click()
    page.get_by_role("button", name="Check out", exact=True).click()
    pay(page)

    assert sorted(line["quantity"] for line in paid_lines(stack, page)) == [1, 3]
    page.goto(site)
    begin(page)
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="Cart").count() == 0
    assert page.context.cookies(stack.base_url) == []
    assert visited.complaints == []


def test_our_own_pages_from_the_first_to_the_order(stack, browser):  # noqa: F811
    visited = visit(browser, f"{stack.base_url}/")
    page = visited.page
    accessible(page)
    page.goto(f"{stack.base_url}/studio/card/")
    make_card(page, "With love")
    assert "/proofs/" in page.url
    accessible(page)
    confirm(page, "Buy")
    pay(page)
    assert len(paid_lines(stack, page)) == 1

    page.get_by_role("link", name="See your orders").click()
    page.wait_for_url("**/orders/*-*/")
    accessible(page)
    page.goto(f"{stack.base_url}/dashboard/")
    accessible(page)
    assert visited.complaints == []


def test_a_broken_line_is_told_and_mended(site, browser):  # noqa: F811
    visited = visit(browser, site)
    page = visited.page
    broken = {"studio/embed.js": 2, "/api/v1/formats/": 1, "/api/v1/designs/": 1}

    def break_some(route):
        for name, left in broken.items():
            if name in route.request.url and left and route.request.method != "OPTIONS":
                broken[name] -= 1
                return route.abort("connectionreset")
        return route.continue_()

    page.route("**/*", break_some)
    page.locator("cardmaker-studio").get_by_role("button").click()
    page.get_by_text("The studio did not answer. Trying again").wait_for()
    page.get_by_label("What should the picture show?").wait_for()
    page.get_by_label("What should the picture show?").fill("A red fox under autumn leaves")
    page.get_by_role("button", name="Make 4 pictures").click()
    page.get_by_text("The connection is broken").first.wait_for()
    page.locator(".gallery-pick").first.wait_for()

    assert broken == dict.fromkeys(broken, 0)


def test_a_studio_that_never_answers_can_be_asked_again(site, browser):  # noqa: F811
    visited = visit(browser, site, script="setTimeout = ((later) => (act, ms) => later(act, ms / 50))(setTimeout);")
    page = visited.page
    page.route("**/embed/v1/studio.js*", lambda route: route.abort())
    page.locator("cardmaker-studio").get_by_role("button").click()
    page.get_by_text("The studio cannot be reached just now").wait_for()

    page.unroute("**/embed/v1/studio.js*")
    begin(page)


def test_a_browser_that_keeps_nothing_can_still_make_cards(site, browser):  # noqa: F811
    blocked = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    visited = visit(browser, site, script=blocked)
    begin(visited.page)
    visited.page.get_by_label("What should the picture show?").fill("A red fox under autumn leaves")
    visited.page.get_by_role("button", name="Make 4 pictures").click()
    visited.page.locator(".gallery-pick").first.wait_for()

    assert visited.complaints == []


@pytest.mark.parametrize("kind", ["card", "calendar"])
def test_right_to_left_nothing_sticks_out(theme, browser, kind):  # noqa: F811
    visited = visit(browser, f"{theme}?lang=ar&kind={kind}", width=320)
    page = visited.page
    page.locator("cardmaker-studio").get_by_role("button").click()
    page.get_by_role("navigation", name="Steps").wait_for()
    page.wait_for_load_state("networkidle")

    assert told_weight(f"theme, {kind}, after the click", visited) < AFTER_BYTES
    accessible(page)
    assert visited.complaints == []


TOLD = (settings.BASE_DIR / "docs" / "embedding.md").read_text()
DARK = re.search(r"```css\n(cardmaker-studio \{.*?\})\n```", TOLD, re.DOTALL)
ON_DARK = """
addEventListener("DOMContentLoaded", () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(%s);
  document.adoptedStyleSheets = [sheet];
});
"""


def test_the_dark_look_of_the_documentation_can_be_read_everywhere(site, browser):  # noqa: F811
    # The page has a look of its own, and is light.
    css = DARK.group(1).replace("cardmaker-studio {", ":root:root:root cardmaker-studio { background: #14161c;")
    visited = visit(browser, site, script=ON_DARK % json.dumps(css))
    page = visited.page
    accessible(page)
    begin(page)
    accessible(page)
    make_card(page, "Good night", look=lambda: accessible(page))
    accessible(page)
    confirm(page, "Add to the cart")
    page.get_by_role("button", name="Make another").wait_for()
    accessible(page)


WORDS = {
    "Opening the studio…": "Das Studio geht auf…",
    "What should the picture show?": "Was soll das Bild zeigen?",
    "Make {count} pictures": "{count} Bilder machen",
    "Picture": "Bild",
}
IN_GERMAN = """
addEventListener("DOMContentLoaded", () => {
  document.querySelector("cardmaker-studio").setAttribute("words", "/de.json");
});
"""


def held_until(said):
    """A handler that lets a request go on once these words are on the page: seen, however fast the rest is."""
    return lambda route: said.wait_for() or route.fallback()


@pytest.mark.parametrize("late", [False, True])
def test_the_studio_speaks_the_language_of_the_table_that_the_page_names(site, browser, late):  # noqa: F811
    page = visit(browser, site, script=IN_GERMAN).page
    page.route("**/de.json", lambda route: route.fulfill(json=WORDS))
    if late:
        page.route("**/de.json", held_until(page.get_by_text("Opening the studio…")))
    page.route("**/embed/v1/studio.js*", held_until(page.get_by_text("Das Studio geht auf…")))

    page.locator("cardmaker-studio").get_by_role("button").click()

    page.get_by_label("Was soll das Bild zeigen?").fill(PROMPT)
    page.get_by_role("button", name="4 Bilder machen").wait_for()
    page.get_by_role("navigation").get_by_role("button", name="Bild").wait_for()
    page.get_by_role("button", name="Finish").wait_for()  # what the table lacks stays English


def test_a_table_that_does_not_come_leaves_the_studio_english(site, browser):  # noqa: F811
    page = visit(browser, site, script=IN_GERMAN).page
    page.route("**/de.json", lambda route: route.abort())

    begin(page)


def test_words_that_cannot_be_printed_hold_the_proof_until_they_are_put_right(stack, browser):  # noqa: F811
    page = visit(browser, f"{stack.base_url}/studio/card/").page
    page.get_by_label("What should the picture show?").fill(PROMPT)
    page.get_by_role("button", name="Make 4 pictures").click()
    page.locator(".gallery-pick").nth(3).wait_for()
    page.locator(".gallery-pick").first.click()
    page.get_by_role("button", name="Words").first.click()
    page.get_by_label("Your words").fill("Happy birthday 🎉")
    page.get_by_text("No font of ours can print").wait_for()
    page.get_by_role("button", name="Finish").first.click()
    page.get_by_role("button", name="Make it print quality").click()

    page.get_by_role("button", name="See the proof").click()

    page.get_by_role("alert").filter(has_text="Front: No font of ours can print").wait_for()
    page.wait_for_timeout(200)  # what is announced comes a moment later: a screen reader would say it twice
    assert page.get_by_text("Front: No font of ours can print").count() == 1
    assert "/studio/card/" in page.url
    page.get_by_role("button", name="Words").first.click()
    assert page.get_by_label("Your words").input_value() == "Happy birthday 🎉"
    page.get_by_label("Your words").fill("Happy birthday")
    page.get_by_role("button", name="Finish").first.click()
    page.get_by_role("button", name="See the proof").click()
    page.get_by_label("I have checked the spelling").wait_for()
