"""Limits as people write them: dollars instead of micro-dollars, percents in a row. Wrong input stays in its field."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.dateparse import parse_datetime

from billing.models import Guardrails
from billing.models.guardrails import MOST_MICROS

MICRO_PLACES = 6


class DollarsField(forms.DecimalField):
    """Dollars with up to six places, kept as integer micro-dollars."""

    def __init__(self, **options: Any) -> None:
        bounds = {"min_value": 0, "max_value": MOST_MICROS // 10**MICRO_PLACES}
        super().__init__(**{**options, **bounds, "decimal_places": MICRO_PLACES})
        self.widget.attrs["step"] = "any"

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value  # what somebody typed
        exact = Decimal(value).scaleb(-MICRO_PLACES)
        return f"{exact:.2f}" if value % 10_000 == 0 else f"{exact:.6f}".rstrip("0")

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        return None if amount is None else int(amount.scaleb(MICRO_PLACES))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PercentsField(forms.CharField):
    """Whole percents with commas between them; the model says which make sense."""

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **options: Any) -> None:
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = [word.strip() for word in str(value or "").strip("[] ").split(",")]
        try:
            return [int(word) for word in words]
        except ValueError as exc:
            raise forms.ValidationError("Whole numbers with commas between them, such as 70, 85, 95.") from exc

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)


class GuardrailsForm(forms.ModelForm[Guardrails]):
    """`seen`: when the limits that the page showed were last changed. Somebody else's change is not undone unseen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Guardrails
        exclude: ClassVar[list[str]] = []
        labels: ClassVar[dict[str, str]] = {
            "max_quantity": "Most copies",
            "max_total_minor": "Largest total",
            "auto_approve": "Approve by machine",
            "auto_approve_per_day": "Approved by machine a day",
            "new_account_hold": "Hold new accounts",
            "orders_per_day": "Orders a day",
            "designs_per_day": "Designs a day",
            "proofs_per_day": "Proofs a day",
            "previews_per_hour": "Previews an hour",
            "alert_percents": "Alerts at, in percent",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "max_quantity": "Of one card. An order of more is held.",
            "max_total_minor": "In cents of the order's currency: 100000 is 1000.00. A larger order is held.",
        }
        field_classes = {"alert_percents": PercentsField} | {
            field.name: DollarsField for field in Guardrails._meta.fields if field.name.endswith("_micros")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen"] = self.instance.updated_at.isoformat() if self.instance.updated_at else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = parse_datetime(cleaned.pop("seen", "") or "")
        if seen is not None and seen != self.instance.updated_at:
            # Once said it is said: what was typed stands there still, and the next save is meant.
            self.data = {**dict(self.data.items()), "seen": self.initial["seen"]}
            raise forms.ValidationError(
                "Somebody has changed the limits since you opened this page; the history shows what. "
                "Yours are below, not saved yet: check them and save again."
            )
        return cleaned
