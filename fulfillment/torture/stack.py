"""Sandbox, web and worker as processes on free ports, with a home and a database of their own. Linux and macOS."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from fulfillment.torture import databases
from fulfillment.torture.migrated import KEPT
from fulfillment.torture.points import POINTS, Markers
from fulfillment.torture.recipe import ROOT
from fulfillment.torture.shell import Shell, ShellBroken

START_S = 60.0
STOP_S = 6.0
# Quick, but in the right proportion: a call the supplier takes `slow` over ends before the settle time does.
TEMPO = {
    "SUBMIT_SETTLE_S": "2",
    "SUPPLIER_TIMEOUT_S": "1.4",
    "SUPPLIER_POLL_S": "2",
    "SUPPLIER_POLL_TICK_S": "1",
    "JOB_BACKOFF_S": "0.5,1,2,4",
    "RATING_DELAY_S": "0.5",
    "SANDBOX_STEP_S": "0.15",
    "SANDBOX_ROUTING_S": "0.05",
    "SANDBOX_RETRY_S": "0.3",
    "SANDBOX_TICK_S": "0.05",
}
Json = dict[str, Any]


class StackBroken(Exception):
    """A process did not start or ended, or something never came to pass. The message has the end of its log."""


class Stack:
    """Start it as a context manager. `fast`: how many processes serve the fast lane.

    `copies`: let them be copies of one that has read the product, not started each of its own as the product does.
    """

    def __init__(
        self,
        home: Path,
        database_url: str,
        *,
        fast: int = 2,
        copies: bool = False,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self.home.mkdir(parents=True, exist_ok=True)
        self.markers = Markers(home / "crash-points")
        port, sandbox_port = free_ports(2)
        self.base_url, self.sandbox_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{sandbox_port}"
        self.env = {name: os.environ[name] for name in KEPT if name in os.environ} | TEMPO | {
            "CARDMAKER_ENV": "test",
            "CARDMAKER_HOME": str(home),
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "cardmaker.settings",
            "SANDBOX": "1",
            "PORT": str(port),
            "PUBLIC_URL": self.base_url,
            "APP_URL": self.base_url,
            "SANDBOX_PORT": str(sandbox_port),
            "SANDBOX_URL": self.sandbox_url,
            "WORKERS_FAST": str(fast),
            "LOG_LEVEL": "INFO",
            "PYTHONUNBUFFERED": "1",
            **(env or {}),
        }  # fmt: skip
        self.processes: dict[str, subprocess.Popen[Any]] = {}
        self._worker = ["-m", "fulfillment.torture.worker"] if copies else ["manage.py", "worker"]
        self._shell = Shell(self.env, home / "inside.log")

    def __enter__(self) -> Self:
        try:
            self.markers.disarm_all()
            (self.home / "static").mkdir(exist_ok=True)
            self._start("sandbox", ["-m", "cardmaker.sandbox"])
            self.inside("prepare")
            self._start_ours()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start_ours(self) -> None:
        port = self.base_url.rpartition(":")[2]
        gunicorn = f"-m gunicorn cardmaker.wsgi --bind 127.0.0.1:{port} -w 1 --threads 16 --no-control-socket"
        self._start("web", [*gunicorn.split(), "--log-level", "warning", "--timeout", "60", "--graceful-timeout", "2"])
        self.start_worker()
        self.until("the sandbox", lambda: _answers(f"{self.sandbox_url}/sandbox/healthz/"), within_s=START_S)
        self.until("web and worker", self._is_ready, within_s=START_S)

    def start_worker(self, **env: str) -> None:
        """With every crash point built in; none is armed."""
        self._start("worker", self._worker, {"CARDMAKER_CRASH_POINT": self.markers.setting(POINTS), **env})

    def stop(self) -> None:
        """End everything; safe to repeat."""
        self._shell.stop()
        for process in self.processes.values():
            process.terminate()
        for name in reversed(list(self.processes)):
            self.stop_one(name)

    def stop_one(self, name: str) -> None:
        process = self.processes.pop(name, None)
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill(self, name: str) -> None:
        """SIGKILL to one process alone, as a power cut or the kernel would."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def worker_children(self) -> list[int]:
        """Process ids of the worker's own children."""
        command = ["pgrep", "-P", str(self.processes["worker"].pid)]
        found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        return [int(pid) for pid in found.stdout.split()]

    def ask(self, question: str) -> list[str]:
        """The first column of a SELECT in this stack's database, at once."""
        return databases.column(self.env["DATABASE_URL"], question)

    def manage(self, *arguments: str) -> None:
        """Run a management command on this stack's database. Raises StackBroken with its words."""
        self.inside("manage", *arguments)

    def inside(self, *arguments: str) -> Json:
        """What the database says, read by a process of its own; see `fulfillment.torture.inside`."""
        try:
            return self._shell.ask(*arguments)
        except ShellBroken as failure:
            raise StackBroken(str(failure)) from failure

    def until(self, what: str, look: Callable[[], Any], *, within_s: float = 30.0, every_s: float = 0.1) -> Any:
        """The first truthy answer of `look`. Raises StackBroken when the time is over or a process is gone."""
        deadline = time.monotonic() + within_s
        while True:
            found = look()
            if found:
                return found
            dead = [name for name, process in self.processes.items() if process.poll() is not None]
            if dead or time.monotonic() > deadline:
                reason = f"{', '.join(dead)} ended" if dead else f"not within {within_s:.0f} s"
                raise StackBroken(f"Waited for {what}: {reason}.\n{self.logs()}")
            time.sleep(every_s)

    def logs(self, lines: int = 25) -> str:
        """The end of every log."""
        ends = []
        for path in sorted(self.home.glob("*.log")):
            ends.append(f"--- {path.name}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-lines:]))
        return "\n".join(ends)

    def _is_ready(self) -> bool:
        try:
            return bool(httpx.get(f"{self.base_url}/readyz", timeout=5).json().get("worker"))
        except (httpx.TransportError, ValueError):
            return False

    def _start(self, name: str, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        own = {**self.env, **(env or {})}
        if name == "sandbox":
            own.pop("DJANGO_SETTINGS_MODULE")
        with (self.home / f"{name}.log").open("ab") as log:
            places: Json = {"env": own, "cwd": ROOT, "stdout": log, "stderr": subprocess.STDOUT}
            own_command = [sys.executable, *command]
            self.processes[name] = subprocess.Popen(own_command, start_new_session=True, **places)  # noqa: S603 - ours


def free_ports(count: int) -> list[int]:
    """Ports that are free now."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.TransportError:
        return False
