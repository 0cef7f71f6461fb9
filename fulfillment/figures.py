"""What the console shows of sales: how soon orders ship, what outputs cost, what an order leaves, how it is liked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import TruncDate

from billing.models import LedgerEntry
from cardmaker.core import figures
from cardmaker.core.console import list_of
from cardmaker.core.figures import Figure
from cardmaker.core.money import MICROS_PER_DOLLAR, dollars
from fulfillment.care import ratings
from fulfillment.models import Order, Shipment

SHIPPED_GOAL_DAYS = 5
RATING_GOAL = 4.5
SOLD = ("PAID", "PARTIALLY_REFUNDED", "REFUNDED")  # what was given back is taken off
DAY_S = 86_400
CENT = 10_000  # micro-dollars: and the micro-dollars of a cent of revenue


@dataclass(frozen=True, slots=True)
class Spent:
    """One day of the ledger, in micro-dollars; `outputs` is how many pictures and texts were charged."""

    ai_micros: int = 0
    print_micros: int = 0
    outputs: float = 0


def shipping(at: datetime) -> list[Figure]:
    """Paid to shipped. One query."""
    took = ExpressionWrapper(F("shipped_at") - F("job__order__placed_at"), output_field=DurationField())
    rows = (
        Shipment.objects.filter(
            shipped_at__gte=figures.since(at), shipped_at__lte=at, job__order__placed_at__isnull=False
        )
        .annotate(day=TruncDate("shipped_at"))
        .values("day")
        .annotate(count=Count("pk"), took=Avg(took))
    )
    days = {row["day"]: (row["count"], row["took"].total_seconds()) for row in rows}
    count = sum(number for number, _ in days.values())
    mean_s = figures.ratio(sum(number * seconds for number, seconds in days.values()), count)
    return [
        Figure(
            key="shipped",
            title="Paid to shipped",
            value=figures.span(mean_s),
            goal=f"Goal: less than {SHIPPED_GOAL_DAYS} days",
            goal_line=SHIPPED_GOAL_DAYS,
            met=None if mean_s is None else mean_s < SHIPPED_GOAL_DAYS * DAY_S,
            days=figures.per_day({day: seconds / DAY_S for day, (_, seconds) in days.items()}, at),
            form="{:.1f} days",
            note=f"mean of {count} parcels",
            url=list_of("fulfillment_shipment"),
        )
    ]


def rating(at: datetime) -> list[Figure]:
    """Two queries."""
    given = ratings.figures(figures.since(at), at)
    return [
        Figure(
            key="rating",
            title="Rating",
            value=figures.NO_DATA if given.average is None else f"{given.average:.2f} of 5",
            goal=f"Goal: more than {RATING_GOAL}",
            goal_line=RATING_GOAL,
            met=None if given.average is None else given.average > RATING_GOAL,
            days=figures.per_day({day.day: day.average for day in given.days}, at),
            form="{:.2f}",
            note=f"{given.count} given, {given.asked} asked",
            url=list_of("fulfillment_rating", "answered=yes"),
        )
    ]


def money(at: datetime) -> list[Figure]:
    """What an output costs and what an order leaves. Two queries."""
    spent = _spent(at)
    return [_cost(spent, at), _profit(spent, at)]


def _cost(spent: Mapping[date, Spent], at: datetime) -> Figure:
    total, outputs = sum(day.ai_micros for day in spent.values()), sum(day.outputs for day in spent.values())
    each = figures.ratio(total, outputs)
    daily = {key: figures.ratio(day.ai_micros / MICROS_PER_DOLLAR, day.outputs) for key, day in spent.items()}
    return Figure(
        key="output-cost",
        title="Cost per output",
        value=figures.NO_DATA if each is None else dollars(round(each / 100) * 100),
        days=figures.per_day(daily, at),
        form="${:.4f}",
        note=f"{dollars(round(total / CENT) * CENT)} for {outputs:.0f} pictures and texts",
        url=list_of("billing_ledgerentry", "meter__exact=ai"),
    )


def _profit(spent: Mapping[date, Spent], at: datetime) -> Figure:
    sold, elsewhere = _sold(at)
    orders = sum(count for count, _ in sold.values())
    costs = {day: row.ai_micros + row.print_micros for day, row in spent.items()}
    left = sum(minor for _, minor in sold.values()) * CENT - sum(costs.values())
    each = figures.ratio(left, orders)
    daily = {
        day: (minor * CENT - costs.get(day, 0)) / count / MICROS_PER_DOLLAR for day, (count, minor) in sold.items()
    }
    others = f"; orders in other currencies, left out: {elsewhere}" if elsewhere else ""
    return Figure(
        key="profit",
        title="Profit per order",
        value=figures.NO_DATA if each is None else dollars(round(each / CENT) * CENT),
        goal_line=0,
        met=None,
        days=figures.per_day(daily, at),
        form="${:.2f}",
        note=f"of {orders} orders, after printing and all pictures, the unpaid ones too; before fees and taxes{others}",
        url=list_of("fulfillment_order", "state__exact=delivered"),
    )


def _spent(at: datetime) -> dict[date, Spent]:
    """The ledger's days: charges, and refunds and corrections with their sign. One query."""
    rows = (
        LedgerEntry.objects.filter(at__gte=figures.since(at), at__lte=at)
        .annotate(day=TruncDate("at"))
        .values_list("day", "meter")
        .annotate(micros=Sum("amount_micros"), units=Sum("units", filter=Q(kind="charge")))
    )
    by_day: dict[date, dict[str, Any]] = defaultdict(dict)
    for day, meter, micros, units in rows:
        by_day[day][f"{meter}_micros"] = micros
        by_day[day] |= {"outputs": float(units or 0)} if meter == "ai" else {}
    return {day: Spent(**row) for day, row in by_day.items()}


def _sold(at: datetime) -> tuple[dict[date, tuple[int, int]], int]:
    """Day -> (orders, minor units) of what was paid in dollars; and how many were paid in something else. One query."""
    rows = (
        Order.objects.filter(
            created_at__gte=figures.since(at), created_at__lte=at, financial_status__in=SOLD, test=False
        )
        .annotate(day=TruncDate("created_at"))
        .values_list("day", "currency")
        .annotate(count=Count("pk"), minor=Sum(F("total_minor") - F("refunded_minor")))
    )
    sold, elsewhere = {}, 0
    for day, currency, count, minor in rows:
        if currency == "USD":
            sold[day] = (count, minor)
        else:
            elsewhere += count
    return sold, elsewhere
