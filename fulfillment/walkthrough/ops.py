"""The ops person: logs in to the admin's own pages, finds the order, looks at it, presses its buttons."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import httpx

from fulfillment.walkthrough.forms import Form, forms_of, links_of
from fulfillment.walkthrough.web import Deadline, WalkFailed, Web

ORDERS = "/admin/fulfillment/order/"
STATE = re.compile(r'class="state state-([a-z_]+)"')
REASON = re.compile(r'<li class="(blocks)?[^"]*"><code>([a-z_]+)</code>\s*([^<]*)')
CHANGE = re.compile(r"/admin/fulfillment/order/([0-9a-f-]{36})/change/")
MESSAGE = re.compile(r'<li class="(error|success|warning)[^"]*">(.*?)</li>', re.S)


@dataclass(frozen=True)
class Reason:
    code: str
    message: str
    blocks: bool


@dataclass(frozen=True)
class OrderPage:
    """The order's page as ops sees it."""

    path: str
    html: str

    @property
    def order_id(self) -> str:
        found = CHANGE.search(self.path)
        return found[1] if found else ""

    @property
    def state(self) -> str:
        found = STATE.search(self.html)
        if found is None:
            raise WalkFailed("The order's page in the admin shows no state.")
        return found[1]

    @property
    def reasons(self) -> list[Reason]:
        found = REASON.findall(self.html)
        return [Reason(code, unescape(message).strip(), bool(blocks)) for blocks, code, message in found]

    @property
    def messages(self) -> list[str]:
        return [unescape(re.sub(r"<[^>]+>", "", text)).strip() for _, text in MESSAGE.findall(self.html)]

    def form(self, verb: str) -> Form | None:
        """The form behind the button for `verb`, if the page has it."""
        return next((form for form in forms_of(self.html) if form.action.rstrip("/").endswith("/" + verb)), None)


class Ops:
    def __init__(self, base_url: str, deadline: Deadline, *, email: str, password: str) -> None:
        self.web, self.deadline = Web(base_url), deadline
        self._log_in(email, password)

    def _log_in(self, email: str, password: str) -> None:
        page = self.web.page("/admin/")
        form = next((form for form in forms_of(page.text) if "password" in form.fields), None)
        if form is None:
            raise WalkFailed("The admin shows no log-in form.")
        name = "username" if "username" in form.fields else "login"
        landed = self._submit(page, form, {name: email, "password": password})
        if any("password" in form.fields for form in forms_of(landed.text)):
            raise WalkFailed(f"The admin does not let {email} in. Is it the password in CARDMAKER_HOME/ops-password?")

    def find(self, external_ref: str) -> OrderPage:
        """Search for the shop's order in the list of orders until it is there, and open it."""
        path = self.deadline.wait(f"the order {external_ref} in the admin", lambda: self._found(external_ref))
        return self.open(path)

    def _found(self, external_ref: str) -> str | None:
        page = self.web.page(f"{ORDERS}?q={quote(external_ref)}")
        paths = [urlsplit(urljoin(ORDERS, link)).path for link in links_of(page.text)]
        return next((path for path in paths if CHANGE.search(path)), None)

    def open(self, path: str) -> OrderPage:
        return OrderPage(path, self.web.page(path).text)

    def await_state(self, page: OrderPage, *states: str) -> OrderPage:
        """Reload until the order is in one of these states."""
        wanted = " or ".join(states)
        return self.deadline.wait(f"the order to be {wanted}", lambda: self._in_state(page.path, states))

    def _in_state(self, path: str, states: tuple[str, ...]) -> OrderPage | None:
        page = self.open(path)
        return page if page.state in states else None

    def look_at_pages(self, page: OrderPage, digest: str, sha256s: list[str]) -> int:
        """Check that digest and proof pages stand on the order's page and can be opened. How many there are."""
        if digest not in page.html:
            raise WalkFailed("The order's page in the admin does not show the proof's digest.")
        missing = [sha256 for sha256 in sha256s if sha256 not in page.html]
        if missing:
            raise WalkFailed(f"The order's page in the admin does not show the file {missing[0][:12]}.")
        pictures = re.findall(r'<img src="(/files/[^"]+)"', page.html)
        if len(pictures) != len(sha256s):
            raise WalkFailed(f"The order's page in the admin shows {len(pictures)} of {len(sha256s)} proof pages.")
        for picture in pictures:
            self.web.page(unescape(picture))
        return len(pictures)

    def approve(self, page: OrderPage) -> OrderPage:
        """Press Approve. Raises WalkFailed when the button is not there or cannot be pressed."""
        form = page.form("approve")
        if form is None or not form.pressable:
            told = _told(page) or "the page has no such button"
            raise WalkFailed(f"The order ({page.state}) cannot be approved: {told}.")
        return self._press(page, form)

    def approve_all_the_same(self, page: OrderPage) -> OrderPage:
        """Send the Approve form although its button is disabled, as only somebody who means harm would."""
        form = page.form("approve")
        if form is None:
            raise WalkFailed("The order's page in the admin has no Approve form.")
        if form.pressable:
            raise WalkFailed("Approve can be pressed although a reason stands against it.")
        return self._press(page, form)

    def _press(self, page: OrderPage, form: Form) -> OrderPage:
        answer = self._submit_at(urljoin(page.path, form.action), page.path, form.fields)
        return OrderPage(page.path, answer.text)

    def _submit(self, page: httpx.Response, form: Form, given: dict[str, str]) -> httpx.Response:
        where = urljoin(str(page.url), form.action or str(page.url))
        return self._submit_at(where, str(page.url), {**form.fields, **given})

    def _submit_at(self, where: str, referer: str, fields: dict[str, str]) -> httpx.Response:
        full = urljoin(self.web.base_url, referer)
        answer = self.web.send("POST", where, data=fields, headers={"Referer": full})
        if answer.is_error:
            raise WalkFailed(f"The form at {urlsplit(where).path} answered {answer.status_code}.")
        return answer


def _told(page: OrderPage) -> str:
    return "; ".join(f"{reason.code}: {reason.message}" for reason in page.reasons)
