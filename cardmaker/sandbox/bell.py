"""Wakes the threads beside the requests. They sleep until somebody has written, or until their own next time comes."""

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_changed = threading.Condition()
_rings = 0


def ring() -> None:
    """Something was written that a thread may be waiting for."""
    global _rings
    with _changed:
        _rings += 1
        _changed.notify_all()


def rings() -> int:
    """How often it has rung: asked before a look at the rows, so that nothing written meanwhile is missed."""
    return _rings


def wait(heard: int, timeout_s: float) -> None:
    """Until it has rung more than `heard` times, at the longest `timeout_s`."""
    with _changed:
        _changed.wait_for(lambda: _rings > heard, timeout_s)


class RingAfterWriting:
    """Middleware: every request that may have written rings."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            ring()
        return response
