"""The sandbox as a process, and a small server that stands for our own address: it serves print files."""

import hashlib
import io
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image

from cardmaker.core.foreign import foreign_client
from cardmaker.core.http import shared_client
from cardmaker.sandbox.testing import start_sandbox
from fulfillment.suppliers.gooten import Gooten
from fulfillment.suppliers.printify import Printify
from fulfillment.suppliers.registry import SOLD_TO

RECIPE = "5a6b1c2d-0000-4000-8000-00000000c0de"
BILLING_KEY = "sandbox-billing-key="
DOMAIN = "cardmaker-sandbox.myshopify.com"
TOKEN = "sandbox-access-token"
_opened = []


@dataclass
class OurAddress:
    """What is served at our address, by path."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)

    def serve_named(self, folder, width_px, height_px, color="teal"):
        """A picture whose address ends in its digest, as ours do: (address, digest)."""
        buffer = io.BytesIO()
        Image.new("RGB", (width_px, height_px), color).save(buffer, "JPEG")
        sha256 = hashlib.sha256(buffer.getvalue()).hexdigest()
        self.files[f"{folder}/{sha256}.jpg"] = buffer.getvalue()
        return f"{self.url}{folder}/{sha256}.jpg", sha256

    def serve_picture(self, path, width_px, height_px):
        buffer = io.BytesIO()
        Image.new("RGB", (width_px, height_px), "teal").save(buffer, "JPEG")
        self.files[path] = buffer.getvalue()
        return self.url + path


@contextmanager
def running_sandbox(home: Path):
    """A sandbox and our own address, until the end of the block."""
    ours = OurAddress()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"ours": ours}))
    server.daemon_threads = True
    ours.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with start_sandbox(_free_port(), home, ours.url) as sandbox:
            yield sandbox, ours
    finally:
        while _opened:
            _opened.pop().close()
        server.shutdown()
        server.server_close()
        thread.join(5)


def gooten_at(sandbox, *, timeout_s=15.0):
    keys = {"recipe_id": RECIPE, "billing_key": BILLING_KEY}
    gooten = Gooten(sandbox.url + "/gooten", **keys, countries=SOLD_TO, timeout_s=timeout_s)
    _opened.append(gooten._http)
    return gooten


def printify_at(sandbox, *, timeout_s=15.0, settle_s=0.2, token="sandbox-printify-token"):
    url, patience = sandbox.url + "/printify", {"timeout_s": timeout_s, "settle_s": settle_s}
    printify = Printify(url, token=token, shop_id="1500001", sold_to=SOLD_TO, **patience)
    _opened.extend([printify._http, printify._patient, foreign_client("Mock-up", sandbox.url)])
    return printify


def shop_url(sandbox):
    """Where the sandbox's shop is; its shared connections are closed with the sandbox."""
    url = f"{sandbox.url}/shopify/{DOMAIN}"
    _opened.extend(shared_client(name, url) for name in ("Shopify", "Shopify Storefront"))
    return url


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class _Handler(BaseHTTPRequestHandler):
    ours: OurAddress

    def do_GET(self):
        content = self.ours.files.get(self.path)
        self._answer(404 if content is None else 200, content or b"")

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200, b"")

    def _answer(self, status, content):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass
