"""What a shop's order line is: ours or not, for which proof and item, and whether its properties can be believed.

The shopper's browser writes the properties, so nothing in them counts without our signature.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Shop
from designs.models import Proof
from fulfillment import lineproperties
from fulfillment.models import Listing, Product, SupplierItem
from fulfillment.shopify.orders import ShopLine


@dataclass(frozen=True)
class Resolved:
    """A line of ours. `problem` is empty when everything it says was signed by us and is still true."""

    line: ShopLine
    product: Product | None
    proof: Proof | None
    item: SupplierItem | None
    problem: str


def resolve(shop: Shop, lines: Sequence[ShopLine]) -> list[Resolved]:
    """The lines that are ours; all others are left out. Two queries, however many lines."""
    proofs = _proofs(shop, lines)
    listings = _listings(shop, lines)
    found = []
    for line in lines:
        listing = listings.get(line.variant_gid)
        if listing is None and lineproperties.PROOF not in line.properties:
            continue
        found.append(_resolved(shop, line, listing, proofs.get(line.properties.get(lineproperties.PROOF, ""))))
    return found


def _resolved(shop: Shop, line: ShopLine, listing: Listing | None, proof: Proof | None) -> Resolved:
    problem = _problem(shop, line, listing, proof)
    item = proof.route.item if proof is not None and not problem else None
    product = listing.product if listing is not None and not problem else None
    return Resolved(line, product, proof if not problem else None, item, problem)


def _problem(shop: Shop, line: ShopLine, listing: Listing | None, proof: Proof | None) -> str:
    if not {lineproperties.PROOF, lineproperties.SIGNATURE} <= line.properties.keys():
        return "missing_proof"
    if proof is None:
        return "foreign_proof"
    if proof.state != Proof.State.READY:
        return "proof_not_ready"
    item = proof.route.item
    signed = lineproperties.Claim(
        shop_id=str(shop.pk),
        proof_id=str(proof.pk),
        digest=proof.digest,
        supplier=item.supplier,
        item=item.sku,
        variant=line.variant_gid,
    )
    if lineproperties.problem(line.properties, signed):
        return "altered_property"
    return _listing_problem(line, listing, proof, item)


def _listing_problem(line: ShopLine, listing: Listing | None, proof: Proof, item: SupplierItem) -> str:
    if listing is None or listing.product.proof_id != proof.pk:
        return "unknown_variant"
    if line.currency == listing.product.currency and line.unit_minor < listing.product.amount_minor:
        return "price_changed"
    return "" if item.active else "no_item"


def _proofs(shop: Shop, lines: Sequence[ShopLine]) -> dict[str, Proof]:
    named = {line.properties.get(lineproperties.PROOF, "") for line in lines}
    keys = [text for text in named if _is_uuid(text)]
    proofs = Proof.objects.filter(pk__in=keys, shop=shop).select_related("route__item")
    return {str(proof.pk): proof for proof in proofs}


def _listings(shop: Shop, lines: Sequence[ShopLine]) -> dict[str, Listing]:
    variants = [line.variant_gid for line in lines if line.variant_gid]
    listings = Listing.objects.filter(variant_id__in=variants, product__shop=shop).select_related("product")
    return {listing.variant_id: listing for listing in listings}


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
