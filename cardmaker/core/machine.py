"""Which machine this is, and whether one of its processes lives."""

import hashlib
import os
import socket
from contextlib import suppress
from functools import cache
from pathlib import Path


@cache
def machine() -> str:
    """Twelve characters that differ wherever process ids mean something else: host, boot and container."""
    facts = [socket.gethostname()]
    with suppress(OSError):  # Linux only; elsewhere the host name has to do
        facts.append(Path("/proc/sys/kernel/random/boot_id").read_text())
        facts.append(str(Path("/proc/self/ns/pid").readlink()))
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:12]


def is_alive(pid: int) -> bool:
    """Whether a process of this machine has this id and can still do something."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Dead, but not yet reaped: in a container without an init it stays so for ever. Known on Linux only."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return False


def resident_bytes() -> int:
    """Memory this process holds now; where the system does not say, the most it ever held."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
