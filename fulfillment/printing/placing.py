"""From an approved order to print jobs: one a supplier, each with its money reserved before it exists."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from billing import budget, quota
from billing.models import Guardrails
from cardmaker.core import crash
from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from cardmaker.core.money import Money, micros_of
from fulfillment.models import Approval, Order, PrintJob, PrintJobLine, SupplierItem
from fulfillment.orders import intake
from fulfillment.orders.reasons import Reason

SUBMIT = "fulfillment.submit_print_job"


def place(order: Order, *, at: datetime) -> list[PrintJob]:
    """Open the order's print jobs and queue their submission. Safe to repeat: afterwards there is nothing to do.

    When the money or the day's orders are used up the order is held again with that reason.
    """
    with transaction.atomic():
        approved = Order.objects.select_for_update().filter(pk=order.pk, state=Order.State.APPROVED).first()
        earlier = list(approved.print_jobs.all()) if approved else []
        under_way = [job for job in earlier if job.state not in PrintJob.OVER]
        if approved is None or under_way:
            _hold_for(under_way, approved, at=at)
            return []
        try:
            with transaction.atomic():
                return open_jobs(approved, _standing(approved), earlier, at=at)
        except (budget.OverBudget, quota.QuotaSpent) as refusal:
            intake.hold(approved, [_reason(refusal)], at=at)
            return []


def _hold_for(under_way: list[PrintJob], order: Order | None, *, at: datetime) -> None:
    """A job of an approval that was withdrawn may still be printed: without this the order would wait for ever."""
    withdrawn = PrintJobLine.objects.filter(job__in=under_way, approval__voided_at__isnull=False)
    line = withdrawn.select_related("job").first() if order and under_way else None
    if order and line:
        message = (
            f"{line.job.reference} of an earlier approval is {line.job.get_state_display().lower()}: see to it first."
        )
        intake.hold(order, [Reason("open_print_job", message)], at=at)


def _standing(order: Order) -> list[Approval]:
    approvals = order.approvals.filter(voided_at__isnull=True, round=0).select_related("line__item")
    return [
        approval
        for approval in approvals
        # An approval is for exactly this digest and quantity; anything else was never approved.
        if approval.quantity == approval.line.quantity and approval.proof_digest == approval.line.proof_digest
    ]


def open_jobs(
    order: Order, approvals: list[Approval], earlier: list[PrintJob], *, round: int = 0, at: datetime
) -> list[PrintJob]:
    """One job a supplier, its money reserved, its submission queued. Call it under the order's lock.

    Raises OverBudget or QuotaSpent.
    """
    limit = Guardrails.current().orders_per_day
    quota.use("platform", "order", "day", limit=limit, at=at)
    by_supplier: dict[str, list[Approval]] = defaultdict(list)
    for approval in approvals:
        by_supplier[_item(approval).supplier].append(approval)
    return [
        _open_job(order, _reference(order, supplier, earlier), group, round=round, at=at)
        for supplier, group in sorted(by_supplier.items())
    ]


def _open_job(order: Order, reference: str, approvals: list[Approval], *, round: int, at: datetime) -> PrintJob:
    cost = expected_cost(approvals)
    hold_key = f"print:{reference}"
    amount = micros_of(cost)
    assert order.account_id is not None  # an approved order has a proof, and so its owner
    budget.reserve(
        key=hold_key, meter="print", amount_micros=amount, account_id=order.account_id, shop_id=order.shop_id, at=at
    )
    crash.point("place.reserved")
    job = PrintJob.objects.create(
        order=order,
        supplier=_item(approvals[0]).supplier,
        round=round,
        reference=reference,
        hold_key=hold_key,
        cost_minor=cost.minor,
        currency=cost.currency,
    )
    PrintJobLine.objects.bulk_create(
        PrintJobLine(
            job=job,
            line=approval.line,
            approval=approval,
            proof_digest=approval.proof_digest,
            quantity=approval.quantity,
        )
        for approval in approvals
    )
    enqueue(SUBMIT, job.pk, account_id=order.account_id, at=at)
    return job


def expected_cost(approvals: list[Approval]) -> Money:
    """What the supplier will charge at most: whole packs, and the dearest line's shipping once."""
    goods = sum(_packs(approval) * _item(approval).cost_minor for approval in approvals)
    shipping = max(_item(approval).shipping_minor for approval in approvals)
    return Money(goods + shipping, _item(approvals[0]).currency)


def _packs(approval: Approval) -> int:
    return -(-approval.quantity // _item(approval).pack_size)


def _item(approval: Approval) -> SupplierItem:
    assert approval.line.item is not None  # a line without a problem pins its item: a database constraint
    return approval.line.item


def _reference(order: Order, supplier: str, earlier: list[PrintJob]) -> str:
    """Ours, at most 50 characters, never used twice: a job that is over keeps its number."""
    number = sum(job.supplier == supplier for job in earlier) + 1
    return f"CM-{order.pk.hex[:16].upper()}-{supplier[0].upper()}{number}"


def _reason(refusal: Refused) -> Reason:
    return Reason(refusal.code, refusal.message)
