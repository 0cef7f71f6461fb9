"""Keeps what opens a door out of the logs."""

import logging
import re
from typing import Any

# The word behind each of these is all that somebody needs to fetch a file or to speak as a supplier.
DOORS = re.compile(r"/(files|print|webhooks/gooten)/[^/\s?]+")
# What Shopify puts into the addresses of the pages that it opens.
PASSES = re.compile(r"([?&](?:id_token|code|hmac|signature|session)=)[^&\s]+")


class RedactTokens(logging.Filter):
    """Django logs the path of every refused request, and some of our paths are secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(redact(value) if isinstance(value, str) else value for value in record.args)
        return True


def redact(text: str) -> str:
    """`text` with every secret part of an address replaced by "[token]"."""
    return PASSES.sub(r"\1[token]", DOORS.sub(r"/\1/[token]", text))


def without_query(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """For Sentry's `before_send`: a report needs no query, which may hold a session token."""
    event.get("request", {}).pop("query_string", None)
    return event
