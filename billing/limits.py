"""Changing limits: checked, carried into the running periods, and written down with who and when, all or nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from billing import caps
from billing.models import Guardrails
from cardmaker.core import changes

SUBJECT = "Guardrails"
# What running budgets carry a copy of. Nothing else touches their rows: a kill switch waits for no lock of theirs.
SPREAD = {"alert_percents", *(field for places in caps.APPLIES.values() for field in places.values())}


def change(*, by: str, at: datetime, **wanted: Any) -> list[str]:
    """Set these limits; which of them differed. `by`: a person's address. Raises ValidationError, changes nothing then.

    Every process reads limits uncached, so a change acts on the next thing that any of them starts.
    """
    with transaction.atomic():
        limits = Guardrails.locked()
        before = {name: getattr(limits, name) for name in wanted}
        for name, value in wanted.items():
            setattr(limits, name, value)
        _check(limits, wanted)
        changed = changes.record(SUBJECT, before, wanted, by=by, at=at)
        if changed:
            limits.save(update_fields=[*changed, "updated_at"])
        if any(name in SPREAD for name in changed):
            caps.spread(at=at)
    return changed


def _check(limits: Guardrails, wanted: Mapping[str, Any]) -> None:
    """Raises ValidationError for what was asked. A limit that was wrong before must not keep a switch from working."""
    try:
        limits.full_clean()
    except ValidationError as exc:
        wrong = {name: errors for name, errors in exc.error_dict.items() if name in wanted}
        if wrong:
            raise ValidationError(wrong) from exc
