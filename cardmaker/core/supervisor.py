"""Keeps the worker processes alive. They are exec'd, never forked, and share nothing: killing one costs one attempt."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from cardmaker.core import sweeping
from cardmaker.core.jobs import worker_name
from cardmaker.core.models import Beat, Job

logger = logging.getLogger(__name__)

TICK_S = 0.1
BEAT_S = 5.0
# Five seconds are all we get, on a busy machine too; a task that is not done by then starts anew elsewhere.
STOP_S = 3.0
# A child that dies this soon after its start twice in a row is broken rather than killed: do not spin.
EARLY_S = 3.0
PAUSE_S = 2.0


@dataclass
class Slot:
    """One place in a lane and the process that fills it."""

    lane: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    early_deaths: int = 0
    not_before: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--child", "--lane", self.lane]
        # A session of its own: a Ctrl-C in the terminal is for the supervisor, which lets running tasks end.
        # One memory arena: with more, pages drawn side by side leave the C library with half as much again.
        environment = {"MALLOC_ARENA_MAX": "1"} | os.environ
        self.process = subprocess.Popen(  # noqa: S603
            [*command, "--parent", str(os.getpid())], start_new_session=True, env=environment
        )

    def bury(self) -> None:
        """Forget the dead process and decide when the next may start."""
        early = time.monotonic() - self.started < EARLY_S
        self.early_deaths = self.early_deaths + 1 if early else 0
        self.not_before = time.monotonic() + (PAUSE_S if self.early_deaths > 1 else 0)
        self.process = None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    def __init__(self, lanes: dict[str, int]) -> None:
        self.slots = [Slot(lane) for lane, count in lanes.items() for _ in range(count)]
        self.started_at = timezone.now()
        self.stopping = False
        self.next_sweep = self.next_beat = 0.0

    def run(self) -> None:
        """Work until SIGTERM or SIGINT, then stop the children and return within five seconds."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self.stopping:
            self._keep_children()
            self._keep_house()
            time.sleep(TICK_S)
        self._stop_children()
        Beat.objects.filter(supervisor=worker_name()).delete()

    def _keep_children(self) -> None:
        for slot in self.slots:
            if slot.process and not slot.alive:
                self._lost(slot)
            if slot.process is None and time.monotonic() >= slot.not_before:
                slot.start()

    def _lost(self, slot: Slot) -> None:
        process = slot.process
        slot.bury()
        if process and process.returncode:
            logger.warning("%s worker %d ended with %d", slot.lane, process.pid, process.returncode)
            self._guarded(self._release, process.pid)

    def _keep_house(self) -> None:
        now = time.monotonic()
        if now >= self.next_sweep:
            self.next_sweep = now + sweeping.SWEEP_S / 2
            self._guarded(self._sweep)
        if now >= self.next_beat:
            self.next_beat = now + BEAT_S
            self._guarded(self._beat)

    def _sweep(self) -> None:
        self._kill_hanging()
        sweeping.sweep(at=timezone.now())

    def _beat(self) -> None:
        children = dict(Counter(slot.lane for slot in self.slots if slot.alive))
        sweeping.beat(worker_name(), started_at=self.started_at, children=children, at=timezone.now())

    def _kill_hanging(self) -> None:
        """A child whose lease ran out hangs where no signal handler runs, in C code: only SIGKILL ends it."""
        over = Job.objects.filter(state="running", lease_until__lt=timezone.now()).values_list("worker", flat=True)
        hanging = set(over)
        for slot in self.slots:
            if slot.process and slot.alive and worker_name(slot.process.pid) in hanging:
                slot.process.kill()

    def _stop_children(self) -> None:
        running = [slot.process for slot in self.slots if slot.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_S
        while any(process.poll() is None for process in running) and time.monotonic() < deadline:
            time.sleep(0.02)
        for process in running:
            cut_short = process.poll() is None
            process.kill()
            process.wait()
            self._guarded(self._release, process.pid, counted=not cut_short)

    def _release(self, pid: int, *, counted: bool = True) -> None:
        sweeping.release_worker(worker_name(pid), at=timezone.now(), counted=counted)

    def _guarded(self, work: Callable[..., None], *args: object, **kwargs: object) -> None:
        """A database that is away for a moment must not end the supervisor: its children need it."""
        try:
            work(*args, **kwargs)
        except DatabaseError as exc:
            logger.warning("the database did not answer: %s", type(exc).__name__)
            connections.close_all()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
