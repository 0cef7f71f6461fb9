"""The proof's digest, computed a second time from the published rule: the product must not agree with itself alone."""

import hashlib
from collections.abc import Mapping


def digest_of(hashes: Mapping[str, str]) -> str:
    """SHA-256 of the lines `position:sha256\\n`, sorted by position."""
    lines = "".join(f"{position}:{hashes[position]}\n" for position in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()
