"""The first line where Redis is configured: so many requests of one network a minute, of whatever kind.

What it lets through is weighed by `accounts.limits`, which needs no Redis. Without Redis this line is off.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_ratelimit.core import get_usage

from accounts.intake import network_of
from cardmaker.core import views
from cardmaker.core.errors import Refused
from cardmaker.core.middleware import client_address

logger = logging.getLogger(__name__)
# Services that call us from few addresses for many people, and those who look whether we live.
EXEMPT = ("/healthz", "/readyz", "/print/", "/api/v1/webhooks/", "/shopify/proxy/", "/static/")


class Flooded(Refused):
    """More requests a minute than people make."""

    code = "too_many_requests"


class Flood:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wait_s = seconds_to_wait(request) if settings.RATELIMIT_ENABLE else 0
        if not wait_s:
            return self.get_response(request)
        told = f"Too many requests from your network. Please try again in {wait_s} seconds."
        return views.refused(request, Flooded(told, details={"retry_after": wait_s}))


def seconds_to_wait(request: HttpRequest) -> int:
    """0: go on. A Redis that does not answer lets everybody through: the limits that matter are rows."""
    from redis.exceptions import RedisError

    if request.path.startswith(EXEMPT):
        return 0
    rate = f"{settings.REQUESTS_PER_MINUTE}/m"
    try:
        usage = get_usage(request, group="flood", key=_network, rate=rate, increment=True)
    except RedisError as exc:
        logger.warning("the flood limit could not be counted: %s", type(exc).__name__)
        return 0
    if not usage or not usage["should_limit"]:
        return 0
    return max(1, int(usage["time_left"]))


def _network(group: str, request: HttpRequest) -> str:
    return network_of(client_address(request))
