"""Photos in a real browser: chosen, dropped, pasted, taken, put in order, and what is said of each at once."""

import base64
import re

import pytest
from playwright.sync_api import expect

from designs.tests.photographs import jpeg, person, scene
from fulfillment.tests.browsing import PATIENCE_MS, accessible, browser, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.sandbox, pytest.mark.serial]
SAYS = {
    "good": "Looks good",
    "group": "We see 2 faces. One person alone is easier to draw.",
    "night": "This photo is very dark. Light from the front helps.",
    "hasty": "This photo looks blurred. A sharper one gives a better picture.",
    "small": "Only 640 × 480 pixels: it may look soft in print.",
    "hills": "We see no face in this photo.",
}
NO_PHOTO = "Not a photo we can read. JPEG, PNG, WebP or HEIC, please."
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TRANSFER = """
(files) => {
  const transfer = new DataTransfer();
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type }));
  }
  return transfer;
}
"""
PASTE = "(transfer) => document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }))"
BROKEN = """
(prints) => prints.flatMap((print) => [...print.querySelectorAll("img")])
  .filter((picture) => !picture.hidden && !(picture.complete && picture.naturalWidth)).length
"""
ADVICE = ".print .advice span"
# A busy machine: what waits for the next frame comes after the next press.
HELD_UP = """
const send = window.fetch;
window.fetch = (url, request) =>
  request?.method === "PUT" && !request.keepalive ? new Promise(() => {}) : send(url, request);
"""
LATE_FRAMES = "window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 1000);"


@pytest.fixture(scope="module")
def photos():
    """One photo for each thing that is said."""
    pictures = {
        "good": person(), "group": person(people=2), "night": person(light=0.2), "hasty": person(blur=1 / 100),
        "small": person(640, 480), "hills": scene(1600, 1200),
    }  # fmt: skip
    return {name: jpeg(picture) for name, picture in pictures.items()}


@pytest.fixture
def studio(stack, browser):  # noqa: F811
    """The photo step of a new calendar."""
    visited = visit(browser, f"{stack.base_url}/studio/calendar/")
    yield visited
    visited.page.context.close()


def payload(photos, *names):
    return [{"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": photos[name]} for name in names]


def transfer(page, photos, *names):
    """What the browser hands over when files are dropped or pasted."""
    files = [[f"{name}.jpg", "image/jpeg", base64.b64encode(photos[name]).decode()] for name in names]
    return page.evaluate_handle(TRANSFER, files)


def choose(page, files, *, button="Choose photos"):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button).click()
    chooser.value.set_files(files)
    return chooser.value


def ready(page, count):
    expect(page.locator('.print[data-state="ready"]')).to_have_count(count, timeout=PATIENCE_MS)


def order_of(page):
    """What is said of each photo, from the first to the last: each of ours is told apart by that."""
    told = {words: name for name, words in SAYS.items()}
    return [told[words] for words in page.locator(ADVICE).all_inner_texts()]


def test_photos_are_chosen_dropped_and_pasted_and_each_is_told_what_we_see(studio, photos, tmp_path):
    page = studio.page
    chooser = choose(page, payload(photos, "good", "group"))
    ready(page, 2)
    page.locator(".drop").dispatch_event("drop", {"dataTransfer": transfer(page, photos, "night", "hasty")})
    ready(page, 4)
    page.evaluate(PASTE, transfer(page, photos, "small", "hills"))
    ready(page, 6)

    assert chooser.is_multiple()
    assert sorted(order_of(page)) == sorted(SAYS)
    assert page.locator(".print").evaluate_all(BROKEN) == 0
    expect(page.get_by_text("6 photos. That is enough to go on.")).to_be_visible()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for words in SAYS.values():
            said = page.locator(".print").get_by_text(words)
            said.scroll_into_view_if_needed()
            expect(said).to_be_in_viewport(ratio=1)
        page.screenshot(path=tmp_path / f"photos-{width}.png", full_page=True)
    accessible(page)
    assert studio.complaints == []


