"""What makes an address unguessable."""

import secrets


def print_token() -> str:
    """The unguessable part of the print-file addresses: 192 bits, never derived from anything."""
    return secrets.token_urlsafe(24)
