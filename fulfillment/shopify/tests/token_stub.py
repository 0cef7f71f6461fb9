"""Shopify's token endpoint for one process: it gives, renews and refuses tokens, over HTTP."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cardmaker.core.http import shared_client

LIFE = {"expires_in": 3600, "refresh_token_expires_in": 7_776_000, "scope": "write_products,read_orders"}


class TokenStub:
    """`answers` first, then a new pair each time. `asked` holds what it was sent; `delay` may wait before answering."""

    def __init__(self):
        self.url, self.asked, self.answers = "", [], []
        self.lock = threading.Lock()
        self.delay = lambda: None

    def answer(self, body):
        with self.lock:
            self.asked.append(body)
            number = len(self.asked)
            answer = self.answers.pop(0) if self.answers else (200, {})
        self.delay()
        status, given = answer
        pair = {"access_token": f"shpat_{number}", "refresh_token": f"shprt_{number}", **LIFE}
        return status, {**pair, **given} if status == 200 and given is not None else given

    def domain_url(self, domain):
        return f"{self.url}/{domain}"


@contextmanager
def token_stub():
    stub = TokenStub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"stub": stub}))
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        shared_client.cache_clear()
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    stub: TokenStub

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = self.stub.answer(body | {"path": self.path})
        content = json.dumps(answer).encode() if answer is not None else b"<html>"
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass
