"""`python -m fulfillment.torture.worker`: the worker with processes that are copies of one that has read the product.

Reading it takes two seconds of a processor, and a round of the torture kills forty processes. That the product starts
each of its own, sharing nothing, is what the tests of the worker and one round of kills among the tests go through.
"""

import os
import signal
import sys
import time
import traceback
from importlib import import_module
from typing import NoReturn

# What a first task imports, half a second of it: shops, suppliers, addresses.
READ_BEFORE = ("httpcore", "cardmaker.urls", "fulfillment.suppliers.gooten", "fulfillment.suppliers.printify")


class Copy:
    """A forked process, with as much of `subprocess.Popen` as the supervisor needs."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self._reap(os.WNOHANG)

    def wait(self) -> int | None:
        return self._reap(0)

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def _reap(self, how: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def _send(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)


def copy(lane: str) -> Copy:
    """One more process that serves this lane."""
    from django.db import connections

    connections.close_all()  # a connection has one owner
    parent, pid = os.getpid(), os.fork()
    if pid == 0:
        _live(lane, parent)
    return Copy(pid)


def _live(lane: str, parent: int) -> NoReturn:
    from cardmaker.core.lane import LaneWorker

    ended = 1
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        LaneWorker(lane, parent=parent).run()
        ended = 0
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as its parent
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(ended)


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    from cardmaker.core import supervisor
    from cardmaker.core.http import OutsideClient

    for name in READ_BEFORE:
        import_module(name)
    OutsideClient("nobody", settings.PUBLIC_URL).close()  # reads the root certificates

    def start(slot: supervisor.Slot) -> None:
        slot.started = time.monotonic()
        slot.process = copy(slot.lane)  # type: ignore[assignment]  # all that the supervisor asks of a process

    supervisor.Slot.start = start  # type: ignore[method-assign,assignment]  # that is the point
    supervisor.EARLY_S = 0.0  # to die soon is what they are here for
    supervisor.Supervisor({"fast": settings.WORKERS_FAST, "slow": settings.WORKERS_SLOW}).run()


if __name__ == "__main__":
    main()
