"""How many calls are allowed: counted from the log of calls, per account."""

from datetime import datetime, timedelta

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import ApiCall

from .envelope import Body, Refusal

A_MINUTE, A_MINUTE_CATALOG, PUBLISHES = 600, 100, 200
MINUTE, HALF_HOUR = timedelta(minutes=1), timedelta(minutes=30)
MOST_ERRORS = 0.05  # above this share of a day's calls they close the account's access
TOO_MANY = Refusal(429, "Too Many Requests", "Rate limit exceeded", 10_429)


def check(name: str, *, at: datetime) -> None:
    """Raises Refusal (429)."""
    fault = faults.take("printify_rate_limit", "printify")
    if _count(at - MINUTE) >= (fault.value if fault else A_MINUTE):
        raise TOO_MANY
    if name.startswith("GET catalog") and _count(at - MINUTE, "GET catalog") >= A_MINUTE_CATALOG:
        raise TOO_MANY
    if name == "POST publish" and _count(at - HALF_HOUR, "POST publish") >= PUBLISHES:
        raise TOO_MANY


def usage(*, at: datetime) -> Body:
    """What an account manager at Printify would look at."""
    today = ApiCall.objects.filter(service="printify", at__gte=at - timedelta(days=1))
    total, errors = today.count(), today.filter(status_code__gte=400).count()
    share = errors / total if total else 0.0
    return {
        "calls_last_minute": _count(at - MINUTE),
        "catalog_calls_last_minute": _count(at - MINUTE, "GET catalog"),
        "publishes_last_half_hour": _count(at - HALF_HOUR, "POST publish"),
        "error_share": round(share, 4),
        "error_share_percent": round(share * 100, 1),
        "error_share_too_high": share > MOST_ERRORS,
    }


def _count(since: datetime, operation: str = "") -> int:
    calls = ApiCall.objects.filter(service="printify", at__gte=since)
    return calls.filter(operation__startswith=operation).count() if operation else calls.count()
