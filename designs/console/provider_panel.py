"""The console's panel of outside models: whether each one works, how fast, how often not, and which end soon."""

from datetime import datetime
from typing import Any

from django.conf import settings

from designs.making.retiring import soon_ending
from designs.models import Call, ProviderModel
from designs.providers.registry import has_keys


def providers(at: datetime) -> dict[str, Any]:
    """Three queries, however many models there are."""
    rows = ProviderModel.objects.filter(active=True).select_related("health").order_by("provider", "model_id", "tier")
    return {
        "in_use": settings.IMAGE_PROVIDER,
        "models": [_shown(row, at) for row in rows if hasattr(row, "health")],
        "ending": soon_ending(at.date()),
        "unknown": Call.objects.filter(outcome=Call.Outcome.UNKNOWN).count(),
    }


def _shown(row: ProviderModel, at: datetime) -> dict[str, Any]:
    health = row.health
    return {
        "row": row,
        "state": _state(row, at),
        "calls": health.calls,
        "errors": round(health.error_share * 100),
        "latency_ms": None if health.latency_ms is None else round(health.latency_ms),
        "last_ok_at": health.last_ok_at,
        "last_error": health.last_error,
        "last_error_at": health.last_error_at,
    }


def _state(row: ProviderModel, at: datetime) -> str:
    if not has_keys(row.provider):
        return "no key"
    return "resting" if row.health.is_open(at=at) else "works" if not row.health.failures else "failing"
