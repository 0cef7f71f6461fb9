"""The kill switches as ops throw them: one press, read by every process before its next paid call or supplier order."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from billing import limits
from billing.models import Guardrails

HISTORY_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Switch:
    """One kill switch. `field` of the guardrails is True while it is thrown."""

    name: str
    field: str
    title: str
    stops: str


SWITCHES = {
    switch.name: switch
    for switch in (
        Switch("paid-calls", "paid_calls_stopped", "Paid calls", "No picture or text is made by a paid model."),
        Switch("supplier-orders", "supplier_orders_stopped", "Supplier orders", "Nothing is sent to a printer."),
    )
}


def throw(switch: Switch, *, stopped: bool, by: User, at: datetime) -> bool:
    """Stop or start, and write down who did it. False: it stood so already."""
    with transaction.atomic():
        if not limits.change(by=by.email, at=at, **{switch.field: stopped}):
            return False
        said = f"{switch.field}: {not stopped} → {stopped}"
        LogEntry.objects.log_actions(by.pk, [Guardrails.current()], CHANGE, change_message=said, single_object=True)
    return True


def history() -> QuerySet[LogEntry]:
    """Who threw which switch last, the newest first. One query."""
    model = Guardrails._meta
    thrown = LogEntry.objects.filter(
        content_type__app_label=model.app_label,
        content_type__model=model.model_name,
        change_message__contains="_stopped: ",
    )
    return thrown.select_related("user").order_by("-pk")[:HISTORY_SHOWN]
