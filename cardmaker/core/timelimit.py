"""A bound on how long a block may run, by SIGALRM."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimedOut(BaseException):
    """The block ran longer than it may. No Exception, so that no library on the way swallows it."""


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raise TimedOut in the block after `seconds`; 0 is no limit. Signals reach main threads only: elsewhere none."""
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise TimedOut
