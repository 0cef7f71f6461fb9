"""Our thin client of Shopify's Admin GraphQL API 2026-10 (shopify.dev/docs/api/usage, read November 2026).

Neither ShopifyAPI nor shopifyapp survives THROTTLED or partial data, and the former's sessions are not thread-safe.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from django.conf import settings
from django.utils import timezone

from cardmaker.core.http import OutsideClient, shared_client
from fulfillment.shopify import versions, wire
from fulfillment.shopify.answers import (
    THROTTLED,
    ShopifyUnavailable,
    cost_of,
    data_of,
    denied_fields,
    error_codes,
    scopes_wanted,
)
from fulfillment.shopify.oauth import shop_domain
from fulfillment.shopify.points import Level, OwnPoints, Points, shared

log = logging.getLogger(__name__)

# Asking again within a task: the wait of all tries together stays well below the 30 s that a task may take.
MAX_WAIT_S = 8.0


class NotAShop(ValueError):
    """The domain is not one of Shopify's: our token must not be sent there."""


def base_url(domain: str) -> str:
    """Where a shop's addresses begin: https://{domain}, or below one address in the sandbox. Raises NotAShop."""
    known = shop_domain(domain)
    if known is None:
        raise NotAShop(domain)
    return (settings.SHOPIFY_BASE_URL or "https://{domain}").format(domain=known)


@dataclass(frozen=True, slots=True)
class Answered:
    """Data, complete or partial. `denied`: the fields directly below the root that we may not see, such as "email".

    `lacks`: the scopes for want of which parts of the data are missing.
    """

    data: dict[str, Any]
    denied: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()


# Points that each document was told to cost, by name: the same for every shop.
_costs: dict[str, float] = {}


class AdminClient:
    """One shop's Admin API. Every call ends in data, ShopifyRejected or ShopifyUnavailable.

    `refresh` answers a fresh access token when the current one has expired; it is asked once a call. `points` remembers
    what is left in the shop's bucket.
    """

    def __init__(
        self,
        domain: str,
        token: str,
        *,
        base_url: str,
        api_version: str,
        refresh: Callable[[], str] | None = None,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], datetime] = timezone.now,
        points: Points | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.domain = domain
        self._token = token
        self._refresh = refresh
        self._pause = pause
        self._clock = clock
        self._points = points if points is not None else OwnPoints()
        self._version = api_version
        self._path = f"/admin/api/{api_version}/graphql.json"
        http = OutsideClient("Shopify", base_url, transport=transport) if transport else None
        self._http = http or shared_client("Shopify", base_url)

    @classmethod
    def from_settings(cls, domain: str, token: str, *, refresh: Callable[[], str] | None = None) -> "AdminClient":
        url, version = base_url(domain), settings.SHOPIFY_API_VERSION
        return cls(domain, token, base_url=url, api_version=version, refresh=refresh, points=shared)

    def run(self, name: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send graphql/<name>.graphql; its data. Waits out a short throttle; a throttled call did not run."""
        return self.ask(name, variables).data

    def ask(self, name: str, variables: Mapping[str, Any] | None = None) -> Answered:
        """The same, with what Shopify would not show us beside it."""
        waited_s = self._await_points(name, 0.0)
        while True:
            answer = self._send(name, dict(variables or {}))
            self._remember(name, answer)
            codes = error_codes(answer)
            if THROTTLED not in codes:
                return Answered(self._data(name, answer, codes), denied_fields(answer), scopes_wanted(answer))
            waited_s = self._wait(self._throttle_wait_s(answer), waited_s)

    def _await_points(self, name: str, waited_s: float) -> float:
        """Wait until the shop's bucket can pay for it, as far as we know; what it costs is known from the last time."""
        level = self._points.level(self.domain)
        wait_s = level.wait_s(_costs.get(name, 0.0), at=self._clock()) if level else 0.0
        return self._wait(wait_s, waited_s) if wait_s else waited_s

    def _wait(self, wait_s: float, waited_s: float) -> float:
        """Wait, unless it would be too long for one task; then others go first. Answers all that was waited."""
        if waited_s + wait_s > MAX_WAIT_S:
            raise ShopifyUnavailable("Shopify is throttling this shop", retry_after=round(wait_s) + 1, sent=False)
        self._pause(wait_s)
        return waited_s + wait_s

    def _remember(self, name: str, answer: dict[str, Any]) -> None:
        cost = cost_of(answer)
        if cost is None:
            return
        _costs[name] = cost.requested
        self._points.note(self.domain, Level(cost.available, cost.most, cost.restore_per_s, self._clock()))

    def _data(self, name: str, answer: dict[str, Any], codes: list[str]) -> dict[str, Any]:
        data = data_of(answer, name=name, domain=self.domain)
        if codes:
            log.warning("Shopify answered %s for %s with data beside %s", name, self.domain, ", ".join(codes))
        return data

    def _throttle_wait_s(self, answer: dict[str, Any]) -> float:
        cost = cost_of(answer)
        # Up to a quarter second apart, so that workers of one shop do not all come back at once.
        return (cost.wait_s() if cost else 1.0) + random.uniform(0, 0.25)  # noqa: S311  no secret depends on it

    def _send(self, name: str, variables: dict[str, Any]) -> dict[str, Any]:
        response = self._post(name, variables)
        if response.status_code == wire.UNAUTHORIZED and self._refresh is not None:
            self._token = self._refresh()
            response = self._post(name, variables)
        answer = wire.answer_of(response, name)
        served = response.headers.get("X-Shopify-API-Version", "")
        if served not in ("", self._version):
            versions.watch(self.domain, served, self._version, at=self._clock())
        return answer

    def _post(self, name: str, variables: dict[str, Any]) -> httpx.Response:
        headers = {"X-Shopify-Access-Token": self._token}
        return wire.post(self._http, self._path, name, variables, headers)
