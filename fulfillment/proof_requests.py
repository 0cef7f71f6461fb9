"""Asking for a proof: the Route is chosen first, because the proof is made for exactly one supplier's item."""

from datetime import datetime

from django.db import transaction

from cardmaker.core.errors import BadInput
from designs import proofing
from designs.models import Design, Format, Proof
from fulfillment import routing
from fulfillment.models import ProofRoute


def request(design: Design, *, format_code: str, country: str, at: datetime) -> Proof:
    """Queue the rendering of a proof and keep its Route; the same wish again is answered with the proof that is there.

    Raises BadInput beside `format`, `country` or `picks`, and QuotaSpent.
    """
    print_format = Format.objects.filter(code=format_code, kind=design.kind, active=True).first()
    if print_format is None:
        raise BadInput.beside("format", "There is no such format.")
    route = routing.choose(print_format, country)
    with transaction.atomic():
        spec = route.item.print_spec
        proof = proofing.request_proof(design, format=print_format, print_spec=spec, country=route.country, at=at)
        chosen = {"item": route.item, "country": route.country, "reason": route.reason}
        ProofRoute.objects.get_or_create(proof=proof, defaults=chosen)
    return proof
