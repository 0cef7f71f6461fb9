"""What the tests say to the sandbox: the shop's and the supplier's calls as the application makes them."""

import io
import json
import threading
import time
from pathlib import Path

from PIL import Image

DOCUMENTS = Path(__file__).resolve().parents[3] / "fulfillment" / "shopify" / "graphql"
DOMAIN = "cardmaker-sandbox.myshopify.com"
TOKEN = "sandbox-access-token"
ONLINE_STORE = "gid://shopify/Publication/154800001"
RECIPE = "5a6b1c2d-0000-4000-8000-00000000c0de"
BILLING_KEY = "sandbox-billing-key="
FOLDED = "SIM-Greet-Fold-5x7-1Pack"
GOOTEN = "/gooten/api/v/5/source/api"


class Receiver:
    """What the pretended application got, and what it answers: `answers` first, then 200.

    So many of the next downloads as `trouble` says end in a 503. A delivery takes `slow_s`.
    """

    url = ""

    def __init__(self):
        self.lock = threading.Lock()
        self.clear()

    def clear(self):
        with self.lock:
            self.deliveries, self.answers, self.files, self.trouble = [], [], {}, 0
            self.arriving, self.slow_s = 0, 0.0

    def take(self, path, headers, body):
        self.arriving += 1
        time.sleep(self.slow_s)
        with self.lock:
            self.deliveries.append({"path": path, "headers": headers, "body": body, "json": json.loads(body)})
            return self.answers.pop(0) if self.answers else 200

    def give(self, path):
        with self.lock:
            if self.trouble:
                self.trouble -= 1
                return 503, b""
            content = self.files.get(path)
            return (404, b"") if content is None else (200, content)

    def topics(self):
        return [each["headers"].get("x-shopify-topic", "gooten") for each in self.deliveries]

    def wait_for(self, count, within_s=20, path=""):
        """The deliveries, to `path` where one is named, once there are `count`."""
        until = time.monotonic() + within_s
        while len(found := self._to(path)) < count and time.monotonic() < until:
            time.sleep(0.02)
        assert len(found) >= count, self.topics()
        return found

    def _to(self, path):
        return [each for each in self.deliveries if not path or each["path"] == path]

    def serve(self, name, width, height, *, mode="RGB", kind="JPEG", color=90):
        """Put a picture at an address of the application and answer the address."""
        buffer = io.BytesIO()
        Image.new(mode, (width, height), color).save(buffer, kind)
        self.files[f"/{name}"] = buffer.getvalue()
        return f"{self.url}/{name}"


def admin(sandbox, document, variables=None, *, token=TOKEN, domain=DOMAIN):
    """Run one of the application's documents; the whole answer."""
    query = (DOCUMENTS / f"{document}.graphql").read_text()
    return graphql(sandbox, query, variables, token=token, domain=domain).json()


def graphql(sandbox, query, variables=None, *, token=TOKEN, domain=DOMAIN, timeout=30):
    call = {"query": query, "variables": variables or {}}
    headers = {"X-Shopify-Access-Token": token}
    return sandbox.http.post(
        f"/shopify/{domain}/admin/api/2026-10/graphql.json", json=call, headers=headers, timeout=timeout
    )


def cart_create(sandbox, lines):
    query = (DOCUMENTS / "storefront" / "cart_create.graphql").read_text()
    call = {"query": query, "variables": {"input": {"lines": lines}}}
    return sandbox.http.post(f"/shopify/{DOMAIN}/api/2026-10/graphql.json", json=call).json()["data"]["cartCreate"]


def product_input(handle="d-7f3k9q2m", **changes):
    variant = {
        "optionValues": [{"optionName": "Format", "name": "5x7 folded"}],
        "price": "6.90",
        "sku": "CM-000123",
        "inventoryItem": {"tracked": False, "requiresShipping": True},
    }
    given = {
        "handle": handle,
        "title": "Birthday card",
        "status": "UNLISTED",
        "productOptions": [{"name": "Format", "position": 1, "values": [{"name": "5x7 folded"}]}],
        "variants": [variant],
    }
    return {**given, **changes}


def set_product(sandbox, given, handle="d-7f3k9q2m"):
    return admin(sandbox, "product_set", {"identifier": {"handle": handle}, "input": given})["data"]["productSet"]


def sold_product(sandbox, handle="d-7f3k9q2m", **changes):
    """A published product; its product id and variant id."""
    product = set_product(sandbox, product_input(handle, **changes), handle)["product"]
    admin(sandbox, "publish", {"id": product["id"], "input": [{"publicationId": ONLINE_STORE}]})
    return product["id"], product["variants"]["nodes"][0]["id"]


def routed_order(sandbox, quantity=2, **purchase):
    """A placed order that has its fulfillment order, as the application reads it."""
    _, variant = sold_product(sandbox)
    placed = sandbox.pay(
        DOMAIN, [{"variant_id": variant, "quantity": quantity, "properties": {"_proof": "p1"}}], **purchase
    )
    sandbox.wait_for(lambda state: state["shopify"]["orders"][0]["fulfillment_orders"])
    return read_order(sandbox, placed["id"])


def read_order(sandbox, gid):
    return admin(sandbox, "order", {"id": gid})["data"]["order"]


ADDRESS = {
    "FirstName": "Robin",
    "LastName": "Sample",
    "Line1": "12 Example Street",
    "City": "Portland",
    "State": "OR",
    "PostalCode": "97201",
    "CountryCode": "US",
    "Email": "robin.sample@example.com",
}


def gooten_order(urls, source_id="CM-1001-1", **changes):
    """An order of one folded card with these four files."""
    images = [{"Url": url, "SpaceId": f"F70C{number}", "Index": number} for number, url in enumerate(urls, start=1)]
    item = {"SKU": FOLDED, "Quantity": 2, "ShipType": "standard", "SourceId": "line-1", "Images": images}
    order = {
        "SourceId": source_id,
        "IsPartnerSourceIdUnique": True,
        "ShipToAddress": ADDRESS,
        "Items": [item],
        "Payment": {"PartnerBillingKey": BILLING_KEY, "CurrencyCode": "USD"},
    }
    return {**order, **changes}


def gooten(sandbox, method, endpoint, body=None, **params):
    return sandbox.http.request(method, f"{GOOTEN}/{endpoint}/", json=body, params={"recipeid": RECIPE, **params})


def four_files(app, width=1538, height=2175):
    return [app.serve(f"{number}.jpg", width, height, color=(number * 50, 90, 120)) for number in range(4)]
