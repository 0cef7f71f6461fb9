"""Named points where kill tests end the process, as a power cut would. Production refuses the setting."""

import os
import signal
from pathlib import Path

from django.conf import settings


def point(name: str) -> None:
    """SIGKILL this process when settings.CRASH_POINT names this point.

    `name` kills every time; `name@/path/marker` kills once and leaves the marker; several are parted by commas.
    """
    if not settings.CRASH_POINT:
        return
    for wanted in settings.CRASH_POINT.split(","):
        point_name, _, marker = wanted.strip().partition("@")
        if point_name == name and (not marker or _first_time(Path(marker))):
            os.kill(os.getpid(), signal.SIGKILL)


def _first_time(marker: Path) -> bool:
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
