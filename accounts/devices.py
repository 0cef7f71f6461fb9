"""A signed cookie that names a browser, so that logging out does not make it a new one. It says nothing else."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from accounts.tokens import bearer_text

LIFE_S = 365 * 86_400
SIGNER = Signer(salt="accounts.devices")
FRESH = "cardmaker_fresh_device"


class DeviceCookie:
    """Gives a browser its name when it becomes a guest, and with any other first POST that worked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_welcome = response.status_code < 400 and _is_a_browsers(request)
        if hasattr(request, FRESH) or (is_welcome and not device_of(request)):
            _name(response, ensure_device(request))
        return response


def device_of(request: HttpRequest) -> str:
    """The browser's name, or "" for one that has none yet or forged it."""
    try:
        return SIGNER.unsign(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
    except BadSignature:
        return ""


def ensure_device(request: HttpRequest) -> str:
    """The browser's name; a new one goes out with the answer."""
    fresh = getattr(request, FRESH, "") or device_of(request)
    if not fresh:
        fresh = secrets.token_urlsafe(16)
        setattr(request, FRESH, fresh)
    return fresh


def _name(response: HttpResponse, device: str) -> None:
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        SIGNER.sign(device),
        max_age=LIFE_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _is_a_browsers(request: HttpRequest) -> bool:
    """Embeds carry tokens and no cookies; those who tell us news are no browsers."""
    return request.method == "POST" and bearer_text(request) is None and "/webhooks/" not in request.path