def test_a_photo_is_seen_at_once_with_how_far_it_is(studio, photos):
    page = studio.page
    page.route(re.compile(r"/api/v1/uploads/."), lambda route: page.wait_for_timeout(600) or route.continue_())
    choose(page, payload(photos, "good"))

    print_ = page.locator(".print")
    expect(print_).to_have_attribute("data-state", "sending")
    expect(print_.locator(".print-words")).to_have_text(re.compile(r"Sending… \d+%"))
    expect(print_.get_by_role("img", name="good.jpg")).to_be_visible()
    ready(page, 1)


def ordered(answer):
    """The ids of the photos in the order that this answer says is written, or nothing."""
    put = answer.request.method == "PUT" and answer.url.endswith("/photos/") and answer.ok
    return answer.request.post_data_json["photos"] if put else []


def test_photos_are_put_in_order_by_keyboard_and_stay_so(studio, photos):
    page = studio.page
    page.evaluate(LATE_FRAMES)
    with page.expect_response(lambda answer: len(ordered(answer)) == 3) as first:
        choose(page, payload(photos, "good", "group", "night"))
    ready(page, 3)
    began, ids = order_of(page), ordered(first.value)
    assert sorted(began) == ["good", "group", "night"]

    with page.expect_response(lambda answer: ordered(answer) == [ids[2], ids[1], ids[0]]):
        page.get_by_role("button", name="Move later: photo 1").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator(ADVICE)).to_have_text([SAYS[began[1]], SAYS[began[2]], SAYS[began[0]]])
        page.get_by_role("button", name="Move earlier: photo 2").press("Space")

    wanted = [began[2], began[1], began[0]]
    assert order_of(page) == wanted
    page.reload()
    ready(page, 3)
    assert order_of(page) == wanted


def order_in(page, design):
    """The ids as the server has them."""
    base = page.url.partition("/accounts/")[0]
    return [photo["id"] for photo in page.request.get(f"{base}/api/v1/designs/{design}/").json()["photos"]]


def wait_until(is_so, page):
    for _ in range(100):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("It did not come to be so.")


def test_an_order_that_is_still_on_its_way_when_the_page_is_left_is_kept(studio, photos):
    page = studio.page
    with page.expect_response(lambda answer: len(ordered(answer)) == 2) as first:
        choose(page, payload(photos, "good", "group"))
    ready(page, 2)
    began, address, design = order_of(page), page.url, page.url.rstrip("/").rpartition("/")[2]
    page.evaluate(HELD_UP)
    page.get_by_role("button", name="Move later: photo 1").press("Enter")

    page.goto(f"{address.partition('/studio/')[0]}/accounts/login/")
    wait_until(lambda: order_in(page, design) == ordered(first.value)[::-1], page)
    page.goto(address)
    ready(page, 2)

    assert order_of(page) == began[::-1]


def test_a_file_that_is_no_photo_is_told_by_its_name_and_the_others_stay(studio, photos):
    page = studio.page
    named, hidden = {"name": "menu.pdf", "mimeType": "application/pdf", "buffer": PDF}, {"name": "scan.jpg"}
    choose(page, [*payload(photos, "good"), named, {**named, **hidden, "mimeType": "image/jpeg"}])
    ready(page, 1)

    refused = page.locator('.print[data-state="refused"]')
    expect(refused).to_have_count(2, timeout=PATIENCE_MS)
    assert refused.filter(has_text="menu.pdf").locator(".print-words").inner_text() == NO_PHOTO
    assert "scan.jpg" in refused.last.inner_text()
    expect(refused.locator("img:visible")).to_have_count(0)
    assert page.locator(".print").evaluate_all(BROKEN) == 0
    expect(page.get_by_text("1 of up to 10 photos ready")).to_be_visible()
    accessible(page)

    refused.filter(has_text="menu.pdf").get_by_role("button", name="Remove").click()
    expect(page.locator(".print")).to_have_count(2)


def test_on_a_phone_a_photo_can_be_taken(stack, browser, photos):  # noqa: F811
    phone = browser.new_context(viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{stack.base_url}/studio/calendar/")

    chooser = choose(page, payload(photos, "good"), button="Take one now")
    ready(page, 1)

    assert (chooser.element.get_attribute("capture"), chooser.element.get_attribute("accept")) == ("user", "image/*")
    assert order_of(page) == ["good"]
    phone.close()
