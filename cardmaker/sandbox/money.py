"""Decimal strings, as both services write amounts, to and from integer minor units of a two-digit currency."""

from decimal import Decimal, InvalidOperation


def minor(text: object) -> int:
    """ "12.99" -> 1299. Raises ValueError for what is no amount, is negative or has a third digit."""
    try:
        amount = Decimal(str(text)) * 100
    except InvalidOperation as exc:
        raise ValueError(f"{text!r} is no amount") from exc
    if not amount.is_finite() or amount < 0 or amount != int(amount):
        raise ValueError(f"{text!r} is no amount")
    return int(amount)


def decimal(amount_minor: int) -> str:
    """1299 -> "12.99"."""
    return f"{amount_minor // 100}.{amount_minor % 100:02d}"
