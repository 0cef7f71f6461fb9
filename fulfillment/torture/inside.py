"""`python -m fulfillment.torture.inside`: what only the stack's database knows, a line of JSON for each verb asked."""

import json
import os
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Any

from fulfillment.torture import inside_errands

Json = dict[str, Any]


def prepare() -> Json:
    """Tables, demo data and the ops log-in, in one process: starting three takes longer than what they do."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("demo", stdout=sys.stderr)
    call_command("ops_login", quiet=True)
    return {"prepared": True}


def facts(since: str = "2000-01-01T00:00:00+00:00") -> Json:
    """Whether the books agree, what is stuck or still to be done, and what was told to whom since then."""
    from billing.ledgercheck import check
    from billing.models import Budget, Hold, LedgerEntry
    from cardmaker.core.inbox import InboxEvent
    from cardmaker.core.models import Job
    from fulfillment.models import Order, PrintJob, Shipment

    at = datetime.fromisoformat(since)
    charges = LedgerEntry.objects.filter(meter="print", kind="charge", at__gte=at)
    parcels = Shipment.objects.filter(created_at__gte=at)
    return {
        "ledger": check(),
        "stuck": [f"{job.kind} {job.last_error}" for job in Job.objects.filter(state="stuck", created_at__gte=at)],
        "open_jobs": open_jobs(),
        "reserved_micros": sum(Budget.objects.filter(meter="print").values_list("reserved_micros", flat=True)),
        "open_holds": list(Hold.objects.filter(meter="print").exclude(open_micros=0).values_list("key", "state")),
        "print_charges": charges.count(),
        "orders": _states(Order.objects.filter(created_at__gte=at)),
        "print_jobs": _states(PrintJob.objects.filter(created_at__gte=at)),
        "references": sorted(PrintJob.objects.filter(created_at__gte=at).values_list("reference", flat=True)),
        "unmailed": parcels.filter(mailed_at__isnull=True).count(),
        "unannounced": parcels.filter(shopify_fulfillment_id="").count(),
        "events_left": InboxEvent.objects.exclude(state__in=["handled", "ignored"]).count(),
    }


def open_jobs() -> int:
    """Jobs of any kind that runs because somebody asked, not because time passed."""
    from cardmaker.core.jobs import KINDS
    from cardmaker.core.models import Job

    periodic = [kind.name for kind in KINDS.values() if kind.every_s]
    return Job.objects.filter(state__in=["queued", "running"]).exclude(kind__in=periodic).count()


def open_the_gates() -> Json:
    """Limits that a storm of orders fits in, and approval by machine: the torture is of what comes after."""
    from billing.models import Guardrails

    Guardrails.current()
    caps = [name for name in (field.name for field in Guardrails._meta.get_fields()) if name.startswith("print_cap")]
    changes: Json = dict.fromkeys(caps, 10**12)
    changes |= {
        "orders_per_day": 100_000,
        "auto_approve": True,
        "auto_approve_per_day": None,
        "new_account_hold": False,
    }
    return {"changed": Guardrails.objects.update(**changes)}


def unguard() -> Json:
    """For a negative control: let the database have two print jobs for one order."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_live_print_job_per_order_and_supplier")
    return {"dropped": True}


def close_the_gates() -> Json:
    """Back to the demo's way: ops approve."""
    from billing.models import Guardrails

    return {"changed": Guardrails.objects.update(auto_approve=False)}


def _states(rows: Any) -> dict[str, int]:
    from django.db.models import Count

    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def manage(*words: str) -> Json:
    """A management command."""
    from django.core.management import call_command

    call_command(*words, stdout=sys.stderr)
    return {"managed": True}


VERBS: dict[str, Callable[..., Json]] = {
    "manage": manage,
    "prepare": prepare,
    "facts": facts,
    "open": open_the_gates,
    "close": close_the_gates,
    "unguard": unguard,
    **inside_errands.VERBS,
}


def main() -> None:
    """Answer verbs until nobody asks any more. What they print is for the log."""
    import django
    from django.db import connections

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardmaker.settings")
    answers, sys.stdout = sys.stdout, sys.stderr
    django.setup()
    for line in sys.stdin:
        print(json.dumps(_answer(*json.loads(line)), default=str), file=answers, flush=True)
        connections.close_all()


def _answer(verb: str, *words: str) -> Json:
    try:
        return VERBS[verb](*words)
    except Exception:  # noqa: BLE001 - whoever asked is told, and decides
        return {"failed": traceback.format_exc()[-3000:]}


if __name__ == "__main__":
    main()
