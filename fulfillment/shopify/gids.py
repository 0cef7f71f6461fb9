"""Shopify's global ids. They are opaque, except where an address needs the number inside."""


class NotAGid(ValueError):
    """The text is no Shopify global id of the kind that is needed."""


def gid(kind: str, number: int | str) -> str:
    return f"gid://shopify/{kind}/{number}"


def number_of(text: str, kind: str) -> str:
    """The number of a gid of `kind`; gids may carry a query. Raises NotAGid."""
    prefix = f"gid://shopify/{kind}/"
    number = text.removeprefix(prefix).split("?")[0]
    if not text.startswith(prefix) or not (number.isascii() and number.isdigit()):
        raise NotAGid(text)
    return number
