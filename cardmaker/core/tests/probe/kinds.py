"""Jobs for tests of real worker processes: each leaves a line in a file, because the tests look from outside."""

import os
import time
from pathlib import Path

from cardmaker.core import crash
from cardmaker.core.errors import Unavailable
from cardmaker.core.jobs import Later, register


def note(subject: str, word: str) -> None:
    """`subject` is the path of the file that keeps the lines."""
    with Path(subject).open("a") as file:
        file.write(f"{word} {time.time()} {os.getpid()}\n")


def steps(subject: str) -> None:
    crash.point("probe.before")
    note(subject, "worked")
    crash.point("probe.after")


def slowly(subject: str) -> None:
    note(subject, "began")
    time.sleep(2)
    note(subject, "ended")


def for_ever(subject: str) -> None:
    note(subject, "began")
    time.sleep(60)


def unavailable(subject: str) -> None:
    note(subject, "asked")
    raise Unavailable("not now")


def in_three_parts(subject: str) -> Later | None:
    note(subject, "part")
    return Later(0.1) if len(Path(subject).read_text().splitlines()) < 3 else None


def register_all() -> None:
    register("probe.steps", steps)
    register("probe.steps_slow_lane", steps, lane="slow")
    register("probe.slowly", slowly)
    register("probe.for_ever", for_ever, timeout_s=int(os.environ.get("PROBE_FOR_EVER_S", "1")))
    register("probe.unavailable", unavailable)
    register("probe.in_three_parts", in_three_parts)
