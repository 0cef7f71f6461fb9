"""Exact amounts: prices in minor units with their currency, spend in integer micro-dollars."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# ISO 4217 exponents other than 2, for currencies that Shopify shops sell in.
EXPONENTS = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "HUF": 2,
    "KWD": 3,
    "BHD": 3,
    "JOD": 3,
    "OMR": 3,
    "TND": 3,
}
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$"}
MICROS_PER_DOLLAR = 1_000_000


class NotAnAmount(ValueError):
    """The text is no amount that this currency can hold exactly."""


class CurrencyMismatch(ValueError):
    """Amounts of two currencies were added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount. `minor` counts the currency's smallest unit: 1299 USD is $12.99, 1299 JPY is ¥1299."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Read a provider's decimal string. Raises NotAnAmount for anything that is not exact in this currency."""
        return cls(_exact(text, EXPONENTS.get(currency, 2)), currency)

    def decimal(self) -> str:
        """The amount as providers write it: "12.99"."""
        exponent = EXPONENTS.get(self.currency, 2)
        return f"{Decimal(self.minor).scaleb(-exponent):.{exponent}f}"

    def __str__(self) -> str:
        sign = "-" if self.minor < 0 else ""
        amount = Money(abs(self.minor), self.currency).decimal()
        symbol = SYMBOLS.get(self.currency)
        return f"{sign}{symbol}{amount}" if symbol else f"{sign}{amount} {self.currency}"

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.minor * count, self.currency)

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")


def micros_of(money: Money, *, usd_rate: str = "1") -> int:
    """What `money` costs in micro-dollars at `usd_rate` dollars a unit, rounded up: a hold must never be short."""
    exact = Decimal(money.decimal()) * Decimal(usd_rate) * MICROS_PER_DOLLAR
    return int(exact.to_integral_value(rounding="ROUND_CEILING"))


def dollars(micros: int) -> str:
    """For people: "$0.0400" below a cent's precision, "$12.99" otherwise."""
    sign = "-" if micros < 0 else ""
    amount = Decimal(abs(micros)).scaleb(-6)
    return f"{sign}${amount:.2f}" if micros % 10_000 == 0 else f"{sign}${amount:.6f}".rstrip("0")


def _exact(text: str, exponent: int) -> int:
    try:
        scaled = Decimal(text.strip()).scaleb(exponent)
    except InvalidOperation as exc:
        raise NotAnAmount(text) from exc
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise NotAnAmount(text)
    return int(scaled)
