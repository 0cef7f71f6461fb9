"""How the API weighs its calls: DRF's seam for limits, our buckets behind it."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts import limits


class Weights(BaseThrottle):
    """Every call that changes something costs its points, before it does anything. Raises TooMuch (429)."""

    def allow_request(self, request: Request, view: Any) -> bool:
        match = request._request.resolver_match
        if request.method not in SAFE_METHODS and match is not None:
            name = match.url_name or ""
            given = request.data if name == limits.RUNS else None
            limits.charge(request._request, name, points=limits.points_of(name, given))
        return True
