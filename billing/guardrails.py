"""The kill switch of paid calls, read uncached right before every one. That of supplier orders: see their permits."""

from billing.models import Guardrails
from cardmaker.core.errors import Unavailable

LOOK_AGAIN_S = 60  # a person throws the switch back; asking more often helps nobody


class Stopped(Unavailable):
    """Ops stopped this. The work stays queued and goes on when they start it again."""

    code = "unavailable"


def paid_calls_open() -> None:
    """Raises Stopped while ops keep paid calls from starting. One query."""
    if Guardrails.current().paid_calls_stopped:
        raise Stopped("Making pictures is paused for the moment. Please try again soon.", retry_after=LOOK_AGAIN_S)
