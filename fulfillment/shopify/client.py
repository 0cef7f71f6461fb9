"""Our thin client of Shopify's Admin GraphQL API 2026-10 (shopify.dev/docs/api/usage, read November 2026).

Neither ShopifyAPI nor shopifyapp survives THROTTLED or partial data, and the former's sessions are not thread-safe.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from django.conf import settings

from cardmaker.core.http import OutsideClient, shared_client
from fulfillment.shopify import wire
from fulfillment.shopify.answers import THROTTLED, ShopifyUnavailable, cost_of, data_of, error_codes
from fulfillment.shopify.oauth import shop_domain

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


class AdminClient:
    """One shop's Admin API. Every call ends in data, ShopifyRejected or ShopifyUnavailable.

    `refresh` answers a fresh access token when the current one has expired; it is asked once a call.
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
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.domain = domain
        self._token = token
        self._refresh = refresh
        self._pause = pause
        self._version = api_version
        self._path = f"/admin/api/{api_version}/graphql.json"
        http = OutsideClient("Shopify", base_url, transport=transport) if transport else None
        self._http = http or shared_client("Shopify", base_url)

    @classmethod
    def from_settings(cls, domain: str, token: str, *, refresh: Callable[[], str] | None = None) -> "AdminClient":
        url = base_url(domain)
        return cls(domain, token, base_url=url, api_version=settings.SHOPIFY_API_VERSION, refresh=refresh)

    def run(self, name: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send graphql/<name>.graphql; its data. Waits out a short throttle; a throttled call did not run."""
        waited_s = 0.0
        while True:
            answer = self._send(name, dict(variables or {}))
            codes = error_codes(answer)
            if THROTTLED not in codes:
                return self._data(name, answer, codes)
            wait_s = self._throttle_wait_s(answer)
            waited_s += wait_s
            if waited_s > MAX_WAIT_S:
                raise ShopifyUnavailable("Shopify is throttling this shop", retry_after=round(wait_s) + 1, sent=False)
            self._pause(wait_s)

    def _data(self, name: str, answer: dict[str, Any], codes: list[str]) -> dict[str, Any]:
        data = data_of(answer, name=name)
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
        _watch_version(response, self.domain, self._version)
        return answer

    def _post(self, name: str, variables: dict[str, Any]) -> httpx.Response:
        headers = {"X-Shopify-Access-Token": self._token}
        return wire.post(self._http, self._path, name, variables, headers)


_warned: set[tuple[str, str]] = set()


def _watch_version(response: httpx.Response, domain: str, pinned: str) -> None:
    """Shopify never refuses a version it has dropped: it silently runs an older or newer one."""
    served = response.headers.get("X-Shopify-API-Version", pinned)
    if served != pinned and (domain, served) not in _warned:
        _warned.add((domain, served))
        log.warning("Shopify ran API version %s for %s, we ask for %s", served, domain, pinned)
