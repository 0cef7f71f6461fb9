"""The console's parts about money: a gauge for each of the platform's budgets, and the kill switches."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from billing import forecast, switches
from billing.forecast import Gauge
from billing.models import Guardrails
from cardmaker.core import charts
from cardmaker.core.money import dollars


def gauges(at: datetime) -> dict[str, Any]:
    """Two queries."""
    limits = Guardrails.current()
    return {"gauges": [_shown(gauge, limits.alert_percents) for gauge in forecast.gauges(at=at)]}


def kill_switches(at: datetime) -> dict[str, Any]:
    """Two queries."""
    limits = Guardrails.current()
    rows = [{"switch": switch, "stopped": getattr(limits, switch.field)} for switch in switches.SWITCHES.values()]
    return {"switches": rows, "live": limits.live_supplier_orders, "history": list(switches.history())}


@require_POST
def throw_switch(request: HttpRequest, name: str) -> HttpResponse:
    """One press on the start page, confirmed there."""
    switch = switches.SWITCHES.get(name)
    if switch is None:
        raise Http404("There is no such switch.")
    stopped = request.POST.get("stopped") == "yes"
    assert request.user.is_authenticated  # the console lets nobody else come here
    changed = switches.throw(switch, stopped=stopped, by=request.user, at=timezone.now())
    state = "stopped" if stopped else "running"
    said = f"{switch.title}: {state}." if changed else f"{switch.title}: {state} already."
    messages.add_message(request, messages.WARNING if stopped else messages.SUCCESS, said)
    return HttpResponseRedirect(reverse("admin:index"))


def _shown(gauge: Gauge, percents: list[int]) -> dict[str, Any]:
    title = f"{'AI' if gauge.meter == 'ai' else 'Print'}, this {gauge.period}"
    return {
        "gauge": gauge,
        "title": title,
        "spent": dollars(gauge.spent_micros),
        "reserved": dollars(gauge.reserved_micros),
        "cap": "no limit" if gauge.cap_micros is None else dollars(gauge.cap_micros),
        "pace": dollars(_to_cents(gauge.forecast.per_day_micros)),
        "expected": dollars(_to_cents(gauge.forecast.expected_micros)),
        "bar": _bar(gauge, title, percents),
        "url": _url(gauge),
    }


def _bar(gauge: Gauge, title: str, percents: list[int]) -> SafeString:
    cap = gauge.cap_micros if gauge.cap_micros is not None else max(gauge.forecast.expected_micros, 1)
    of = "without a limit" if gauge.cap_micros is None else f"of {dollars(gauge.cap_micros)}"
    level = "over" if gauge.level >= 100 else "high" if gauge.level else "fine"
    return charts.bar(
        f"gauge-{gauge.meter}-{gauge.period}",
        [(f"spent bar-{level}", gauge.spent_micros), ("reserved", gauge.reserved_micros)],
        whole=cap,
        title=title,
        description=f"{dollars(gauge.spent_micros)} spent and {dollars(gauge.reserved_micros)} reserved {of}",
        marks=percents if gauge.cap_micros else (),
    )


def _url(gauge: Gauge) -> str:
    if gauge.budget_id is not None:
        return reverse("admin:billing_budget_change", args=[gauge.budget_id])
    return f"{reverse('admin:billing_budget_changelist')}?meter__exact={gauge.meter}&scope__exact=platform"


def _to_cents(micros: int) -> int:
    """A pace to the micro-dollar would be false precision."""
    return round(micros, -4)
