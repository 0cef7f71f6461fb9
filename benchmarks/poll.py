"""How many status polls that find nothing changed the web process answers, against a bare view that makes one query.

    [DATABASE_URL=postgres://…] python benchmarks/poll.py --json

Both are asked of one gunicorn, as `make run` starts it, over the same kept connections, in short turns that alternate:
the ratio of the medians counts. On SQLite, and on PostgreSQL when DATABASE_URL names a server.
"""

import argparse
import json
import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from stand import Stand, databases

PORT = 18152
WANTED_RATIO = 0.8
CONNECTIONS, TURN, WARM_UP = 2, 100, 100  # requests a connection in a turn
END_OF_HEAD = b"\r\n\r\n"

# A guest's queued Run, and the token it is polled with.
RUN = """
from django.utils import timezone
from accounts.models import Account, Shop
from accounts.tokens import issue
from designs.models import Design, Run
guest, shop, at = Account.objects.create(), Shop.objects.house(), timezone.now()
design = Design.objects.create(account=guest, shop=shop, kind="card", updated_at=at)
run = Run.objects.create(design=design, account=guest, shop=shop, stage="candidate", positions=["front"], count=4)
print(run.pk, issue(guest, shop, at=at)[0])
"""


class Client:
    """One kept connection that sends prepared bytes: what is measured is the server."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> bytes:
        """The head of the answer; one without a body is awaited."""
        self.socket.sendall(request)
        answer = b""
        while END_OF_HEAD not in answer:
            piece = self.socket.recv(65536)
            if not piece:
                sys.exit("The web process closed a kept connection.")
            answer += piece
        return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object only")
    parser.add_argument("--turns", type=int, default=21, help="turns of each of the two")
    options = parser.parse_args()
    figures: dict[str, object] = {name: measure(url, options.turns) for name, url in databases().items()}
    figures["met"] = all(found["met"] for found in figures.values())  # type: ignore[index]
    print(json.dumps(figures) if options.json else "\n".join(f"{name}: {found}" for name, found in figures.items()))
    sys.exit(not figures["met"])


def measure(url: str, turns: int) -> dict[str, object]:
    with Stand(url, PORT, settings="benchmarks.settings") as stand:
        run_id, token = stand.script(RUN).split()
        asked = {
            "poll": lambda: poll_request(stand.port, run_id, token),
            "bare": lambda: request(f"/bare/{run_id}/"),
        }
        rates = take_turns(asked, stand.port, turns)
    ratio = median(rates["poll"]) / median(rates["bare"])
    return {
        "ratio": round(ratio, 3),
        "poll_per_s": round(median(rates["poll"])),
        "bare_per_s": round(median(rates["bare"])),
        "met": ratio >= WANTED_RATIO,
    }


def poll_request(port: int, run_id: str, token: str) -> bytes:
    """Ask once for the ETag, as the studio does, and make sure that the second answer is 304."""
    address, bearer = f"/api/v1/runs/{run_id}/", f"Authorization: Bearer {token}"
    head = Client(port).ask(request(address, bearer)).split(END_OF_HEAD)[0].decode()
    etag = next(line.split(": ", 1)[1] for line in head.splitlines() if line.lower().startswith("etag:"))
    again = request(address, bearer, f"If-None-Match: {etag}")
    status = Client(port).ask(again).split()[1]
    if status != b"304":
        sys.exit(f"The poll answered {status.decode()} where nothing had changed.")
    return again


def request(address: str, *headers: str) -> bytes:
    lines = [f"GET {address} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return "\r\n".join(lines).encode() + END_OF_HEAD


def take_turns(asked: dict[str, Callable[[], bytes]], port: int, turns: int) -> dict[str, list[float]]:
    """Requests a second of every turn. Each turn asks both, and who is first changes."""
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for name in asked:
        press(asked[name](), port, WARM_UP)
    for turn in range(turns):
        for name in sorted(asked, reverse=bool(turn % 2)):
            # The tag changes when links to pictures get a new text, every few minutes: such a turn is taken again.
            while (rate := press(asked[name](), port, TURN)) is None:
                pass
            rates[name].append(rate)
    return rates


def press(one: bytes, port: int, count: int) -> float | None:
    """Answers a second over all connections; None when one of them was no 304."""
    clients = [Client(port) for _ in range(CONNECTIONS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        answers = [head for heads in pool.map(lambda client: ask_often(client, one, count), clients) for head in heads]
    seconds = time.perf_counter() - started
    for client in clients:
        client.socket.close()
    statuses = {head.split()[1] for head in answers}
    if not statuses <= {b"304", b"200"}:
        sys.exit(f"Answers were {statuses}.")
    return len(answers) / seconds if statuses == {b"304"} else None


def ask_often(client: Client, one: bytes, count: int) -> list[bytes]:
    return [client.ask(one) for _ in range(count)]


if __name__ == "__main__":
    main()
