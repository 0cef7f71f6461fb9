"""A stand-in of Shopify in this process, over HTTP: what it answers, its `answer(path, body)` says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from cardmaker.core.http import shared_client


class Answers(Protocol):
    """`answer` tells status and JSON; None is a page that is no JSON. `url` is set once it is served."""

    url: str

    def answer(self, path: str, body: dict[str, Any]) -> tuple[int, Any]: ...


@contextmanager
def served(stub: Answers) -> Iterator[Answers]:
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
    stub: Answers

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, answer = self.stub.answer(self.path, body)
        content = json.dumps(answer).encode() if answer is not None else b"<html>"
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass
