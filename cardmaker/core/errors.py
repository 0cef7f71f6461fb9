"""The two families of expected errors. The domain raises them; `core.api` alone knows their HTTP codes."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """No, and the same answer next time. `message` is for people; `details` is plain data for programs."""

    code = "refused"

    def __init__(self, message: str, *, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details: dict[str, Any] = dict(details or {})


class BadInput(Refused):
    """What was sent cannot be used. `details` maps each field to its list of messages."""

    code = "invalid"

    @classmethod
    def beside(cls, field: str, message: str) -> "BadInput":
        """The usual case: one message that belongs beside one field."""
        return cls(message, details={field: [message]})


class NotHere(Refused):
    """There is no such thing, or it is somebody else's: a stranger cannot tell the two apart."""

    code = "not_found"


class Forbidden(Refused):
    """Known, but not allowed to do this."""

    code = "forbidden"


class Unavailable(Exception):
    """The outcome is not known, or cannot be had just now: ask again after `retry_after` seconds."""

    code = "unavailable"

    def __init__(self, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after
