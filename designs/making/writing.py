"""Texts by a model, paid and checked; by our own rules where none is chosen, none answers, or what it wrote is no use.

`TEXT_PROVIDER` is "rules", "routes" for the order of ModelChoice (stage "text"), or one provider of those rows.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from billing import budget
from billing.guardrails import Stopped, paid_calls_open
from designs.making import breaker, routing
from designs.models import ProviderModel
from designs.providers import registry
from designs.providers.base import ProviderRejected, ProviderUnavailable
from designs.providers.text import TextProvider, TextRequest, Written

logger = logging.getLogger(__name__)
RULES = "rules"


def written(
    request: TextRequest,
    *,
    kind: str,
    rules: Callable[[], Any],
    usable: Callable[[Any], Any],
    account_id: UUID,
    shop_id: UUID,
    at: datetime,
) -> Any:
    """What a model wrote, as `usable` makes it, else what `rules` give. Not in a transaction.

    `usable` raises ValueError for what fits the schema and is no use all the same. Never raises for a provider's sake.
    """
    for row, writer in _writers(kind, at=at):
        try:
            value = _paid(row, writer, request, account_id=account_id, shop_id=shop_id, at=at)
            return usable(value)
        except (ProviderRejected, ProviderUnavailable) as exc:
            logger.info("%s wrote nothing: %s", row, exc.reason)
            if exc.reason.startswith("moderated"):
                break  # nobody goes round looking for who lets it pass
        except ValueError:
            logger.info("%s wrote what cannot be used", row)
        except budget.OverBudget:
            break
    return rules()


def _writers(kind: str, *, at: datetime) -> list[tuple[ProviderModel, TextProvider]]:
    if settings.TEXT_PROVIDER == RULES:
        return []
    try:
        paid_calls_open()
    except Stopped:
        return []
    rows = routing.models_for(kind, "text", settings.TEXT_PROVIDER, at=at)
    return [(row, registry.writer(row.facts())) for row in rows if breaker.may_try(row.pk, at=at)]


def _paid(
    row: ProviderModel,
    writer: TextProvider,
    request: TextRequest,
    *,
    account_id: UUID,
    shop_id: UUID,
    at: datetime,
) -> Any:
    """Hold the most it can cost, ask once, settle what it did cost. An answer that was lost counts as charged."""
    key, most = f"text:{uuid4()}", writer.estimate(request)
    budget.reserve(key=key, meter="ai", amount_micros=most, account_id=account_id, shop_id=shop_id, at=at)
    try:
        done = writer.write(request, key)
    except (ProviderRejected, ProviderUnavailable) as exc:
        breaker.went_wrong(row.pk, exc.reason, at=at)
        if isinstance(exc, ProviderUnavailable) and exc.may_be_charged:
            _settle(key, row, Written(None, most, row.model_id, key), most, at=at)
        else:
            budget.release(key, key=f"{key}:release", at=at)
        raise
    breaker.went_well(row.pk, took_ms=0, at=at)
    _settle(key, row, done, most, at=at)
    if done.refusal:
        raise ValueError(done.refusal)
    return done.value


def _settle(key: str, row: ProviderModel, done: Written, most: int, *, at: datetime) -> None:
    spend = budget.Spend(row.provider, done.model, done.calls, done.request_id, done.actual_micros)
    budget.settle(key, key=f"{key}:settle", share_micros=most, spend=spend, at=at)
