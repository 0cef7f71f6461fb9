"""The limits that ops edit: one row of guardrails, and the rungs of the degradation ladder."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

CAP_HELP = "Empty: no limit. 0: nothing is allowed."
SOFT_HELP = "From here on an account is served at the last step of the ladder. Empty: never."
MOST_MICROS = 10**15  # a billion dollars: sums of a few of these still fit into the database's integers


WITHIN = [MinValueValidator(0), MaxValueValidator(MOST_MICROS)]


def default_alert_percents() -> list[int]:
    return [70, 85, 95]


def cap(default: int | None, label: str, meaning: str = CAP_HELP) -> "models.BigIntegerField[int | None, int | None]":
    """A cap in micro-dollars. None means that the scope is counted but not limited; 0 allows nothing."""
    return models.BigIntegerField(label, null=True, blank=True, default=default, validators=WITHIN, help_text=meaning)


def price(default: int, what: str) -> "models.BigIntegerField[int, int]":
    """What one picture costs at most, in micro-dollars, where no provider says it."""
    return models.BigIntegerField(
        f"price of one {what}", default=default, validators=WITHIN, help_text="Where the provider names none."
    )


def work_limit(default: int, meaning: str) -> "models.PositiveIntegerField[int | None, int | None]":
    """How often one account may have us do work that costs no money but time. None: counted, not limited."""
    return models.PositiveIntegerField(null=True, blank=True, default=default, help_text=f"{meaning} Empty: no limit.")


class Guardrails(models.Model):
    """The one row of limits. Read uncached, so that a change acts at once in every process."""

    ROW = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ROW, editable=False)
    ai_cap_month_micros = cap(200_000_000, "AI cap a month")
    ai_cap_shop_month_micros = cap(100_000_000, "AI cap a month per shop")
    ai_cap_account_month_micros = cap(10_000_000, "AI cap a month per account")
    ai_soft_cap_account_month_micros = cap(5_000_000, "AI soft cap a month per account", SOFT_HELP)
    print_cap_day_micros = cap(500_000_000, "print cap a day")
    print_cap_month_micros = cap(5_000_000_000, "print cap a month")
    print_cap_shop_month_micros = cap(2_500_000_000, "print cap a month per shop")
    print_cap_account_month_micros = cap(500_000_000, "print cap a month per account")
    preview_cap_visitor_micros = cap(2_000_000, "preview cost a month per visitor")
    preview_cap_network_day_micros = cap(20_000_000, "preview cost a day of all visitors of one network")
    orders_per_day = models.PositiveIntegerField(null=True, blank=True, default=200, help_text="Empty: no limit.")
    designs_per_day = work_limit(60, "New designs of one account a day.")
    proofs_per_day = work_limit(60, "Proofs of one account a day; asking again for the same one is free.")
    previews_per_hour = work_limit(600, "Page previews drawn for one account an hour; showing a drawn one is free.")
    max_quantity = models.PositiveIntegerField(default=500, help_text="Above this an order is held.")
    max_total_minor = models.BigIntegerField(
        default=100_000, validators=[MinValueValidator(0)], help_text="Minor units of the order. Above this it is held."
    )
    candidate_price_micros = price(40_000, "candidate")
    revision_price_micros = price(40_000, "revision")
    final_price_micros = price(120_000, "final")
    alert_percents = models.JSONField(default=default_alert_percents, help_text="Each alerts once a period.")
    auto_approve_per_day = models.PositiveIntegerField(
        null=True, blank=True, default=50, help_text="Orders approved by machine in a day. Empty: no limit."
    )
    auto_approve = models.BooleanField(default=False, help_text="Approve orders that pass every check by machine.")
    new_account_hold = models.BooleanField(default=True, help_text="Hold the first order of every account.")
    paid_calls_stopped = models.BooleanField("kill switch: paid calls", default=False)
    supplier_orders_stopped = models.BooleanField("kill switch: supplier orders", default=False)
    live_supplier_orders = models.BooleanField(default=False, help_text="Off: nothing is sent to a real supplier.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "guardrails"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_row_of_guardrails")]

    @classmethod
    def current(cls) -> Self:
        """The limits as they stand in the database now. One query."""
        return cls.objects.filter(pk=cls.ROW).first() or cls.objects.get_or_create(pk=cls.ROW)[0]

    @classmethod
    def locked(cls) -> Self:
        """The limits, held still until the end of the caller's transaction."""
        cls.current()
        return cls.objects.select_for_update().get(pk=cls.ROW)

    def clean(self) -> None:
        percents = self.alert_percents
        whole = isinstance(percents, list) and all(type(percent) is int and 0 < percent < 100 for percent in percents)
        if not whole or percents != sorted(set(percents)):
            raise ValidationError({"alert_percents": "Whole numbers between 1 and 99, rising, such as 70, 85, 95."})

    def __str__(self) -> str:
        return "Guardrails"


# The kinds of a Design, which lives above this app; a test holds the two together.
KINDS = [
    ("card", "card"),
    ("calendar", "calendar"),
    ("product_image", "product image"),
    ("post", "post"),
    ("merch", "merch"),
]


class Rung(models.Model):
    """From `percent` of the platform's AI month on, this much is allowed. An empty kind speaks for every kind."""

    class Tier(models.TextChoices):
        HIGH = "high"
        STANDARD = "standard"
        LOW = "low"

    kind = models.CharField(max_length=20, blank=True, default="", choices=KINDS, help_text="Empty: any kind.")
    percent = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    candidates = models.PositiveSmallIntegerField()
    finals = models.PositiveSmallIntegerField()
    tier = models.CharField(max_length=10, choices=Tier.choices, default=Tier.HIGH)
    extra_run = models.BooleanField(default=True, help_text="Whether a page that has pictures may get another run.")
    page_runs = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Runs of new pictures for one page, the extra one not counted. Empty: any number.",
    )
    weekly_quota = models.PositiveIntegerField(
        null=True, blank=True, help_text="Designs that one account may begin in a week, from Monday. Empty: no limit."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "percent"], name="rung_once")]

    @property
    def runs_of_a_page(self) -> int | None:
        """How often new pictures may be made for one page; None: any number of times."""
        if self.page_runs is None:
            return None if self.extra_run else 1
        return self.page_runs + self.extra_run

    def clean(self) -> None:
        """A step down allows no more than the one before it: otherwise spending more would open doors again."""
        others = list(Rung.objects.filter(kind=self.kind).exclude(pk=self.pk).order_by("percent"))
        above = [rung for rung in others if rung.percent < (self.percent or 0)]
        below = [rung for rung in others if rung.percent > (self.percent or 0)]
        wrong: dict[str, str] = {}
        for name in ("candidates", "finals"):
            mine = getattr(self, name)
            if mine is None:
                continue
            if above and mine > getattr(above[-1], name):
                wrong[name] = f"At most {getattr(above[-1], name)}, as from {above[-1].percent} % on."
            elif below and mine < getattr(below[0], name):
                wrong[name] = f"At least {getattr(below[0], name)}, as from {below[0].percent} % on."
        if wrong:
            raise ValidationError(wrong)

    def __str__(self) -> str:
        return f"{self.kind or 'any kind'} from {self.percent} %"
