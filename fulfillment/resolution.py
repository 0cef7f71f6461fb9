"""What a shop's order line is: ours or not, for which proof and item, and whether its properties can be believed.

The shopper's browser writes the properties, so nothing in them counts without our signature.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

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


def resolve(shop_id: UUID, lines: Sequence[ShopLine]) -> list[Resolved]:
    """The lines that are ours; all others are left out. One query; two when a line names a proof we do not sell."""
    listings = _listings(shop_id, lines)
    proofs = _proofs(shop_id, lines, listings.values())
    found = []
    for line in lines:
        listing = listings.get(line.variant_gid)
        if listing is None and lineproperties.PROOF not in line.properties:
            continue
        found.append(_resolved(line, listing, proofs.get(line.properties.get(lineproperties.PROOF, ""))))
    return found


def _resolved(line: ShopLine, listing: Listing | None, proof: Proof | None) -> Resolved:
    problem = _problem(line, listing, proof)
    item = proof.route.item if proof is not None and not problem else None
    product = listing.product if listing is not None and not problem else None
    return Resolved(line, product, proof if not problem else None, item, problem)


def _problem(line: ShopLine, listing: Listing | None, proof: Proof | None) -> str:
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
        variant=line.variant_gid,
    )
    if lineproperties.problem(line.properties, signed):
        return "altered_property"
    return _listing_problem(line, listing, proof, item)


def _listing_problem(line: ShopLine, listing: Listing | None, proof: Proof, item: SupplierItem) -> str:
    if listing is None or listing.product.proof_id != proof.pk:
        return "unknown_variant"
    if line.currency == listing.product.currency and line.unit_minor < listing.product.least_minor:
        return "price_changed"
    return "" if item.active else "no_item"


def _listings(shop_id: UUID, lines: Sequence[ShopLine]) -> dict[str, Listing]:
    variants = [line.variant_gid for line in lines if line.variant_gid]
    listings = Listing.objects.filter(variant_id__in=variants, product__shop=shop_id)
    return {listing.variant_id: listing for listing in listings.select_related("product__proof__route__item")}


def _proofs(shop_id: UUID, lines: Sequence[ShopLine], listings: Iterable[Listing]) -> dict[str, Proof]:
    """The shop's own proofs that the lines name. An honest line names the one of its listing."""
    sold = {str(listing.product.proof_id): listing.product.proof for listing in listings}
    found = {key: proof for key, proof in sold.items() if proof.shop_id == shop_id}
    named = {line.properties.get(lineproperties.PROOF, "") for line in lines}
    others = [text for text in named - found.keys() if _is_uuid(text)]
    if others:
        proofs = Proof.objects.filter(pk__in=others, shop=shop_id).select_related("route__item")
        found |= {str(proof.pk): proof for proof in proofs}
    return found


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
