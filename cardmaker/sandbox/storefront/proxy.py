"""The app proxy: what a theme asks below /apps/..., forwarded to the application with Shopify's signature.

Source: shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies, read November 2026.
"""

import hashlib
import hmac
import time
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

import httpx
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

TARGET = "/shopify/proxy/"
TIMEOUT_S = 30.0
PASSED = ("Accept", "Content-Type", "User-Agent", "Origin")
RETURNED = ("Content-Type", "Cache-Control", "ETag", "Location", "Retry-After")


@csrf_exempt
def forward(request: HttpRequest, domain: str, prefix: str, rest: str) -> HttpResponse:
    """Method, path, query and body go through; cookies do not, in either direction."""
    own = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    added = [
        ("shop", domain),
        ("logged_in_customer_id", ""),
        ("path_prefix", f"/{prefix}"),
        ("timestamp", str(int(time.time()))),
    ]
    params = [(name, value) for name, value in own if name not in dict(added)] + added
    query = urlencode([*params, ("signature", signature(params))])
    try:
        answer = httpx.request(
            request.method or "GET",
            f"{settings.APP_URL}{TARGET}{rest}?{query}",
            content=request.body,
            headers=_headers(request, domain),
            timeout=TIMEOUT_S,
            trust_env=False,
        )
    except httpx.HTTPError:
        return HttpResponse("There was an error in the third-party application.", status=502)
    headers = {name: answer.headers[name] for name in RETURNED if name in answer.headers}
    return HttpResponse(answer.content, status=answer.status_code, headers=headers)


def signature(params: Sequence[tuple[str, str]]) -> str:
    """Sorted by name, `name=value` joined with nothing, values of one name with commas; HMAC-SHA256 in hex."""
    grouped: dict[str, list[str]] = {}
    for name, value in params:
        grouped.setdefault(name, []).append(value)
    text = "".join(f"{name}={','.join(values)}" for name, values in sorted(grouped.items()))
    return hmac.new(settings.SHOPIFY_API_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


def _headers(request: HttpRequest, domain: str) -> dict[str, str]:
    passed = {name: request.headers[name] for name in PASSED if name in request.headers}
    return passed | {"X-Forwarded-For": request.META.get("REMOTE_ADDR", ""), "X-Forwarded-Host": domain}
