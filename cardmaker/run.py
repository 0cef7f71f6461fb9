"""`python -m cardmaker.run`: the whole product on this machine, until Ctrl-C.

Migrates, loads the demo, starts web, worker and sandbox as processes of their own, waits until they serve, and prints
where to click.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardmaker.settings")
MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
READY_S = 90.0
# Ctrl-C must be over in five seconds: the worker takes up to four to let a running job end.
STOP_S = 4.5
STOPPED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStart(Exception):
    """Something on this machine is missing or taken; the message says what to do."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or the system asked us to end."""


def main() -> int:
    for number in STOPPED:
        signal.signal(number, _stop)
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        check_machine()
        start(processes, ["sandbox"])  # needs nothing of ours, so it starts beside the preparations
        prepare()
        start(processes, ["web", "worker"])
        wait_until_ready(processes)
        print(welcome(), flush=True)
        watch(processes)
    except CannotStart as exc:
        print(f"Cardmaker cannot start: {exc}", file=sys.stderr)
        return 1
    except Stopped:
        return 0
    finally:
        stop(processes.values())
    return 1


def check_machine() -> None:
    """Raises CannotStart for what would otherwise fail late and in riddles."""
    for port, what in ((settings.PORT, "web"), (settings.PORT + 1, "sandbox")):
        if not _is_free(port):
            raise CannotStart(f"port {port} ({what}) is taken. Choose another: make run PORT={settings.PORT + 10}")
    if subprocess.run([sys.executable, "-c", "import skia"], capture_output=True, check=False).returncode:
        raise CannotStart("Skia does not load without libEGL and libGL. On Debian: apt-get install libegl1 libgl1")


def prepare() -> None:
    """Directories, tables, demo data and the ops log-in. Raises CannotStart."""
    for directory in (settings.HOME, Path(settings.STATIC_ROOT)):
        directory.mkdir(parents=True, exist_ok=True)
    if subprocess.run([*MANAGE, "prepare"], check=False).returncode:  # noqa: S603
        raise CannotStart("the preparations failed; what went wrong stands above.")


def start(processes: dict[str, subprocess.Popen[bytes]], names: Iterable[str]) -> None:
    environment = os.environ | {"PORT": str(settings.PORT), "CARDMAKER_HOME": str(settings.HOME)}
    environment.setdefault("SANDBOX_STOCKED", "true")
    gunicorn = [sys.executable, "-m", "gunicorn", "cardmaker.wsgi", "--no-control-socket", "--log-level", "warning"]
    gunicorn += ["--bind", f"127.0.0.1:{settings.PORT}", "-w", "1", "--threads", "16", "--graceful-timeout", "2"]
    commands = {
        "sandbox": [sys.executable, "-m", "cardmaker.sandbox"],
        "web": [*gunicorn, "--timeout", "60"],
        "worker": [*MANAGE, "worker"],
    }
    for name in names:
        # The sandbox names its own settings; sessions of their own, so that Ctrl-C reaches only us.
        kept = {key: value for key, value in environment.items() if key != "DJANGO_SETTINGS_MODULE"}
        processes[name] = subprocess.Popen(commands[name], env=kept, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603


def wait_until_ready(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + READY_S
    waiting: dict[str, Callable[[], bool]] = {"web and worker": _web_and_worker_ready, "sandbox": _sandbox_ready}
    while waiting:
        _all_alive(processes)
        waiting = {name: is_ready for name, is_ready in waiting.items() if not is_ready()}
        if waiting and time.monotonic() > deadline:
            raise CannotStart(f"{' and '.join(waiting)} did not get ready within {READY_S:.0f} s.")
        time.sleep(0.1)


def welcome() -> str:
    password = (settings.HOME / "ops-password").read_text().strip()
    return f"""
Cardmaker is ready.

  Make a card   {settings.PUBLIC_URL}/
  Approve it    {settings.PUBLIC_URL}/admin/    {settings.OPS_EMAIL}, password {password}
  Watch it go   {settings.SANDBOX_URL}/sandbox/

Ctrl-C stops it all.
"""


def watch(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Return never; raise CannotStart when a process ends by itself."""
    while True:
        _all_alive(processes)
        time.sleep(0.3)


def stop(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """SIGTERM one by one, then SIGKILL for whole sessions of those that are not gone after STOP_S."""
    for number in STOPPED:
        signal.signal(number, signal.SIG_IGN)
    running = [process for process in processes if process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_S
    for process in running:
        try:
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _all_alive(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise CannotStart(f"the {name} process ended with {process.returncode}.")


def _web_and_worker_ready() -> bool:
    answer = _get(f"http://127.0.0.1:{settings.PORT}/readyz")
    if answer is None or json.loads(answer).get("worker") is not True:
        return False
    # The first page fills the template and URL caches: nobody should wait for that.
    return _get(f"http://127.0.0.1:{settings.PORT}/") is not None


def _sandbox_ready() -> bool:
    return _get(f"{settings.SANDBOX_URL}/sandbox/state/") is not None


def _get(url: str) -> bytes | None:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - our own address
            body: bytes = response.read()
    except urllib.error.HTTPError as exc:
        raise CannotStart(f"{url} answered {exc.code}.") from exc
    except OSError:
        return None
    return body


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
