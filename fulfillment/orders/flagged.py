"""Flags that stand against what an order prints: read along with its proofs, at no query of their own."""

from collections.abc import Iterable

from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from designs.models import Flag
from fulfillment.orders.reasons import Reason

OPEN = Reason("screening", "A picture or words of this order wait to be judged under Flags.", blocks=True)
REFUSED = Reason("screening", "A picture or words of this order were refused.", blocks=True)


def standing(*, design: str, proof: str) -> Coalesce:
    """The graver of the states of flags that stand against a design or a proof, named by their columns; else null.

    What is open may concern the whole design; what was refused, only the proofs that show or say it. A proof whose
    picture is withheld counts as open, whatever design the picture was made for.
    """
    of_proof = Q(subject_id=OuterRef(proof))
    is_open = Q(state=Flag.State.OPEN) & (of_proof | Q(design=OuterRef(design)))
    against = Flag.objects.filter(is_open | (of_proof & Q(state=Flag.State.REFUSED)))
    withheld = "withheld" if proof == "pk" else f"{proof}__withheld"
    waits = Case(When(**{f"{withheld}__gt": ""}, then=Value(Flag.State.OPEN.value)), output_field=CharField())
    return Coalesce(Subquery(against.order_by("-state").values("state")[:1]), waits)


def reasons_of(states: Iterable[str | None]) -> list[Reason]:
    """Why an order whose proofs have flags in these states is held."""
    found = set(states)
    if Flag.State.REFUSED in found:
        return [REFUSED]
    return [OPEN] if Flag.State.OPEN in found else []
