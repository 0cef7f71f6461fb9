"""One GraphQL POST to Shopify and its HTTP answer (shopify.dev/docs/api/usage/response-codes, read November 2026)."""

import logging
from collections.abc import Mapping
from typing import Any

import httpx

from cardmaker.core.http import OutsideClient, OutsideUnavailable, retry_after_s
from cardmaker.core.readjson import read_json
from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable, UserError
from fulfillment.shopify.documents import document

log = logging.getLogger(__name__)

UNAUTHORIZED = 401
CLOSED_RETRY_S = 3600  # a shop that is frozen or locked stays so for hours
SECURITY_RETRY_S = 60
REFUSALS = {UNAUTHORIZED: "TOKEN_REFUSED", 403: "FORBIDDEN", 404: "SHOP_GONE"}
PAUSES = {402: CLOSED_RETRY_S, 423: CLOSED_RETRY_S, 430: SECURITY_RETRY_S}


def post(
    http: OutsideClient, path: str, name: str, variables: Mapping[str, Any], headers: Mapping[str, str]
) -> httpx.Response:
    """Send graphql/<name>.graphql. Raises ShopifyUnavailable without a usable HTTP answer."""
    body = {"query": document(name), "variables": dict(variables)}
    try:
        return http.request("POST", path, json=body, headers=headers, operation=name)
    except OutsideUnavailable as failure:
        raise ShopifyUnavailable(failure.message, retry_after=failure.retry_after, sent=failure.sent) from failure


def answer_of(response: httpx.Response, name: str) -> dict[str, Any]:
    """The GraphQL answer inside an HTTP answer. Raises ShopifyRejected or ShopifyUnavailable."""
    _refuse_status(response, name)
    try:
        answer = read_json(response.content)
    except ValueError as exc:
        raise ShopifyUnavailable(f"Shopify's answer to {name} cannot be read") from exc
    if not isinstance(answer, dict):
        raise ShopifyUnavailable(f"Shopify's answer to {name} cannot be read")
    return answer


def _refuse_status(response: httpx.Response, name: str) -> None:
    """Turn HTTP refusals into ours; the answers that may come back later are no refusals."""
    status = response.status_code
    if status in PAUSES:
        retry_after = retry_after_s(response.headers.get("Retry-After", "")) or PAUSES[status]
        raise ShopifyUnavailable(f"Shopify answered {status}", retry_after=retry_after, sent=False)
    if not response.is_success:
        code = REFUSALS.get(status, f"HTTP_{status}")
        request_id = response.headers.get("X-Request-ID", "unknown")
        log.warning("Shopify refused %s with %s, request %s", name, status, request_id)
        raise ShopifyRejected(f"Shopify refused {name}: HTTP {status}", errors=[UserError(f"HTTP {status}", code)])
