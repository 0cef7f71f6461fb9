"""Answering a challenge, for our own programs that act as guests. Knows no Django, and asks nobody."""

from typing import Any

import altcha


def solve(given: dict[str, Any]) -> str:
    """The answer to a challenge, as clients send it in a header."""
    made = altcha.Challenge.from_dict(given)
    solution = altcha.solve_challenge(made)
    assert solution is not None  # it looks for ninety seconds
    return str(altcha.Payload(made, solution).to_base64())
