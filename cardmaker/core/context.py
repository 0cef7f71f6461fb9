"""What every page may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The names of the settings that templates need; `shop` where a view set it on the request."""
    return {
        "PUBLIC_URL": settings.PUBLIC_URL,
        "SANDBOX": settings.SANDBOX,
        "SANDBOX_URL": settings.SANDBOX_URL,
        "csrf_cookie_name": settings.CSRF_COOKIE_NAME,
        "shop": getattr(request, "shop", None),
    }
