import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cardmaker.sandbox.testing import start_sandbox
from cardmaker.sandbox.tests.driver import Receiver


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Handler(BaseHTTPRequestHandler):
    """The application as the sandbox sees it: takes webhooks, serves files."""

    receiver: Receiver

    def do_GET(self):
        self._answer(*self.receiver.give(self.path))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._answer(self.receiver.take(self.path, headers, body))

    def _answer(self, status, content=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@contextmanager
def pretended_application():
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"receiver": receiver}))
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield receiver
    server.shutdown()
    server.server_close()
    thread.join(5)


@contextmanager
def telling_sandbox(home):
    """A sandbox and the pretended application that it tells everything."""
    with pretended_application() as receiver, start_sandbox(_free_port(), home, receiver.url) as sandbox:
        yield sandbox, receiver


@pytest.fixture
def running(telling):
    return telling


@pytest.fixture
def application():
    """A pretended application that no other sandbox of the session knows."""
    with pretended_application() as receiver:
        yield receiver


@pytest.fixture
def sandbox(running):
    """The running sandbox, empty again."""
    running[0].reset()
    return running[0]


@pytest.fixture
def app(running):
    """The pretended application, empty again."""
    running[1].clear()
    return running[1]
