"""The console in a real browser: nothing for axe to find, nothing blocked, nothing wider than the screen, and keys."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as product
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

from accounts.models import User
from fulfillment.models import Order
from fulfillment.tests.factories import World, a_world

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WAIT_MS = 60_000  # a busy machine
pytestmark = [
    pytest.mark.browser,
    pytest.mark.serial,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def waiting(transactional_db) -> tuple[World, list[Order]]:
    """Two orders that wait, in a world of their own."""
    world = a_world()
    return world, [world.order(), world.order()]


@pytest.fixture
def cookie(transactional_db) -> str:
    """Somebody of ops, logged in."""
    client = Client()
    client.force_login(User.objects.create_superuser("ops@example.com", "correct horse battery"))
    return client.cookies[product.SESSION_COOKIE_NAME].value


@pytest.fixture
def open_page(live_server, cookie, monkeypatch):
    """Opens pages of a given width; what they complain of stands in `trouble`."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's own loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def opened(width: int) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 900})
            name = product.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
            page = context.new_page()
            page.set_default_timeout(WAIT_MS)
            page.trouble = []
            page.on("console", lambda line: page.trouble.append(line.text) if line.type == "error" else None)
            page.on("pageerror", lambda error: page.trouble.append(str(error)))
            return page

        yield opened
        browser.close()


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_every_page_is_whole_and_axe_finds_nothing(live_server, waiting, open_page, width):
    _, (order, _other) = waiting
    addresses = [
        "/admin/",
        "/admin/fulfillment/order/?waiting=yes",
        f"/admin/fulfillment/order/{order.pk}/change/",
        f"/admin/support/?q={order.pk}",
        "/admin/support/?q=robin@example.com",
        "/admin/support/",
        f"/admin/support/?q={'x' * 500}",
        "/admin/product-pictures/",
        "/admin/billing/ledgerentry/",
        "/admin/core/event/",
        "/admin/core/inboxevent/",
        "/admin/core/job/",
        "/admin/admin/logentry/",
    ]
    page, trouble, wide, found = open_page(width), [], [], []
    for address in addresses:
        page.goto(live_server.url + address)
        trouble += page.trouble
        wide += [address] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
        found += [(address, each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]]
        page.trouble.clear()  # what axe itself looks at is not ours

    assert (trouble, wide, found) == ([], [], [])


def test_orders_are_decided_on_by_keys_alone(live_server, waiting, open_page):
    _, (first, second) = waiting
    page = open_page(1280)
    page.goto(f"{live_server.url}/admin/fulfillment/order/{first.pk}/change/")

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".proof-pages a").nth(1)).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.press("j")  # chooses in the list of reasons, and leads nowhere
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    expect(page.locator("#approve")).to_be_focused()
    page.keyboard.press("a")

    expect(page.locator(".messagelist .success")).to_contain_text("is approved", timeout=WAIT_MS)
    assert Order.objects.get(pk=first.pk).state == "approved"
    assert Order.objects.get(pk=second.pk).state == "held"


def test_the_list_is_walked_and_chosen_from_by_keys(live_server, waiting, open_page):
    page = open_page(1280)
    page.goto(f"{live_server.url}/admin/fulfillment/order/?waiting=yes")

    for key in "jjx":
        page.keyboard.press(key)

    expect(page.locator("tr.current input.action-select")).to_be_checked()
    assert page.locator("input.action-select:checked").count() == 1
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
