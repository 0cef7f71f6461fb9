"""The product on a bench: web and worker as processes of their own, on a database and files for one measurement."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
READY_S, STOP_S = 60, 10


def databases() -> dict[str, str]:
    """What to measure on: SQLite always, and PostgreSQL when DATABASE_URL names a server. An empty URL: SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return {"sqlite": ""} | ({"postgresql": url} if url.startswith("postgres") else {})


class Stand:
    """`with Stand(url, port) as stand:` serves at `stand.address`, and leaves nothing behind."""

    def __init__(self, url: str, port: int, *, settings: str = "cardmaker.settings", worker: bool = False) -> None:
        self.port, self.worker = port, worker
        self.home = tempfile.TemporaryDirectory(prefix="cardmaker-bench-")
        self.address = f"http://127.0.0.1:{port}"
        self.postgres = _own(url) if url else ""
        self.environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
            "CARDMAKER_ENV": "test",  # a bench reads no .env
            "CARDMAKER_HOME": self.home.name,
            "DATABASE_URL": self.postgres or f"sqlite:///{self.home.name}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": settings,
            "PORT": str(port),
            "PYTHONPATH": str(ROOT),
            # The shop's own side is closed: a job that reads an order there fails at once, and is not tried again.
            "SHOPIFY_BASE_URL": "http://127.0.0.1:9",
            "JOB_BACKOFF_S": "3600",
            "WORKER_NICENESS": "5",  # as where there is no test
            "LOG_LEVEL": "ERROR",
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        (Path(self.home.name) / "static").mkdir()
        if self.postgres:
            _server(self.postgres, "CREATE DATABASE")
        try:
            self.manage("migrate", "--verbosity", "0")
            # As `make run` and the Procfile start it, with one process.
            web = [sys.executable, "-m", "gunicorn", "cardmaker.wsgi", "--no-control-socket", "--log-level", "warning"]
            self._start([*web, "--bind", f"127.0.0.1:{self.port}", "-w", "1", "--threads", "16"])
            if self.worker:
                self._start([sys.executable, "manage.py", "worker"])
            self._wait()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self.postgres:
            _server(self.postgres, "DROP DATABASE IF EXISTS")
        self.home.cleanup()

    def manage(self, *words: str) -> str:
        """Run a command on this stand's database; what it printed."""
        return self._run([sys.executable, "manage.py", *words])

    def script(self, text: str) -> str:
        """Run Python with Django set up on this stand's database; what it printed, without the last newline."""
        return self._run([sys.executable, "-c", f"import django; django.setup()\n{text}"]).rstrip("\n")

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=180, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)[:200]} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    def _start(self, command: list[str]) -> None:
        log = (Path(self.home.name) / f"{len(self.processes)}.log").open("wb")
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.processes.append(process)

    def _wait(self) -> None:
        until = time.monotonic() + READY_S
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        sys.exit(f"The web process did not answer within {READY_S} s.")


def _own(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_bench_{os.getpid()}"))


def _server(url: str, statement: str) -> None:
    import psycopg

    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'{statement} "{name}"' + (" WITH (FORCE)" if statement.startswith("DROP") else ""))
