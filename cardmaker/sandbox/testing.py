"""The sandbox for tests: start it as a process, then drive and read it over HTTP.

with start_sandbox(18010, home=tmp_path, app_url="http://127.0.0.1:18000") as sandbox:
    sandbox.fault("timeout_after", service="gooten", operation="POST orders", times=1)
    order = sandbox.pay("shop.myshopify.com", [{"variant_id": gid, "quantity": 1, "properties": {}}])
    sandbox.advance(source_id, to="Shipped")
    assert sandbox.state()["gooten"]["orders"][0]["items"][0]["status"] == "Shipped"
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

START_S = 30.0
STOP_S = 5.0
ROOT = Path(__file__).resolve().parent.parent.parent
Json = dict[str, Any]


class SandboxBroken(AssertionError):
    """The sandbox did not start, refused a control, or never came to the state waited for."""


class SandboxProcess:
    """A running sandbox. Every method is one HTTP call; none looks into its database."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process, self.log = process, log
        self.http = httpx.Client(base_url=self.url, timeout=60.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process; safe to repeat."""
        self.http.close()
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_S)

    def state(self) -> Json:
        return self._json(self.http.get("/sandbox/state/"))

    def reset(self) -> None:
        self.post("/sandbox/reset/")

    def fault(
        self, kind: str, *, service: str = "", operation: str = "", times: int | None = None, value: float | None = None
    ) -> Json:
        """Switch a fault on. `operation` is part of a call's name: productSet, "POST orders", orders/paid."""
        switch = {"kind": kind, "service": service, "operation": operation, "times": times, "value": value}
        return self.post("/sandbox/faults/", switch)

    def no_faults(self) -> None:
        self.http.delete("/sandbox/faults/").raise_for_status()

    def pause(self, paused: bool = True) -> None:
        """Stop (or restart) the printer's clock; items then move only by `advance`."""
        self.post("/sandbox/clock/", {"paused": paused})

    def advance(self, reference: str, *, to: str = "", item: int | None = None) -> Json:
        """Move a Gooten order, named by Safe Id or source id: one step, or until `to`. Answers the order's state."""
        order: Json = self.post(f"/sandbox/gooten/orders/{reference}/advance/", {"to": to, "item": item})["order"]
        return order

    def fail(self, reference: str, *, status: str = "ImageIssue", message: str = "", item: int | None = None) -> Json:
        """Put the items of a Gooten order into a status that is a problem or an end."""
        given = {"status": status, "message": message, "item": item}
        order: Json = self.post(f"/sandbox/gooten/orders/{reference}/fail/", given)["order"]
        return order

    def advance_printify(self, reference: str, *, to: str = "") -> Json:
        """Move a Printify order, named by its id or external_id: one step, or until `to` (last: delivered)."""
        order: Json = self.post(f"/sandbox/printify/orders/{reference}/advance/", {"to": to})["order"]
        return order

    def fail_printify(self, reference: str, *, status: str = "had-issues", message: str = "") -> Json:
        """Put a Printify order into any status."""
        given = {"status": status, "message": message}
        order: Json = self.post(f"/sandbox/printify/orders/{reference}/fail/", given)["order"]
        return order

    def change_printify(self, blueprint: int, **change: Any) -> None:
        """Change Printify's catalog: `dropped`, `sizes` {position: [width, height]}, `out_of_stock` [variant ids]."""
        self.post("/sandbox/printify/catalog/", {"blueprint": blueprint, **change})

    def pay(self, domain: str, lines: list[Json], **purchase: Any) -> Json:
        """Buy `lines` ({variant_id, quantity, properties}) and answer the order's {id, number, name, total ...}.

        `purchase`: email, address (None: none), shipping, financial_status, test, discount_percent, attributes.
        """
        order: Json = self.post(f"/sandbox/shopify/{domain}/checkouts/", {"lines": lines, **purchase})["order"]
        return order

    def pay_at(self, checkout_url: str, **purchase: Any) -> Json:
        """Follow a checkout link (permalink or cartCreate) and pay there; `properties` [{...}] alters the lines'."""
        landed = self.http.get(checkout_url, follow_redirects=True)
        if landed.status_code != 200:
            raise SandboxBroken(f"{checkout_url} answered {landed.status_code}: {landed.text[:300]}")
        order: Json = self.post(str(landed.url), purchase)["order"]
        return order

    def staff(self, order: str | int, action: str, **given: Any) -> Json:
        """One of mark-paid, cancel, refund, edit, set-properties, hold, release; an order by number or gid."""
        reference = str(order).rsplit("/", 1)[-1].removeprefix("#")
        return self.post(f"/sandbox/shopify/orders/{reference}/{action}/", given)

    def replay(self, webhook: int) -> None:
        """Send a webhook of `state()["webhooks"]` again under its own webhook id."""
        self.post(f"/sandbox/webhooks/{webhook}/replay/")

    def delivery(self, webhook: int) -> Json:
        """A webhook of `state()["webhooks"]` as {url, headers, body}, signed, to be delivered by the caller."""
        return self._json(self.http.get(f"/sandbox/webhooks/{webhook}/"))

    def wait_for(self, wanted: Callable[[Json], Any], *, within_s: float = 10.0) -> Any:
        """The first truthy answer of `wanted(state)`. Raises SandboxBroken when the time is over."""
        until = time.monotonic() + within_s
        while True:
            found = wanted(self.state())
            if found:
                return found
            if time.monotonic() > until:
                raise SandboxBroken(f"Not reached in {within_s} s. The log says:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def post(self, path: str, given: Json | None = None) -> Json:
        return self._json(self.http.post(path, json=given or {}))

    def _json(self, response: httpx.Response) -> Json:
        if response.is_error:
            raise SandboxBroken(f"{response.request.url} answered {response.status_code}: {response.text[:500]}")
        answer: Json = response.json()
        return answer


def start_sandbox(port: int, home: Path | str, app_url: str, **env: str) -> SandboxProcess:
    """Start a sandbox on `port` with its files in `home`; returns when it answers. Use it as a context manager.

    Quick by default: a step takes 0.2 s, routing 0.05 s. `env` overrides, e.g. SANDBOX_STEP_S="2".
    """
    home = Path(home)
    home.mkdir(parents=True, exist_ok=True)
    quick = {"SANDBOX_STEP_S": "0.2", "SANDBOX_ROUTING_S": "0.05", "SANDBOX_RETRY_S": "0.2", "SANDBOX_TICK_S": "0.1"}
    quick |= {"SANDBOX_MOCKUP_S": "0.2", "SANDBOX_PICTURE_S": "0.1"}
    places = {"SANDBOX_PORT": str(port), "SANDBOX_HOME": str(home), "APP_URL": app_url, "CARDMAKER_ENV": "test"}
    log = home / "sandbox.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "cardmaker.sandbox"],
            env={**_inherited(), **quick, **places, **env},
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    sandbox = SandboxProcess(port, process, log)
    _await(sandbox)
    return sandbox


def _inherited() -> dict[str, str]:
    """Our environment without the application's own settings module."""
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


def _await(sandbox: SandboxProcess) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and sandbox.process.poll() is None:
        try:
            if sandbox.http.get("/sandbox/healthz/").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    sandbox.stop()
    raise SandboxBroken(f"The sandbox did not start:\n{sandbox.log.read_text()[-3000:]}")
