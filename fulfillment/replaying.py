"""What the time machine is fed with: every hold of a period with its Run or PrintJob, as plain values. Only reads."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum

from accounts.models import Account, Shop
from billing import replay
from billing.caps import PLATFORM_ZONE, Payer
from billing.models import Guardrails, Hold, LedgerEntry, Rung
from billing.replay import Move, Outcome, Request
from designs.models import Kind, Run
from fulfillment.models import PrintJob

AT_ONCE = 2_000  # holds read at a time


@dataclass(frozen=True, slots=True)
class Happened:
    """What is written of a period: requests served and micro-dollars spent by meter, and orders placed."""

    served: Counter[str]
    spent_micros: Counter[str]
    orders: int


@dataclass(frozen=True, slots=True)
class Comparison:
    happened: Happened
    replayed: Outcome


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a hold was for."""

    action: str
    kind: str = ""
    count: int = 1
    work: UUID | None = None
    positions: tuple[str, ...] = ()


def compare(first: datetime, end: datetime, limits: Guardrails, rungs: list[Rung]) -> Comparison:
    """The requests of [first, end) as they went and as they would go under these limits. The database is only read."""
    with _only_reading():
        requests = list(_requests(first, end))
        happened = _happened(first, end, requests)
    return Comparison(happened, replay.replay(requests, limits, rungs))


@contextmanager
def _only_reading() -> Iterator[None]:
    """The database itself refuses to write meanwhile."""
    postgresql = connection.vendor == "postgresql"
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL transaction_read_only = on" if postgresql else "PRAGMA query_only = ON")
            yield
    finally:
        if not postgresql:  # there it belongs to the connection and would outlive us
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = OFF")


def _requests(first: datetime, end: datetime) -> Iterator[Request]:
    asked = _runs(first, end) | _print_jobs(first, end)
    accounts = _accounts(first, end)
    zones = dict(Shop.objects.values_list("pk", "zone"))
    holds = Hold.objects.filter(reserved_at__gte=first, reserved_at__lt=end).order_by("reserved_at", "pk")
    for hold in holds.prefetch_related("moves").iterator(chunk_size=AT_ONCE):
        what = asked.get(hold.key, _Asked("print" if hold.meter == "print" else "other", work=hold.pk))
        yield Request(
            at=hold.reserved_at,
            payer=_payer(hold, accounts),
            shop_zone=zones.get(hold.shop_id, PLATFORM_ZONE),
            amount_micros=hold.amount_micros,
            moves=tuple(Move(move.at, move.share_micros, move.actual_micros) for move in hold.moves.all()),
            action=what.action,
            kind=what.kind,
            count=what.count,
            work=what.work,
            positions=what.positions,
        )


def _runs(first: datetime, end: datetime) -> dict[str, _Asked]:
    runs = Run.objects.filter(created_at__gte=first, created_at__lt=end).exclude(hold_key="")
    found = {}
    columns = ("hold_key", "stage", "design__kind", "count", "design_id", "positions")
    for key, stage, kind, count, design, positions in runs.values_list(*columns).iterator(chunk_size=AT_ONCE):
        shots = stage == Run.Stage.PAGE and kind == Kind.PRODUCT_IMAGE
        pieces = count if stage in (Run.Stage.CANDIDATE, Run.Stage.REVISION) else len(positions)
        found[key] = _Asked("shots" if shots else stage, kind, max(pieces, 1), design, tuple(positions))
    return found


def _print_jobs(first: datetime, end: datetime) -> dict[str, _Asked]:
    jobs = PrintJob.objects.filter(created_at__gte=first, created_at__lt=end)
    return {key: _Asked("print", work=order) for key, order in jobs.values_list("hold_key", "order_id")}


def _accounts(first: datetime, end: datetime) -> dict[UUID, Account]:
    """Who paid, each as the account that it is now."""
    wanted = Hold.objects.filter(reserved_at__gte=first, reserved_at__lt=end).values("account_id")
    found = Account.objects.filter(pk__in=wanted).select_related("merged_into")
    return {account.pk: account.resolved() for account in found}


def _payer(hold: Hold, accounts: dict[UUID, Account]) -> Payer:
    account = accounts.get(hold.account_id)
    if account is None:  # erased since: its holds have a pseudonym
        return Payer(hold.meter, hold.account_id, hold.shop_id)
    guest = account.kind == Account.Kind.GUEST
    return Payer(hold.meter, account.pk, hold.shop_id, account.zone, guest, account.device_key, account.network_key)


def _happened(first: datetime, end: datetime, requests: list[Request]) -> Happened:
    lines = LedgerEntry.objects.filter(hold__reserved_at__gte=first, hold__reserved_at__lt=end)
    spent = dict(lines.order_by().values_list("meter").annotate(total=Sum("amount_micros")))
    return Happened(
        served=Counter(request.payer.meter for request in requests),
        spent_micros=Counter({meter: total for meter, total in spent.items() if total}),
        orders=len({request.work for request in requests if request.action == "print"}),
    )
