"""One worker process: takes one task after another from one lane until it is told to stop or has grown old."""

import logging
import os
import signal
from types import FrameType
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from cardmaker.core import outside, queue
from cardmaker.core.machine import resident_bytes
from cardmaker.core.timelimit import TimedOut, time_limit

logger = logging.getLogger(__name__)

RECYCLE_TASKS = 200
RECYCLE_BYTES = 900_000_000


class LaneWorker:
    """Ends by itself after RECYCLE_TASKS tasks, above RECYCLE_BYTES, after a time-out, or without its supervisor."""

    def __init__(self, lane: str, *, parent: int) -> None:
        self.lane, self.parent = lane, parent
        self.stopping = False
        self.tasks = 0

    def run(self) -> None:
        os.nice(settings.WORKER_NICENESS)
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the supervisor, which stops us one by one
        try:
            while not self._spent():
                self.turn()
        except TimedOut:
            logger.warning("%s worker %d ends: what a timed-out task left behind is not known", self.lane, os.getpid())

    def turn(self) -> None:
        """Take one queue row, or sleep for the poll time."""
        broker = queue.broker(self.lane)
        for row, package in broker.dequeue() or []:
            # At once: the Job row keeps the state, and a wake-up that dies with us is replaced by the sweeper.
            broker.acknowledge(row)
            self.tasks += 1
            perform(package, broker)
        outside.write_down(at=timezone.now())

    def _spent(self) -> bool:
        if self.stopping or os.getppid() != self.parent:
            return True
        return self.tasks >= RECYCLE_TASKS or (self.tasks > 0 and resident_bytes() > RECYCLE_BYTES)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def perform(package: str, broker: Any) -> None:
    """Do what a queue row says. One that nobody of us signed is dropped: its job, if any, gets a new row."""
    from django_q.signing import BadSignature

    try:
        task = queue.unpack(package)
    except BadSignature:
        logger.exception("a queue row with a wrong signature was dropped")
        return
    if task["func"] == queue.ENTRY_POINT:
        import_string(queue.ENTRY_POINT)(*task["args"])
    else:
        _perform_scheduled(task, broker)


def _perform_scheduled(task: dict[str, Any], broker: Any) -> None:
    """Run a function that ops scheduled in django-q2's admin and keep its result there. It is not tried again."""
    from django_q.conf import Conf
    from django_q.monitor import save_task

    try:
        with time_limit(int(task.get("timeout") or Conf.TIMEOUT)):
            function = import_string(task["func"]) if isinstance(task["func"], str) else task["func"]
            task["result"], task["success"] = function(*task["args"], **task["kwargs"]), True
    except Exception as exc:  # noqa: BLE001 - whatever it raises is its result
        task["result"], task["success"] = type(exc).__name__, False
    save_task(task | {"stopped": timezone.now(), "hook": task.get("hook"), "group": task.get("group")}, broker)
