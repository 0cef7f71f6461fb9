"""A zip that is written while it is sent: no copy of it is ever kept, and no more of it in memory than one file."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, cast

from cardmaker.core import storage


class _Pipe:
    """What zipfile writes into, and from where the bytes are sent on."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        return None

    def taken(self) -> bytes:
        data = b"".join(self._waiting)
        self._waiting.clear()
        return data


def zipped(files: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """The zip of (name in the zip, name in private storage), piece by piece. Pictures are packed as they are."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_STORED) as archive:
        for name, stored in files:
            archive.writestr(name, storage.read(stored))
            yield pipe.taken()
    yield pipe.taken()
