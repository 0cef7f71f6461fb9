"""The ops console as ops see it: the start page, support, the ledger and the guardrails. Wants orders to be there."""

from collections.abc import Callable

from playwright.sync_api import Page

Shoot = Callable[[Page, str, int], None]
WIDTH = 1280
FIRST_ORDER = "1001"  # what the sandbox's shop calls the first one


def log_in(page: Page, base: str, email: str, password: str) -> None:
    page.goto(base + "/admin/login/")
    page.fill("#id_username", email)
    page.fill("#id_password", password)
    page.click("[type=submit]")


def show_console(page: Page, base: str, email: str, password: str, shoot: Shoot) -> None:
    log_in(page, base, email, password)
    page.wait_for_load_state("networkidle")
    shoot(page, "11-console", WIDTH)
    page.get_by_role("searchbox").first.fill(FIRST_ORDER)
    page.get_by_role("button", name="Find").click()
    page.get_by_text("Where is it?").wait_for()
    page.wait_for_load_state("networkidle")
    shoot(page, "12-support", WIDTH)
    page.goto(base + "/admin/billing/ledgerentry/")
    shoot(page, "13-ledger", WIDTH)
    page.goto(base + "/admin/billing/guardrails/1/change/")
    shoot(page, "14-guardrails", WIDTH)
