"""What a shop's order line is: ours or not, for which proof and item, and whether its properties can be believed.

The shopper's browser writes the properties, so nothing in them counts without our signature.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from designs.models import Proof
from fulfillment.models import Listing, Product, SupplierItem
from fulfillment.orders import flagged
from fulfillment.sales import lineproperties
from fulfillment.shopify.orders import ShopLine


@dataclass(frozen=True)
class Resolved:
    """A line of ours. `problem` is empty when everything it says was signed by us and is still true.

    `flagged`: the state of a flag that stands against what it prints.
    """

    line: ShopLine
    product: Product | None
    proof: Proof | None
    item: SupplierItem | None
    problem: str
    flagged: str | None = None


@dataclass(frozen=True)
class _Sold:
    """What the shop sells, as far as the lines name it."""

    listings: dict[str, Listing]  # by variant
    proofs: dict[str, Proof]  # by key
    products: dict[UUID, Product]  # by proof


def resolve(shop_id: UUID, lines: Sequence[ShopLine]) -> list[Resolved]:
    """The lines that are ours; all others are left out.

    One query for products of single designs; two more when a line is of a whole format or names a proof not sold so.
    """
    sold = _sold(shop_id, lines)
    found = []
    for line in lines:
        proof = sold.proofs.get(line.properties.get(lineproperties.PROOF, ""))
        listing = sold.listings.get(line.variant_gid) or _of_deleted(line, proof, sold)
        if listing is None and lineproperties.PROOF not in line.properties:
            continue
        found.append(_resolved(line, listing, proof, sold))
    return found


def _of_deleted(line: ShopLine, proof: Proof | None, sold: _Sold) -> Listing | None:
    """A line forgets its variant when the shop deletes the product. What it was is what its proof is sold by."""
    if line.variant_gid or proof is None:
        return None
    listings = sold.listings.values()
    own = (each for each in listings if each.product is not None and each.product.proof_id == proof.pk)
    whole = (each for each in listings if each.format_id == proof.format_id)
    return next(own, None) or next(whole, None)


def _resolved(line: ShopLine, listing: Listing | None, proof: Proof | None, sold: _Sold) -> Resolved:
    problem = _problem(line, listing, proof, sold)
    if problem or listing is None or proof is None:
        return Resolved(line, None, None, None, problem)
    # Read along with whichever of the two named the proof.
    stands: str | None = getattr(listing if listing.product is not None else proof, "flagged", None)
    return Resolved(line, listing.product or sold.products[proof.pk], proof, proof.route.item, "", stands)


def _problem(line: ShopLine, listing: Listing | None, proof: Proof | None, sold: _Sold) -> str:
    if not {lineproperties.PROOF, lineproperties.SIGNATURE} <= line.properties.keys():
        return "missing_proof"
    if proof is None:
        return "foreign_proof"
    if proof.state != Proof.State.READY:
        return "proof_not_ready"
    item = proof.route.item
    signed = lineproperties.Claim(
        shop_id=str(proof.shop_id),
        proof_id=str(proof.pk),
        digest=proof.digest,
        supplier=item.supplier,
        item=item.sku,
        variant=line.variant_gid or (listing.variant_id if listing else ""),
    )
    if lineproperties.problem(line.properties, signed):
        return "altered_property"
    return _listing_problem(line, listing, proof, sold, item)


def _listing_problem(line: ShopLine, listing: Listing | None, proof: Proof, sold: _Sold, item: SupplierItem) -> str:
    if listing is None:
        return "unknown_variant"
    sells = listing.format_id == proof.format_id if listing.product is None else listing.product.proof_id == proof.pk
    product = listing.product or sold.products.get(proof.pk)
    if not sells or product is None:
        return "unknown_variant"
    if line.currency != product.currency:
        return "other_currency"
    if line.unit_minor < _least(listing, product):
        return "price_changed"
    return "" if item.active else "no_item"


def _least(listing: Listing, product: Product) -> int:
    """The lowest price that a piece was ever offered at this way: a cart from then is no fraud now."""
    return product.least_minor if listing.product is not None else min(product.least_minor, listing.least_minor)


def _sold(shop_id: UUID, lines: Sequence[ShopLine]) -> _Sold:
    listings = _listings(shop_id, lines)
    proofs = _proofs(shop_id, lines, listings.values())
    has_formats = any(listing.product is None for listing in listings.values())
    whole = list(proofs.values()) if has_formats else []
    products = Product.objects.filter(shop=shop_id, proof__in=whole) if whole else []
    return _Sold(listings, proofs, {product.proof_id: product for product in products})


def _listings(shop_id: UUID, lines: Sequence[ShopLine]) -> dict[str, Listing]:
    wanted = Q(variant_id__in=[line.variant_gid for line in lines if line.variant_gid])
    bare = {line.properties.get(lineproperties.PROOF, "") for line in lines if not line.variant_gid}
    named = [text for text in bare if _is_uuid(text)]
    if named:
        wanted |= Q(product__proof__in=named) | Q(product__isnull=True)
    listings = Listing.objects.filter(wanted, Q(product__shop=shop_id) | Q(shop=shop_id))
    listings = listings.annotate(flagged=flagged.standing(design="product__proof__design", proof="product__proof"))
    return {
        listing.variant_id: listing
        for listing in listings.select_related("product__proof__route__item").order_by("created_at")
    }


def _proofs(shop_id: UUID, lines: Sequence[ShopLine], listings: Iterable[Listing]) -> dict[str, Proof]:
    """The shop's own proofs that the lines name. An honest line names the one of its listing, or one of its format."""
    sold = {str(listing.product.proof_id): listing.product.proof for listing in listings if listing.product is not None}
    found = {key: proof for key, proof in sold.items() if proof.shop_id == shop_id}
    named = {line.properties.get(lineproperties.PROOF, "") for line in lines}
    others = [text for text in named - found.keys() if _is_uuid(text)]
    if others:
        proofs = Proof.objects.filter(pk__in=others, shop=shop_id).select_related("route__item")
        proofs = proofs.annotate(flagged=flagged.standing(design="design", proof="pk"))
        found |= {str(proof.pk): proof for proof in proofs}
    return found


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
