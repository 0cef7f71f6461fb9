"""Budgets, and the holds that reserve money in them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from cardmaker.core.models import PublicRow


class Meter(models.TextChoices):
    AI = "ai", "AI"
    PRINT = "print", "print"


class Scope(models.TextChoices):
    PLATFORM = "platform"
    SHOP = "shop"
    ACCOUNT = "account"
    DEVICE = "device"
    NETWORK = "network"


class Period(models.TextChoices):
    DAY = "day"
    MONTH = "month"


# What is committed already, for the WHERE and the SET of an UPDATE.
COMMITTED = F("spent_micros") + F("reserved_micros")


class Budget(models.Model):
    """What may be spent on one meter, in one scope, in one period. `cap_micros` None: counted, not limited.

    The truth is always written: `ceiling_micros` is the larger of the cap and what is committed, so that an actual
    above its hold, or a lowered cap, leaves a row the database accepts. Such a row is an `overrun` and grants nothing.
    """

    meter = models.CharField(max_length=8, choices=Meter.choices)
    scope = models.CharField(max_length=8, choices=Scope.choices)
    scope_key = models.CharField(max_length=36, blank=True, default="")
    period = models.CharField(max_length=8, choices=Period.choices)
    starts_on = models.DateField()
    zone = models.CharField(max_length=64, default="UTC")
    cap_micros = models.BigIntegerField(null=True, blank=True)
    ceiling_micros = models.BigIntegerField(null=True, blank=True)
    spent_micros = models.BigIntegerField(default=0)
    reserved_micros = models.BigIntegerField(default=0)
    overrun = models.BooleanField(default=False)
    visitor = models.BooleanField(default=False, help_text="A guest's: the preview cap applies.")
    # Committed money from which the next alert is due; None when none is left to send.
    alert_at_micros = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meter", "scope", "scope_key", "period", "starts_on"], name="budget_once"),
            models.CheckConstraint(
                condition=Q(ceiling_micros=None) | Q(ceiling_micros__gte=F("spent_micros") + F("reserved_micros")),
                name="committed_within_ceiling",
            ),
            models.CheckConstraint(
                condition=Q(spent_micros__gte=0) & Q(reserved_micros__gte=0), name="budget_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_on"], condition=Q(alert_at_micros__isnull=False), name="budget_alert_due"),
        ]

    def grant(self, amount_micros: int) -> bool:
        """Reserve if the cap allows it. The WHERE is the guard: of two racing holds the second sees the first."""
        fits = Q(cap_micros=None) | Q(cap_micros__gte=COMMITTED + _micros(amount_micros))
        granted = Budget.objects.filter(fits, pk=self.pk).update(reserved_micros=F("reserved_micros") + amount_micros)
        return granted == 1

    def book(self, *, share_micros: int, actual_micros: int) -> bool:
        """Turn reserved money into spent money, or give it back. False: the row is gone, merged into another.

        Never refused: where more was spent than the cap allows, the ceiling rises with the truth.
        """
        committed = COMMITTED + _micros(actual_micros - share_micros)
        booked = Budget.objects.filter(pk=self.pk).update(
            reserved_micros=F("reserved_micros") - share_micros,
            spent_micros=F("spent_micros") + actual_micros,
            ceiling_micros=Case(
                When(cap_micros=None, then=None),
                When(cap_micros__lt=committed, then=committed),
                default=F("cap_micros"),
                output_field=models.BigIntegerField(),  # Django takes a sum of big integers for a small one
            ),
            overrun=Case(When(cap_micros__lt=committed, then=True), default=False),
        )
        return booked == 1

    @property
    def committed_micros(self) -> int:
        return self.spent_micros + self.reserved_micros

    @property
    def left_micros(self) -> int | None:
        """What could still be reserved; None when there is no limit."""
        return None if self.cap_micros is None else max(self.cap_micros - self.committed_micros, 0)

    def __str__(self) -> str:
        return f"{self.meter} {self.scope} {self.period} {self.starts_on}"


def recap(budgets: models.QuerySet[Budget], cap_micros: int | None, *, alert_at_micros: int | None) -> int:
    """Give running budgets another cap, by the rule of cap and ceiling. Returns how many."""
    if cap_micros is None:
        return budgets.update(cap_micros=None, ceiling_micros=None, overrun=False, alert_at_micros=None)
    over = Q(spent_micros__gt=_micros(cap_micros) - F("reserved_micros"))
    return budgets.update(
        cap_micros=cap_micros,
        ceiling_micros=Case(
            When(over, then=COMMITTED), default=_micros(cap_micros), output_field=models.BigIntegerField()
        ),
        overrun=Case(When(over, then=True), default=False),
        alert_at_micros=alert_at_micros,
    )


def _micros(amount: int) -> Value:
    return Value(amount, output_field=models.BigIntegerField())


class HoldQuerySet(models.QuerySet["Hold"]):
    def still_open(self, *, before: datetime) -> "HoldQuerySet":
        """Holds made before then whose money is still reserved: what reconciling looks at."""
        return self.filter(state__in=[Hold.State.RESERVED, Hold.State.UNKNOWN], reserved_at__lt=before)


class Hold(PublicRow):
    """Money reserved, at its worst-case price, in every budget that applies. Never deleted."""

    class State(models.TextChoices):
        RESERVED = "reserved"
        SETTLED = "settled"
        RELEASED = "released"
        UNKNOWN = "unknown"

    key = models.CharField(max_length=120, unique=True)
    meter = models.CharField(max_length=8, choices=Meter.choices)
    amount_micros = models.BigIntegerField()
    open_micros = models.BigIntegerField()
    spent_micros = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RESERVED)
    account_id = models.UUIDField(db_index=True)
    shop_id = models.UUIDField(db_index=True)
    budgets = models.ManyToManyField(Budget, related_name="holds")
    reserved_at = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(open_micros__gte=0) & Q(open_micros__lte=F("amount_micros")), name="hold_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["reserved_at"], condition=Q(state__in=["reserved", "unknown"]), name="hold_still_open"
            ),
            models.Index(fields=["-reserved_at", "-id"], name="hold_newest_first"),
        ]

    def draw(self, *, share_micros: int, actual_micros: int) -> None:
        """Take a share off what is open. The state follows; an unknown hold stays so until nothing is open."""
        self.open_micros -= share_micros
        self.spent_micros += actual_micros
        if self.open_micros == 0:
            settled = self.spent_micros or self.moves.filter(kind="settle").exists()
            self.state = Hold.State.SETTLED if settled else Hold.State.RELEASED
        self.save(update_fields=["open_micros", "spent_micros", "state"])

    def link(self, budget_ids: Iterable[int]) -> None:
        """Remember where this hold counts. One statement; `budgets.add` would ask first."""
        through: Any = Hold.budgets.through
        through.objects.bulk_create([through(hold_id=self.pk, budget_id=budget_id) for budget_id in budget_ids])

    def __str__(self) -> str:
        return self.key


class HoldMove(models.Model):
    """One share of a hold settled or given back: the row that makes each of these happen once."""

    class Kind(models.TextChoices):
        SETTLE = "settle"
        RELEASE = "release"

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="moves")
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    share_micros = models.BigIntegerField()
    actual_micros = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class AlertSent(models.Model):
    """An alert that a budget gave: the row that makes each go out once a period."""

    OVER_CAP = 100  # the percent that stands for "more is committed than the cap allows"

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="alerts")
    percent = models.PositiveSmallIntegerField()
    committed_micros = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "alerts sent"
        constraints = [models.UniqueConstraint(fields=["budget", "percent"], name="alert_once")]

    def __str__(self) -> str:
        return f"{self.budget}: {self.percent} %"
