"""Shopify's token endpoint for one process: it gives, renews and refuses tokens, over HTTP."""

import threading

from fulfillment.shopify.tests.stub_server import served

LIFE = {"expires_in": 3600, "refresh_token_expires_in": 7_776_000, "scope": "write_products,read_orders"}


class TokenStub:
    """`answers` first, then a new pair each time. `asked` holds what it was sent; `delay` may wait before answering."""

    def __init__(self):
        self.url, self.asked, self.answers = "", [], []
        self.lock = threading.Lock()
        self.delay = lambda: None

    def answer(self, path, body):
        with self.lock:
            self.asked.append(body | {"path": path})
            number = len(self.asked)
            answer = self.answers.pop(0) if self.answers else (200, {})
        self.delay()
        status, given = answer
        pair = {"access_token": f"shpat_{number}", "refresh_token": f"shprt_{number}", **LIFE}
        return status, {**pair, **given} if status == 200 and given is not None else given

    def domain_url(self, domain):
        return f"{self.url}/{domain}"


def token_stub():
    return served(TokenStub())
