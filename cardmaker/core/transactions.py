"""One rule in one place: nothing slow happens while a transaction is open."""

from django.db import connections


class InTransaction(RuntimeError):
    """Slow or outside work was begun inside an open transaction, where it would hold up every other writer."""


def refuse_open_transaction(what: str) -> None:
    """Raises InTransaction when `what` is begun while this thread has a transaction open.

    The block around a test case does not count.
    """
    for connection in connections.all(initialized_only=True):
        if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
            raise InTransaction(f"{what} inside an open transaction")
