"""Walk a card and a calendar through a running `make run` in a real browser and take the README's pictures of them.

    python docs/tour/shoot.py --base-url http://127.0.0.1:8000 --ops-password "$(cat var/ops-password)"
    python docs/tour/shoot.py --base-url http://127.0.0.1:8000 --check

`--check` walks the calendar from photos to proof once and writes no pictures: anything missing or any error on the
console fails. `--only card`, `--only calendar`, `--only products` or `--only console` shoots one of them; the console
wants orders to be there.
Needs Chromium (CHROMIUM names it when it is not /usr/bin/chromium) and Pillow; both are in the development set-up.
"""

import argparse
import io
import os
from pathlib import Path

from calendar_walk import make_calendar
from console_walk import log_in, show_console
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from products_walk import picture_a_product

HERE = Path(__file__).parent
WIDTHS = (1280, 320)
TALL = ("3", "5", "10", "11", "12", "15")  # pages that are shown below the fold too
PICTURE_PX = {1280: 900, 320: 320}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PROMPT = "A red fox with balloons in a snowy forest, a birthday morning"
WORDS = "Happy birthday,\nElla"
INSIDE = "May your year be full of small wonders.\n\nWith love, Robin"


def main() -> None:
    given = arguments()
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        if given.check:
            check(browser, given)
        else:
            shoot_everything(browser, given)
        browser.close()


def shoot_everything(browser: Browser, given: argparse.Namespace) -> None:
    for width in WIDTHS if given.only in (None, "card") else ():
        walk(browser, given, width)
    if given.only in (None, "calendar"):
        make_calendar(open_page(browser, WIDTHS[0]), given.base_url, WIDTHS[0], shoot_all)
    if given.only in (None, "products"):
        picture_a_product(open_page(browser, WIDTHS[0]), given.base_url, WIDTHS[0], shoot)
    if given.only in (None, "console"):
        page = open_page(browser, WIDTHS[0])
        show_console(page, given.base_url, given.ops_email, given.ops_password, shoot)


def check(browser: Browser, given: argparse.Namespace) -> None:
    """The calendar's journey, photos to proof. Raises when a step does not come or a page logs an error."""
    page = open_page(browser, WIDTHS[0])
    errors: list[str] = []
    page.on("console", lambda line: errors.append(f"{page.url} {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(f"{page.url} {error}"))
    make_calendar(page, given.base_url, WIDTHS[0], lambda *_: None)
    if errors:
        raise SystemExit("\n".join(errors))
    print("A calendar came from photos to its proof of 13 pages.")


def open_page(browser: Browser, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900 if width > 600 else 720})
    page.set_default_timeout(90_000)
    complain(page)
    return page


def walk(browser: Browser, given: argparse.Namespace, width: int) -> None:
    page = open_page(browser, width)
    base = given.base_url
    page.goto(base + "/")
    page.wait_for_load_state("networkidle")
    shoot(page, "1-landing", width)
    make_card(page, base, width)
    confirm(page, width)
    pay(page, width)
    order_url = page_of_order(page, base)
    approve(browser, given, width)
    page.goto(order_url)
    page.get_by_role("link", name="Follow it").wait_for(timeout=120_000)
    shoot(page, "6-order", width)


def make_card(page: Page, base: str, width: int) -> None:
    page.goto(base + "/studio/card/")
    page.get_by_label("What should the picture show?").fill(PROMPT)
    page.get_by_role("button", name="Make 4 pictures").click()
    page.locator(".gallery-pick img").nth(3).wait_for()
    page.locator(".gallery-pick").first.click()
    page.get_by_role("button", name="Words").first.click()
    page.get_by_label("Your words").fill(WORDS)
    page.wait_for_timeout(2500)
    shoot(page, "2-studio", width)
    page.get_by_role("navigation", name="Sides of the card").get_by_role("button", name="Inside, right").click()
    page.get_by_label("Your words").fill(INSIDE)
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Finish").first.click()
    page.get_by_role("button", name="Make it print quality").click()
    page.get_by_role("button", name="See the proof").click()
    page.wait_for_url("**/proofs/**")


def confirm(page: Page, width: int) -> None:
    buy = page.get_by_role("button", name="Buy")
    buy.wait_for()
    page.wait_for_load_state("networkidle")
    shoot(page, "3-proof", width)
    for box in page.get_by_role("checkbox").all():
        if "check" in (box.evaluate("box => box.labels[0].textContent") or "").lower():
            box.check()
    buy.click()
    page.wait_for_url("**/checkouts/**")


def pay(page: Page, width: int) -> None:
    page.wait_for_load_state("networkidle")
    shoot(page, "4-checkout", width)
    page.get_by_role("button", name="Pay").click()
    page.wait_for_load_state("networkidle")


def page_of_order(page: Page, base: str) -> str:
    page.goto(base + "/orders/")
    page.wait_for_url("**/orders/*-*/", timeout=60_000)
    return page.url


def approve(browser: Browser, given: argparse.Namespace, width: int) -> None:
    ops = browser.new_page(viewport={"width": width, "height": 900})
    complain(ops)
    log_in(ops, given.base_url, given.ops_email, given.ops_password)
    ops.locator(".waiting a").last.click()
    ops.locator(".proof-pages img").last.scroll_into_view_if_needed()
    ops.wait_for_load_state("networkidle")
    shoot(ops, "5-approval", width)
    ops.get_by_role("button", name="Approve for printing").click()
    ops.wait_for_load_state("networkidle")
    ops.close()


def complain(page: Page) -> None:
    """A page that logs an error is not done."""
    page.on("console", lambda line: print(page.url, line.type, line.text[:200]) if line.type == "error" else None)


def shoot(page: Page, name: str, width: int) -> None:
    """One picture, small enough for a repository."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=name.split("-")[0] in TALL))).convert("RGB")
    wanted = PICTURE_PX[width]
    height = min(picture.height * wanted // picture.width, 1400)
    picture = picture.resize((wanted, picture.height * wanted // picture.width), Image.Resampling.LANCZOS)
    picture.crop((0, 0, wanted, height)).save(HERE / f"{name}-{width}.webp", quality=80, method=6)


def shoot_all(page: Page, name: str, width: int) -> None:
    """One picture for each width of the same page: thirteen drawings are made once."""
    for other in WIDTHS:
        page.set_viewport_size({"width": other, "height": 900 if other > 600 else 720})
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(1_000)
        shoot(page, name, other)
    page.set_viewport_size({"width": width, "height": 900})


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument("--ops-email", default="ops@example.com")
    parser.add_argument("--ops-password")
    parser.add_argument("--check", action="store_true", help="only see that the calendar's journey works")
    parser.add_argument("--only", choices=["card", "calendar", "products", "console"])
    given = parser.parse_args()
    if not given.ops_password and not given.check and given.only != "calendar":
        parser.error("--ops-password is needed to approve the card's order")
    return given


if __name__ == "__main__":
    main()
