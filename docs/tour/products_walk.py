"""Product pictures as a merchant makes them: a description, a plan, drafts, two in full size, files for a shop."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Shoot = Callable[[Page, str, int], None]
NAME = "Meadow mug"
DESCRIPTION = "A hand-painted ceramic mug in sage green, for tea in the garden."
SLOW_MS = 180_000
PICKED = (0, 2)


def picture_a_product(page: Page, base: str, width: int, shoot: Shoot) -> None:
    page.goto(base + "/studio/products/")
    page.fill("#name", NAME)
    page.fill("#description", DESCRIPTION)
    page.get_by_role("button", name="Read the description").click()
    page.get_by_role("button", name="Plan").click()
    page.get_by_role("button", name="Draw 12 pictures").click()
    tiles = page.locator(".shots li")
    expect(page.locator(".shots .is-waiting")).to_have_count(0, timeout=SLOW_MS)
    for number in PICKED:
        tiles.nth(number).get_by_role("checkbox").check()
        expect(tiles.nth(number)).to_have_class("is-picked")
    page.get_by_role("button", name="Draw 2 in full size").click()
    expect(page.locator(".shots .tag:visible")).to_have_count(2, timeout=SLOW_MS)
    page.get_by_role("button", name="Make files of 2 pictures").click()
    page.get_by_role("link", name="Download 2 files").wait_for(timeout=SLOW_MS)
    shoot(page, "15-products", width)
