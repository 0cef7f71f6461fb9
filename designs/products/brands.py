"""A shop's own brands: pictures of its own goods may show them, whatever the list of protected names says."""

from uuid import UUID

from accounts.models import Shop
from designs.models import Design, Kind


def own_brands(shop: Shop, account_id: UUID) -> tuple[str, ...]:
    """What pictures of goods may name that this account makes in the shop.

    A merchant's brands are for who acts for the shop, and not for its shoppers. Those of our own pages ops have set.
    """
    is_theirs = shop.kind == Shop.Kind.HOUSE or shop.account_id == account_id
    return tuple(shop.own_brands) if is_theirs else ()


def own_brands_in(design: Design) -> tuple[str, ...]:
    """None in cards and calendars. One query, where the shop was not read along."""
    return own_brands(design.shop, design.account_id) if design.kind == Kind.PRODUCT_IMAGE else ()
