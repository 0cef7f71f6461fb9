"""How each page of a Run goes, as the studio shows it. Reads `calls` and their `images` as prefetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from designs.models import Call, Run

State = Literal["waiting", "drawing", "ready", "failed"]
TRYING_AGAIN = "This did not work at once. We try again by ourselves."
NOT_DRAWN = "This page could not be drawn."


@dataclass(frozen=True, slots=True)
class PageState:
    """One page. `image`: the newest picture that came for it."""

    position: str
    state: State
    message: str = ""
    image: UUID | None = None


def page_states(run: Run) -> list[PageState]:
    """In the order of the Run's positions."""
    by_position: dict[str, list[Call]] = {position: [] for position in run.positions}
    for call in run.calls.all():
        by_position.setdefault(call.position, []).append(call)
    return [_state(position, calls) for position, calls in by_position.items()]


def drawn_now(run: Run) -> str | None:
    """The page whose call is under way."""
    return next((call.position for call in run.calls.all() if call.outcome == Call.Outcome.SENT), None)


def _state(position: str, calls: Sequence[Call]) -> PageState:
    images = [image.pk for call in calls for image in call.images.all()]
    newest = images[-1] if images else None
    outcomes = {call.outcome for call in calls}
    if Call.Outcome.SENT in outcomes:
        return PageState(position, "drawing", image=newest)
    if Call.Outcome.PLANNED in outcomes:
        tried = any(call.tries for call in calls if call.outcome == Call.Outcome.PLANNED)
        return PageState(position, "waiting", TRYING_AGAIN if tried else "", newest)
    if newest:
        return PageState(position, "ready", image=newest)
    errors = [call.error for call in calls if call.error]
    return PageState(position, "failed", errors[-1] if errors else NOT_DRAWN)
