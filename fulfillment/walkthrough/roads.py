"""The pages a shopper may come through: our own, a shop's theme, a site on another origin. What browsers do there."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import httpx

from fulfillment.walkthrough.report import Story
from fulfillment.walkthrough.shopper import API, as_guest, entered
from fulfillment.walkthrough.web import WalkFailed, Web

BEFORE_THE_CLICK = 20_000  # bytes, at most
ELEMENT = "cardmaker-studio"
Json = dict[str, Any]


class Road(Protocol):
    """How the shopper gets a token, and how a ready checkout becomes the address where it is paid."""

    def enter(self, base_url: str) -> Web: ...

    def checkout_url(self, web: Web, checkout: Json) -> str: ...


class Pages:
    """Our own pages."""

    def enter(self, base_url: str) -> Web:
        return as_guest(base_url)

    def checkout_url(self, web: Web, checkout: Json) -> str:
        return str(checkout["checkout_url"])


@dataclass
class Theme:
    """The shop's theme: our block's loader, a token by the app proxy, the theme's own cart."""

    sandbox_url: str
    story: Story

    def enter(self, base_url: str) -> Web:
        domain = Web(self.sandbox_url).get("/sandbox/storefront/")["shop"]
        self.theme = Web(self.sandbox_url)
        page = Page.open(self.theme, f"/shopify/{domain}/")
        self.story.step("shopper", f"opened the theme's page: {page.weight(self.theme)} bytes before the click")
        home = self.theme.get(f"{page.element['proxy']}/home/")["home"]
        if home.rstrip("/") != base_url.rstrip("/"):
            raise WalkFailed(f"The app proxy leads to {home}, not to {base_url}.")
        session = self.theme.post(f"{page.element['proxy']}/session/")
        self.root = page.element["cart-root"]
        self.story.step("shopper", "got a token through the app proxy, for the shop that Shopify vouches for")
        return entered(Foreign(home, origin=origin_of(self.sandbox_url)), session)

    def checkout_url(self, web: Web, checkout: Json) -> str:
        line = checkout["cart_line"]
        item = {
            "id": int(line["variant_id"].rsplit("/", 1)[1]),
            **{key: line[key] for key in ("quantity", "properties")},
        }
        self.theme.post(f"{self.root}/cart/add.js", {"items": [item]})
        cart = self.theme.get(f"{self.root}/cart.js")
        if [each["properties"] for each in cart["items"]] != [line["properties"]]:
            raise WalkFailed("The theme's cart does not hold exactly the signed line.")
        self.story.step("shopper", f"has {cart['item_count']} card in the theme's cart, with signed properties")
        self.theme.http.follow_redirects = False
        leads_to: str = self.theme.send("POST", f"{self.root}/cart").headers.get("Location", "")
        return urljoin(self.sandbox_url, leads_to)


@dataclass
class Site:
    """A site on another origin: one script, one element, and nothing but CORS between it and us."""

    sandbox_url: str
    story: Story

    def enter(self, base_url: str) -> Web:
        site = Web(Web(self.sandbox_url).get("/sandbox/storefront/")["site_url"])
        page = Page.open(site, "")
        origin = origin_of(site.base_url)
        self.story.step("shopper", f"opened {origin}: {page.weight(site)} bytes before the click")
        web = Foreign(base_url, origin=origin)
        web.ask_first(f"{API}/session/", "POST", "content-type")
        session = web.post(f"{API}/session/", {"shop": page.element["shop"]})
        web.ask_first(f"{API}/designs/", "POST", "authorization,content-type,idempotency-key")
        self.story.step("shopper", "got a token across origins, without a cookie")
        return entered(web, session)

    def checkout_url(self, web: Web, checkout: Json) -> str:
        return str(web.post(f"{API}/carts/", {"checkouts": [checkout["id"]]})["checkout_url"])


class Foreign(Web):
    """A browser on a page of `origin`: what the API does not open to that page cannot be read there."""

    def __init__(self, base_url: str, *, origin: str) -> None:
        super().__init__(base_url)
        self.origin = origin

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        if not path.startswith(API):
            return super().send(method, path, **request)
        request["headers"] = {**(request.get("headers") or {}), "Origin": self.origin}
        answer = super().send(method, path, **request)
        if answer.headers.get("Access-Control-Allow-Origin") != self.origin:
            raise WalkFailed(f"A page of {self.origin} cannot read what {method} {path} answers.")
        if "set-cookie" in answer.headers and "Access-Control-Allow-Credentials" in answer.headers:
            raise WalkFailed("A cookie crossed origins.")
        return answer

    def ask_first(self, path: str, method: str, headers: str) -> None:
        """The preflight. Raises WalkFailed unless method and headers may be sent."""
        asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
        answer = self.send("OPTIONS", path, headers=asked)
        allowed = {name.strip().lower() for name in answer.headers.get("Access-Control-Allow-Headers", "").split(",")}
        if answer.status_code != 204 or not set(headers.split(",")) <= allowed:
            raise WalkFailed(f"{path} does not let {self.origin} send {headers}.")


class Page(HTMLParser):
    """One page with our element: its attributes, and where its script is."""

    def __init__(self) -> None:
        super().__init__()
        self.element: dict[str, str] = {}
        self.scripts: list[str] = []

    @classmethod
    def open(cls, web: Web, path: str) -> "Page":
        page = cls()
        page.feed(web.page(path).text)
        page.scripts = [source for source in page.scripts if re.search(r"cardmaker-studio\.js|loader\.js", source)]
        if not page.element or len(page.scripts) != 1:
            raise WalkFailed(f"The page {path} does not have one <{ELEMENT}> with one loader.")
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == ELEMENT:
            self.element = given
        elif tag == "script" and given.get("type") == "module":
            self.scripts.append(given.get("src", ""))

    def weight(self, web: Web) -> int:
        """The loader's bytes, uncompressed. Raises WalkFailed when it asks for more than a page should give."""
        size = len(web.page(urljoin(web.base_url, self.scripts[0])).content)
        if size > BEFORE_THE_CLICK:
            raise WalkFailed(f"The loader has {size} bytes; {BEFORE_THE_CLICK} are the most.")
        return size


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


ROADS = ("pages", "theme", "webflow")


def road(name: str, *, sandbox_url: str, story: Story) -> Road:
    if name == "theme":
        return Theme(sandbox_url, story)
    return Site(sandbox_url, story) if name == "webflow" else Pages()
