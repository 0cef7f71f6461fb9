"""Keeps what opens a door out of the logs."""

import logging
import re

# The word behind each of these is all that somebody needs to fetch a file or to speak as a supplier.
DOORS = re.compile(r"/(files|print|webhooks/gooten)/[^/\s?]+")


class RedactTokens(logging.Filter):
    """Django logs the path of every refused request, and some of our paths are secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(redact(value) if isinstance(value, str) else value for value in record.args)
        return True


def redact(text: str) -> str:
    """`text` with every secret part of an address replaced by "[token]"."""
    return DOORS.sub(r"/\1/[token]", text)
