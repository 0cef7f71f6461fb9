"""What merchants decide about their shop: formats and their prices, the product strategy, where embeds may be."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Shop
from accounts.models.shops import valid_brands
from billing import prices
from billing.models import Price
from cardmaker.core import changes
from cardmaker.core.errors import BadInput, NotHere
from cardmaker.core.money import Money, NotAnAmount
from designs import catalog
from designs.catalog import Offer
from designs.models import Format, Kind
from designs.screening import names
from designs.screening.rules import PROMPT
from designs.screening.text import judge
from fulfillment.sales import margins

MOST_ORIGINS = 20
AMOUNT = re.compile(r"-?[0-9]{1,9}([.][0-9]{1,3})?")
PRINTED = (Kind.CARD, Kind.CALENDAR)
HIGHEST_MINOR = 1_000_000  # 10,000.00 for a card is a slip of the pen


class SoldBelowCost(BadInput):
    """Every piece would cost more than it brings."""


def set_price(shop: Shop, format_code: str, text: str, *, by: str, at: datetime) -> Offer:
    """Ask this for one piece, from the next checkout on. `text`: as people write it, in the shop's currency.

    `by` stands among the changes, here and below: who of the shop's people it was.

    Raises BadInput beside `price`, NotHere for a format that is not made.
    """
    offered = _offered(format_code)
    price = _price(text, shop.currency)
    left = margins.costs_of(shop, [format_code], at=at).margin(format_code, price).left
    if left is not None and left.minor < 0:
        loss = Money(-left.minor, left.currency)
        lowest = Money(price.minor + loss.minor, price.currency)
        raise SoldBelowCost.beside("price", f"Each one would cost you {loss}. The lowest price that pays is {lowest}.")
    with transaction.atomic():
        before = Price.objects.filter(shop=shop, format_code=format_code).first()
        prices.set_price(shop, format_code, price)
        old, new = Money(before.amount_minor, before.currency) if before else "", price
        changes.record(f"price of {format_code} in {shop.code}", {"price": old}, {"price": new}, by=by, at=at)
    return Offer(offered, price)


def switch_format(shop: Shop, format_code: str, *, sold: bool, by: str, at: datetime) -> None:
    """Sell a format, or stop selling it: designs and proofs of it stay. Safe to repeat. Raises NotHere."""
    _offered(format_code)
    with transaction.atomic():
        off = Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk).formats_off
        others = [code for code in off if code != format_code]
        _change(shop, "formats_off", others if sold else sorted([*others, format_code]), by=by, at=at)


def choose_strategy(shop: Shop, strategy: str, *, by: str, at: datetime) -> None:
    """How new checkouts become products in the shop. What is in carts already stays as it is. Raises BadInput."""
    if strategy not in Shop.Strategy.values:
        raise BadInput.beside("strategy", "Choose one product per design or one product per format.")
    _change(shop, "strategy", strategy, by=by, at=at)


def allow_origins(shop: Shop, origins: Sequence[str], *, by: str, at: datetime) -> list[str]:
    """The pages elsewhere that may hold the studio, all of them at once. Answers them as they are kept.

    Raises BadInput beside `allowed_origins`.
    """
    kept = list(dict.fromkeys(_origin(text) for text in origins if text.strip()))
    if len(kept) > MOST_ORIGINS:
        raise BadInput.beside("allowed_origins", f"At most {MOST_ORIGINS} addresses.")
    _change(shop, "allowed_origins", kept, by=by, at=at)
    return kept


def name_brands(shop: Shop, brands: Sequence[str], *, by: str, at: datetime) -> list[str]:
    """The brands that pictures of the shop's own goods may show, all of them at once. Answers them as they are kept.

    Raises BadInput beside `own_brands`, also for what is no brand or may not be shown at all.
    """
    kept = list(dict.fromkeys(" ".join(text.split()) for text in brands if text.strip()))
    try:
        valid_brands(kept)
    except ValidationError as exc:
        raise BadInput.beside("own_brands", exc.messages[0]) from exc
    for brand in kept:
        refusal = judge(brand, PROMPT, names.current(), kept)
        if refusal.refusal or refusal.told:
            raise BadInput.beside("own_brands", f"“{brand}” cannot be used as a brand of your own. Please write to us.")
    _change(shop, "own_brands", kept, by=by, at=at)
    return kept


def offers_of(shop: Shop) -> list[Offer]:
    """Everything that is printed and could be sold, switched on or off. Two queries."""
    return [offer for offer in catalog.all_offers(shop) if offer.format.kind in PRINTED]


def _change(shop: Shop, name: str, value: Any, *, by: str, at: datetime) -> None:
    """Write one column of the row, and who changed it."""
    with transaction.atomic():
        row = Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)
        changes.record(f"shop {shop.code}", {name: getattr(row, name)}, {name: value}, by=by, at=at)
        Shop.objects.filter(pk=shop.pk).update(**{name: value})
    setattr(shop, name, value)


def _offered(format_code: str) -> Format:
    found = Format.objects.on_offer().filter(pk=format_code, kind__in=PRINTED).first()
    if found is None:
        raise NotHere("There is no such format.")
    return found


def _price(text: str, currency: str) -> Money:
    plain = text.strip().replace(",", ".")
    unclear = BadInput.beside("price", f"Write an amount in {currency}, such as {Money(490, currency).decimal()}.")
    if not AMOUNT.fullmatch(plain):  # an exponent would make a number that takes minutes to write
        raise unclear
    try:
        price = Money.parse(plain, currency)
    except NotAnAmount as exc:
        raise unclear from exc
    if price.minor < 1:
        raise BadInput.beside("price", "The price must be above zero.")
    if price.minor > HIGHEST_MINOR:
        raise BadInput.beside("price", f"The price can be {Money(HIGHEST_MINOR, currency)} at most.")
    return price


def _origin(text: str) -> str:
    """Scheme, host and port, in lower case: what browsers call an origin. Raises BadInput."""
    wrong = BadInput.beside(
        "allowed_origins", f"“{text.strip()[:80]}” is no web address such as https://www.example.com."
    )
    try:
        parts = urlsplit(text.strip().lower())
        port = f":{parts.port}" if parts.port and (parts.scheme, parts.port) != ("https", 443) else ""
    except ValueError as exc:
        raise wrong from exc
    host = parts.hostname or ""
    local = settings.SANDBOX and parts.scheme == "http" and host in ("localhost", "127.0.0.1")
    plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password)
    named = "." in host and all(label.replace("-", "").isalnum() and label.isascii() for label in host.split("."))
    if not plain or not (local or (parts.scheme == "https" and named)):
        raise wrong
    return f"{parts.scheme}://{host}{port}"
