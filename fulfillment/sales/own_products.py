"""A shop's own products become briefs: what is ticked is read at the shop, once more, and taken in once each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Account, Shop
from cardmaker.core.errors import BadInput, Refused
from designs.models import ProductBrief
from designs.products import briefs
from designs.products.briefs import MAX_DESCRIPTION, MAX_NAME, KnownAlready, Product
from fulfillment.shopify.gids import NotAGid, number_of
from fulfillment.shopify.products import OwnProduct
from fulfillment.shopify.shop import ShopifyShop

MOST_AT_ONCE = 50
GONE = "It is not in the shop any more."


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one product: its brief, be it new or `known` from before; or why there is none."""

    product: str
    brief: ProductBrief | None = None
    known: bool = False
    problem: str = ""


def read(gids: Sequence[str], *, shopify: ShopifyShop) -> list[OwnProduct]:
    """These products as the shop tells of them now. Raises BadInput beside `products`."""
    wanted = list(dict.fromkeys(gids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise BadInput.beside("products", f"Choose 1 to {MOST_AT_ONCE} products.")
    try:
        for gid in wanted:
            number_of(gid, "Product")
    except NotAGid as exc:
        raise BadInput.beside("products", "Choose products of your shop.") from exc
    return shopify.own_products_of(wanted)


def take_in(
    gids: Sequence[str],
    found: Iterable[OwnProduct],
    account: Account,
    shop: Shop,
    *,
    format_code: str = briefs.DEFAULT_FORMAT,
    at: datetime,
) -> list[TakenIn]:
    """A brief for each product, in the order of `gids`. One that was taken in before keeps its brief as it is."""
    by_gid = {product.gid: product for product in found}
    known = briefs_of(by_gid, account)
    return [
        _known(gid, known[gid]) if gid in known else _one(gid, by_gid.get(gid), account, shop, format_code, at=at)
        for gid in dict.fromkeys(gids)
    ]


def briefs_of(gids: Iterable[str], account: Account | None) -> dict[str, ProductBrief]:
    """The briefs that this account has of products of the shop. One query."""
    mine = ProductBrief.objects.filter(account=account, shop_product_id__in=list(gids), design__deleted_at=None)
    return {brief.shop_product_id: brief for brief in mine}


def _known(gid: str, brief: ProductBrief) -> TakenIn:
    return TakenIn(gid, brief, known=True)


def _one(
    gid: str, product: OwnProduct | None, account: Account, shop: Shop, format_code: str, *, at: datetime
) -> TakenIn:
    if product is None:
        return TakenIn(gid, problem=GONE)
    try:
        brief, _ = briefs.take_in(_as_told(product), account, shop, format_code=format_code, at=at)
    except KnownAlready as exc:  # from a file, by its handle, or this very moment
        return _known(gid, _its_own(exc, gid))
    except Refused as exc:
        return TakenIn(gid, problem=exc.message)
    return TakenIn(gid, brief)


def _its_own(known: KnownAlready, gid: str) -> ProductBrief:
    """The brief of a product that came in by another way: from now on it knows which product of the shop it is."""
    brief = ProductBrief.objects.get(pk=known.details["brief"])
    if not brief.shop_product_id:
        brief.shop_product_id = gid
        brief.save(update_fields=["shop_product_id"])
    return brief


def _as_told(product: OwnProduct) -> Product:
    return Product(
        name=_cut(product.title, MAX_NAME),
        description=_cut(product.description, MAX_DESCRIPTION),
        key=product.handle[:120],
        source=ProductBrief.Source.SHOP,
        shop_product_id=product.gid,
        words=", ".join(filter(None, [product.product_type, *product.tags]))[:MAX_DESCRIPTION],
    )


def _cut(text: str, most: int) -> str:
    """Shops tell more of a product than a picture needs: whole words, as many as fit."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0] or text[:most]
