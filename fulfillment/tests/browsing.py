"""What the browser tests do: open a page, make a card, look at it with axe, weigh what a page asked for."""

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDTHS = (320, 1280)
PROMPT = "A red fox in a yellow raincoat under autumn leaves"
OURS = ("cardmaker-studio.js", "/embed/v1/", "/static/studio/", "/api/v1/", "/apps/")
PATIENCE_MS = 120_000  # a busy machine draws slowly, and that says nothing about the page
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Visit:
    """One page, what it fetched, and what it complained of."""

    page: Page
    fetched: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ours(self) -> list[str]:
        """The addresses of what our studio fetched: scripts and answers, without the page's own."""
        return [url for url in self.fetched if any(part in url for part in OURS)]

    def weight(self) -> int:
        """Bytes of our scripts as gzip makes them, fetched again: a page that went on keeps no bodies."""
        scripts = [url for url in self.ours() if urlsplit(url).path.endswith(".js")]
        return sum(len(gzip.compress(httpx.get(url).content)) for url in scripts)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def visit(browser: Browser, url: str, *, width: int = 1280, script: str = "") -> Visit:
    """Open a page in a browser of its own that has never been here."""
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(SHIFTS + script)
    visited = Visit(page)
    page.on("request", lambda request: visited.fetched.append(request.url))
    page.on("console", lambda line: visited.complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: visited.complaints.append(str(error)))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return visited


def begin(page: Page) -> None:
    page.locator("cardmaker-studio").get_by_role("button").click()
    page.get_by_label("What should the picture show?").wait_for()


def make_card(page: Page, words: str, *, look=lambda: None) -> None:
    """From a prompt to a proof that can be bought; `look` is called once there are pictures."""
    page.get_by_label("What should the picture show?").fill(PROMPT)
    page.get_by_role("button", name="Make 4 pictures").click()
    page.locator(".gallery-pick").nth(3).wait_for()
    page.locator(".gallery-pick").first.click()
    look()
    page.get_by_role("button", name="Words").first.click()
    page.get_by_label("Your words").fill(words)
    page.get_by_role("button", name="Finish").first.click()
    page.get_by_role("button", name="Make it print quality").click()
    page.get_by_role("button", name="See the proof").click()
    page.get_by_label("I have checked the spelling").wait_for()


def confirm(page: Page, button: str) -> None:
    page.get_by_label("I have checked the spelling").check()
    if page.get_by_label("I have read the notes").is_visible():
        page.get_by_label("I have read the notes").check()
    page.get_by_role("button", name=button, exact=True).click()


def pay(page: Page) -> None:
    page.get_by_role("button", name="Pay").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def accessible(page: Page, *, within: str = "") -> None:
    """Axe finds nothing, and nothing sticks out sideways, on a phone and on a desk.

    `within`: a part of the studio that lies over all else, which axe would see through.
    """
    where = {"fromShadowDom": ["cardmaker-studio", within]} if within else None
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.fonts.ready")
        found = Axe().run(page, context=where).response["violations"]
        told = [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]
        assert not told, f"{page.url} at {width} px: {told}"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{page.url} at {width} px"
    if before:
        page.set_viewport_size(before)
