"""One calendar in the studio, as a shopper makes it: photos, a sentence, thirteen pictures, the wall, the proof."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

Shoot = Callable[[Page, str, int], None]
SENTENCE = "Grandpa and his dog, a year by the sea"
TITLE = "Our year by the sea"
DRAWN_MS = 900_000
expect.set_options(timeout=90_000)
# Background, coat, skin and hair of people who do not exist: photos of nobody, drawn here.
PEOPLE = (
    ("#d5e2ee", "#b92e24", "#f3c9a5", "#4a2f1d"),
    ("#f4dfae", "#1d5b4b", "#a9744f", "#1c1a1a"),
    ("#e2efe8", "#1c2742", "#e9b58b", "#c98b3c"),
    ("#ecd9dd", "#8a5a00", "#8a5a3c", "#2b2733"),
    ("#dfe3ee", "#7a1f3d", "#f0d0b4", "#9aa0ad"),
)


def make_calendar(page: Page, base: str, width: int, shoot: Shoot) -> None:
    """From an empty studio to the proof. Each step is waited for; what does not come fails."""
    page.goto(base + "/studio/calendar/")
    page.get_by_label("Name of your calendar").fill(TITLE)
    add_photos(page)
    write_months(page, width, shoot)
    draw(page, width, shoot)
    look(page, width, shoot)
    finish(page, width, shoot)


def add_photos(page: Page) -> None:
    files = [
        {"name": f"photo-{number}.jpg", "mimeType": "image/jpeg", "buffer": portrait(*colors)}
        for number, colors in enumerate(PEOPLE, 1)
    ]
    page.locator(".drop input[type=file]").first.set_input_files(files)  # type: ignore[arg-type]  # plain dicts will do
    expect(page.get_by_text(f"{len(PEOPLE)} of up to 10 photos ready")).to_be_visible(timeout=120_000)
    page.get_by_role("button", name="On to the months").click()


def write_months(page: Page, width: int, shoot: Shoot) -> None:
    page.get_by_label("What is on this day?").fill("Ella’s birthday")
    page.get_by_role("button", name="Add this day").click()
    page.get_by_label("Your year in one sentence").fill(SENTENCE)
    page.get_by_role("button", name="Propose twelve months").click()
    page.get_by_role("button", name="Take them all").wait_for()
    shoot(page, "7-months", width)
    page.get_by_role("button", name="Take them all").click()
    expect(page.get_by_text("13 of 13 pages have words.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    page.get_by_role("button", name="On to the pictures").click()


def draw(page: Page, width: int, shoot: Shoot) -> None:
    page.get_by_role("button", name="Draw my calendar").click()
    page.locator('.contact-item[data-state="ready"]').nth(4).wait_for(timeout=DRAWN_MS)
    shoot(page, "8-drawing", width)
    # Closing and coming back loses nothing: the run goes on, and so does the page.
    page.reload()
    expect(page.get_by_text("All thirteen pictures are here.")).to_be_visible(timeout=DRAWN_MS)
    page.get_by_role("button", name="Look at the calendar").first.click()


def look(page: Page, width: int, shoot: Shoot) -> None:
    page.get_by_label("Your words").fill(TITLE)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    for shape in ("Square", "Portrait", "Landscape"):
        page.get_by_role("button", name=shape).click()
        expect(page.get_by_role("button", name=shape)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Next page").click()
    page.locator(".wall:not(.is-busy)").wait_for(timeout=60_000)
    page.wait_for_timeout(1_500)  # the sheet has turned
    shoot(page, "9-wall", width)
    page.get_by_role("button", name="Choose and finish").click()


def finish(page: Page, width: int, shoot: Shoot) -> None:
    page.get_by_role("button", name="See the proof").wait_for()
    page.wait_for_load_state("networkidle")
    shoot(page, "10-finish", width)
    page.get_by_role("button", name="See the proof").click()
    page.wait_for_url("**/proofs/**")
    pages = page.locator(".proof-page img")
    pages.nth(12).wait_for(timeout=180_000)
    assert pages.count() == 13, f"{pages.count()} pages in the proof"


def portrait(back: str, coat: str, skin: str, hair: str) -> bytes:
    """A JPEG of 1200 x 1500 px: somebody before a wall."""
    picture = Image.new("RGB", (1200, 1500), back)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((150, 1050, 1050, 2100), fill=coat)
    pen.rectangle((500, 880, 700, 1130), fill=skin)
    pen.ellipse((310, 240, 890, 900), fill=hair)
    pen.ellipse((370, 330, 830, 960), fill=skin)
    for x in (490, 650):
        pen.ellipse((x, 590, x + 60, 650), fill="#2b2733")
    pen.arc((500, 700, 700, 840), 15, 165, fill="#7a1f3d", width=16)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=92)
    return file.getvalue()
