"""Private files under content-addressed names: a name stands for its bytes for ever, and the same bytes for a name."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import IO, Protocol, cast

from django.core.files.storage import FileSystemStorage, storages

from cardmaker.core.transactions import refuse_open_transaction


class PrivateStorage(Protocol):
    """What both backends can do. Names are those that `put` made."""

    def put_bytes(self, name: str, data: bytes) -> None: ...
    def open(self, name: str, mode: str = "rb") -> IO[bytes]: ...
    def exists(self, name: str) -> bool: ...
    def delete(self, name: str) -> None: ...
    def listdir(self, path: str) -> tuple[list[str], list[str]]: ...


class PrivateFiles(FileSystemStorage):
    """Files on this machine, with no address of their own. For development and tests."""

    def __init__(self, location: str) -> None:
        super().__init__(location=location, base_url=None)

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address; see cardmaker.core.links.")

    def put_bytes(self, name: str, data: bytes) -> None:
        """Write so that after a power cut the name holds either all of the bytes or does not exist."""
        write_whole(Path(self.path(name)), data)


def write_whole(target: Path, data: bytes) -> None:
    """All of it or nothing, whoever reads meanwhile and whatever breaks off; readable by us alone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _fsync_directory(target.parent)


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes, suffix: str) -> str:
    """Store bytes and return their name, "ab/cd/<sha256>.png". Durable on return; safe to repeat.

    Call it before the transaction that writes the name. Raises InTransaction.
    """
    refuse_open_transaction("writing a file")
    digest = sha256(data)
    name = f"{digest[:2]}/{digest[2:4]}/{digest}.{suffix.lstrip('.')}"
    if not _private().exists(name):
        _private().put_bytes(name, data)
    return name


def put_piece(folder: str, data: bytes) -> str:
    """Store a part of something that is still arriving, under a name of its own in `folder`. Durable on return."""
    refuse_open_transaction("writing a file")
    name = f"{folder}/{secrets.token_hex(16)}.part"
    _private().put_bytes(name, data)
    return name


def delete_folder(folder: str) -> None:
    """Remove all that `put_piece` left there; a folder that is gone already is no error."""
    try:
        _, names = _private().listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        delete(f"{folder}/{name}")
    _private().delete(folder)  # on a disk the empty directory itself; in a bucket there is none


def read(name: str) -> bytes:
    """All bytes of a stored file. Raises FileNotFoundError."""
    with _private().open(name) as file:
        return file.read()


def open_file(name: str) -> IO[bytes]:
    """A stored file to stream from. Raises FileNotFoundError."""
    return _private().open(name)


def exists(name: str) -> bool:
    return _private().exists(name)


def delete(name: str) -> None:
    """Remove a file; one that is gone already is no error."""
    _private().delete(name)


def _private() -> PrivateStorage:
    return cast(PrivateStorage, storages["private"])


def _fsync_directory(directory: Path) -> None:
    # The rename itself lives in the directory: without this it may be lost although the bytes are safe.
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
