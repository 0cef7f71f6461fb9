"""The GraphQL documents we send, one operation a file under graphql/. CI validates each against Shopify's schema."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "graphql"


@cache
def document(name: str) -> str:
    """The text of graphql/<name>.graphql. Raises FileNotFoundError, which is a bug of ours."""
    return (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")
