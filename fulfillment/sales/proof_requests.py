"""Asking for a proof: the Route is chosen first, because the proof is made for exactly one supplier's item."""

from datetime import datetime

from django.db import transaction

from cardmaker.core.errors import BadInput
from designs import catalog
from designs.models import Design, Format, Proof
from designs.proofs import proofing
from fulfillment.models import ProofRoute
from fulfillment.printing import drafts
from fulfillment.sales import routing


def request(design: Design, *, format_code: str, country: str, at: datetime) -> Proof:
    """Queue the rendering of a proof and keep its Route; the same wish again is answered with the proof that is there.

    Raises BadInput beside `format`, `country`, `calendar` or `picks`, and QuotaSpent.
    """
    print_format = Format.objects.filter(code=format_code, kind=design.kind, active=True).first()
    if print_format is None or not catalog.sells(design.shop, format_code):
        raise BadInput.beside("format", "There is no such format.")
    choice = routing.choose(print_format, country, calendar=design.calendar)
    item = choice.item
    frozen = proofing.freeze(
        design,
        format=print_format,
        print_spec=item.print_spec,
        country=choice.country,
        draws_grid=item.draws_grid,
    )
    with transaction.atomic():
        proof = proofing.request_proof(frozen, at=at)
        chosen = {"item": item, "country": choice.country, "reason": choice.reason, "route": choice.route}
        route, _ = ProofRoute.objects.get_or_create(proof=proof, defaults=chosen)
        if route.item.draws_grid:
            # What the supplier adds to our pages can be seen in its own mock-up alone.
            drafts.start(proof, route.item, at=at)
    return proof
