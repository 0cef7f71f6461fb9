"""A transport that answers GraphQL documents by name, in turn, and keeps what it was asked."""

import json
from pathlib import Path

import httpx

from fulfillment.shopify.client import AdminClient
from fulfillment.shopify.documents import FOLDER
from fulfillment.shopify.shop import ShopifyShop
from fulfillment.shopify.storefront import StorefrontClient

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = {path.read_text(): str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.graphql")}
BASE = "https://ada.myshopify.com"
COST = {"requestedQueryCost": 11, "actualQueryCost": 11,
        "throttleStatus": {"maximumAvailable": 2000.0, "currentlyAvailable": 1989, "restoreRate": 100.0}}  # fmt: skip


def fixture(name, **changes):
    return json.loads((FIXTURES / f"{name}.json").read_text()) | changes


def throttled(*, requested, available):
    status = {"maximumAvailable": 2000.0, "currentlyAvailable": available, "restoreRate": 100.0}
    cost = {"requestedQueryCost": requested, "actualQueryCost": None, "throttleStatus": status}
    return {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}], "extensions": {"cost": cost}}


class StubShopify:
    """`answers`: for each document its answers in turn; the last one stays. Data, a whole Response, or an error."""

    def __init__(self, **answers):
        self.answers = {name.replace("__", "/"): list(turns) for name, turns in answers.items()}
        self.calls = []
        self.requests = []
        self.pauses = []
        self.transport = httpx.MockTransport(self._answer)

    def admin(self, **options):
        return AdminClient("ada.myshopify.com", "tok-1", base_url=BASE, api_version="2026-10",
                           transport=self.transport, pause=self.pauses.append, **options)  # fmt: skip

    def shop(self, publication_gid="gid://shopify/Publication/1"):
        storefront = StorefrontClient(BASE, api_version="2026-10", transport=self.transport)
        return ShopifyShop(self.admin(), storefront=storefront, base_url=BASE, publication_gid=publication_gid)

    def named(self, name):
        return [variables for each, variables in self.calls if each == name]

    def _answer(self, request):
        body = json.loads(request.content)
        name = NAMES[body["query"]]
        self.calls.append((name, body["variables"]))
        self.requests.append(request)
        turns = self.answers[name]
        answer = turns.pop(0) if len(turns) > 1 else turns[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        whole = answer if {"data", "errors"} & answer.keys() else {"data": answer, "extensions": {"cost": COST}}
        return httpx.Response(200, json=whole)
