"""Alerts at the percents that the guardrails name, and when a cap is passed: each once a period."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from billing import caps
from billing.models import AlertSent, Budget, Guardrails
from billing.models.budgets import COMMITTED
from cardmaker.core.jobs import enqueue
from cardmaker.core.money import dollars

logger = logging.getLogger(__name__)
SEND_ALERT = "billing.send_alert"
WATCH_BUDGETS = "billing.watch_budgets"


def notice(budget_ids: Iterable[int], *, at: datetime) -> None:
    """Write down and queue the alerts that are due in these budgets, inside the caller's transaction.

    Each budget is locked before its alert is written, as spending locks it: the other way round two would wait for
    each other.
    """
    due = Budget.objects.filter(alert_at_micros__lte=COMMITTED)
    for budget in caps.in_lock_order(due.filter(pk__in=list(budget_ids))):
        locked = due.select_for_update(no_key=True).filter(pk=budget.pk).first()
        if locked is not None:
            _alert(locked, Guardrails.current().alert_percents, at=at)


def watch(subject: str = "") -> None:
    """Give alerts that no spend has given: a hold whose process died, a cap that was lowered. Runs every minute."""
    due = Budget.objects.filter(alert_at_micros__isnull=False, alert_at_micros__lte=COMMITTED)
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            notice([pk], at=timezone.now())


def send_alert(alert_id: str) -> None:
    """Mail one alert to ops and say it on the console."""
    alert = AlertSent.objects.select_related("budget").get(pk=alert_id)
    budget = alert.budget
    whose = f"{budget.scope} {budget.scope_key}".strip()
    what = f"{budget.meter} budget of the {budget.period} from {budget.starts_on} ({whose})"
    level = "is over its cap" if alert.percent == AlertSent.OVER_CAP else f"has reached {alert.percent} %"
    logger.warning("The %s %s", what, level)
    send_mail(
        f"The {budget.meter} budget of the {budget.period} {level}",
        f"The {what} {level}: {dollars(alert.committed_micros)} of {dollars(budget.cap_micros or 0)} "
        f"are spent or reserved.\n\n{settings.PUBLIC_URL}/admin/billing/budget/{budget.pk}/change/\n",
        None,
        [settings.OPS_EMAIL],
    )


def _alert(budget: Budget, percents: list[int], *, at: datetime) -> None:
    steps = caps.alert_steps(budget.cap_micros, budget.scope, percents)
    for percent, reached_at in sorted(steps.items()):
        if budget.committed_micros >= reached_at:
            _write(budget, percent, at=at)
    later = min((step for step in steps.values() if step > budget.committed_micros), default=None)
    Budget.objects.filter(pk=budget.pk).update(alert_at_micros=later)


def _write(budget: Budget, percent: int, *, at: datetime) -> None:
    alert, created = AlertSent.objects.get_or_create(
        budget=budget, percent=percent, defaults={"committed_micros": budget.committed_micros, "at": at}
    )
    if created:
        enqueue(SEND_ALERT, alert.pk, at=at)
