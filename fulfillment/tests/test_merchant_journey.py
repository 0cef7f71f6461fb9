"""A merchant in a browser: from the shop's admin through the app's page, out of it and back again."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.serial]
SHOP, OTHER = "paper-and-post.myshopify.com", "blue-heron-gifts.myshopify.com"
CHROMIUM = "/usr/bin/chromium"
WAIT_MS = 60_000  # a busy machine


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.trouble = []
    page.on("console", lambda message: message.type in ("error", "warning") and page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    yield page
    context.close()


def admin(stack, shop=SHOP):
    return f"{stack.sandbox_url}/shopify/{shop}/admin/"


def install(page, stack, shop=SHOP):
    """From the shop's admin by its grant screen into the frame."""
    page.goto(admin(stack, shop))
    page.get_by_role("link", name="Install Cardmaker").click()
    page.get_by_role("button", name="Install").click()
    return opened(page)


def opened(page):
    app = page.frame_locator("#app")
    expect(app.get_by_role("heading", name="Formats and prices")).to_be_visible(timeout=WAIT_MS)
    return app


def uninstall(page, stack, shop=SHOP):
    page.goto(admin(stack, shop))
    page.get_by_role("button", name="Uninstall").click()
    expect(page.get_by_role("link", name="Install Cardmaker")).to_be_visible()


def saved(form):
    expect(form.locator("[data-said]")).to_have_text("Saved.", timeout=WAIT_MS)


def flat(app):
    return app.locator('form[data-format="card-5x7-flat"]')


def test_a_merchant_installs_sells_leaves_and_comes_back(stack, page):
    app = install(page, stack)
    expect(app.get_by_text("Connected")).to_be_visible()

    flat(app).get_by_label("Price").fill("6.40")
    flat(app).get_by_role("button").click()
    saved(flat(app))
    expect(flat(app).locator("[data-note]")).to_contain_text("After $1.95 for printing")
    app.get_by_label("One product per format").check()
    strategy = app.locator('form[data-save="strategy/"]')
    strategy.get_by_role("button").click()
    saved(strategy)
    uninstall(page, stack)
    stack.until("the app knows that it left", lambda: _is_gone(page, stack), within_s=60)

    app = install(page, stack)

    expect(flat(app).get_by_label("Price")).to_have_value("6.40")
    expect(app.get_by_label("One product per format")).to_be_checked()
    assert page.trouble == []


def _is_gone(page, stack):
    """The app's own calls are refused once the uninstalling was confirmed."""
    told = page.request.post(f"{stack.sandbox_url}/sandbox/shopify/shops/{SHOP}/install/", data={}).ok
    token = page.request.post(f"{stack.sandbox_url}/sandbox/shopify/shops/{SHOP}/session-token/", data={}).json()
    answer = page.request.get(
        f"{stack.base_url}/shopify/app/api/waiting/", headers={"Authorization": f"Bearer {token['token']}"}
    )
    page.request.post(f"{stack.sandbox_url}/sandbox/shopify/shops/{SHOP}/uninstall/", data={})
    return told and answer.status == 403


def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(stack, page):
    app = install(page, stack, OTHER)
    form = flat(app)

    form.get_by_label("Price").fill("five")
    form.get_by_role("button").click()

    expect(form.get_by_text("Write an amount in USD, such as 4.90.")).to_be_visible(timeout=WAIT_MS)
    expect(form.get_by_label("Price")).to_have_value("five")
    expect(form.get_by_label("Price")).to_be_focused()
    page.context.set_offline(True)
    form.get_by_label("Price").fill("7.00")
    form.get_by_role("button").click()
    expect(form.locator("[data-said]")).to_contain_text("Your change is still here")
    page.context.set_offline(False)
    form.get_by_role("button").click()
    saved(form)


def test_the_keyboard_alone_changes_a_price_and_a_switch(stack, page):
    install(page, stack, "quiet-corner.myshopify.com")
    form = flat(opened(page))
    form.get_by_label("Price").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("5.60")
    page.keyboard.press("Enter")
    saved(form)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(form.locator("[data-said]")).to_have_text("Not saved yet")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    saved(form)

    expect(form.get_by_role("switch")).not_to_be_checked()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing_and_nothing_is_cut_off(stack, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    if not _has_app(page, stack, "axe-hall.myshopify.com"):
        install(page, stack, "axe-hall.myshopify.com")
    frame = page.frames[1]
    trouble = [*page.trouble]  # axe in the frame writes to the page around it, and the browser warns of that

    found = [violation["id"] for place in (page, frame) for violation in Axe().run(place).response["violations"]]
    widths = frame.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")

    assert found == []
    assert widths[0] <= widths[1]
    assert trouble == []


def test_a_merchant_allows_cancelling_later(stack, page):
    if not _has_app(page, stack, "quiet-corner.myshopify.com"):
        install(page, stack, "quiet-corner.myshopify.com")
    app = opened(page)
    page.on("dialog", lambda dialog: dialog.accept())

    app.get_by_role("button", name="Allow it").click()

    expect(app.get_by_text("Allowed: our staff can cancel and refund")).to_be_visible(timeout=WAIT_MS)
    expect(app.get_by_role("button", name="Allow it")).to_be_hidden()
    assert page.trouble == []


def test_without_a_session_token_the_page_gets_itself_one(stack, page):
    if not _has_app(page, stack, "quiet-corner.myshopify.com"):
        install(page, stack, "quiet-corner.myshopify.com")
    frame = page.frames[1]

    frame.goto(f"{stack.base_url}/shopify/app/?shop=quiet-corner.myshopify.com&embedded=1&host=aG9zdA")

    opened(page)
    assert page.trouble == []


def _has_app(page, stack, shop):
    """Open it where an earlier test installed it."""
    page.goto(admin(stack, shop))
    known = page.get_by_role("link", name="Open Cardmaker")
    if known.count():
        known.click()
        opened(page)
        return True
    return False


def test_a_stranger_cannot_frame_the_page(stack, page):
    answer = page.request.get(f"{stack.base_url}/shopify/app/")

    assert answer.status == 400
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
