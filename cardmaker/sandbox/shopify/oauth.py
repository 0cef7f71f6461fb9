"""Shopify's consent page and its token endpoint: codes, session tokens and refresh tokens become access tokens."""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import ConsentCode, OfflineToken

from . import installs
from .graph import Values

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"  # noqa: S105 - a type, no token
CODE_LIFE = timedelta(minutes=10)


class Refused(Exception):
    """The token endpoint says no, in OAuth's words."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.status = error, status


@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest, domain: str) -> HttpResponse:
    """The consent page of the authorization-code flow; pressing Install sends the browser back with a code."""
    asked = request.GET
    scopes = [scope for scope in asked.get("scope", "").split(",") if scope]
    back = asked.get("redirect_uri", "")
    if asked.get("client_id") != settings.SHOPIFY_API_KEY or _origin(back) != _origin(settings.APP_URL):
        return HttpResponse("Oauth error invalid_request: The redirect_uri is not whitelisted", status=400)
    if request.method == "GET":
        context = {"domain": domain, "name": installs.shop_name(domain), "scopes": scopes}
        return render(request, "sandbox/admin/grant.html", context)
    at = timezone.now()
    code = secrets.token_hex(16)
    row = installs.install(domain, scopes, at=at)
    ConsentCode.objects.create(installation=row, code=code, created_at=at)
    return HttpResponseRedirect(f"{back}?{signed({'code': code, 'shop': domain, 'state': asked.get('state', '')}, at)}")


@require_POST
def access_token(request: HttpRequest, domain: str) -> HttpResponse:
    """The token endpoint, with its three grants."""
    given = _given(request)
    operation = "token " + str(given.get("grant_type", "code")).rsplit(":", 1)[-1]

    def answer() -> HttpResponse:
        try:
            with transaction.atomic():
                return JsonResponse(_grant(domain, given, at=timezone.now()))
        except Refused as refused:
            return JsonResponse({"error": refused.error}, status=refused.status)

    return faults.gate(request, "shopify", operation, answer)


def signed(params: dict[str, str], at: datetime) -> str:
    """A query string as Shopify signs its redirects: sorted, joined, HMAC in hex."""
    host = base64.urlsafe_b64encode(f"{params['shop']}/admin".encode()).rstrip(b"=").decode()
    named = {**params, "host": host, "timestamp": str(int(at.timestamp()))}
    text = "&".join(f"{name}={value}" for name, value in sorted(named.items()))
    digest = hmac.new(settings.SHOPIFY_API_SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    return urlencode({**named, "hmac": digest})


def _grant(domain: str, given: Values, *, at: datetime) -> Values:
    if (given.get("client_id"), given.get("client_secret")) != (settings.SHOPIFY_API_KEY, settings.SHOPIFY_API_SECRET):
        raise Refused("invalid_client", 401)
    if "code" in given:
        return _for_code(domain, str(given["code"]), at=at)
    if str(given.get("expiring", "1")) != "1":
        raise Refused("invalid_request")
    if given.get("grant_type") == EXCHANGE:
        return _for_session(domain, given, at=at)
    if given.get("grant_type") == "refresh_token":
        return _for_refresh(domain, str(given.get("refresh_token")), at=at)
    raise Refused("unsupported_grant_type")


def _for_code(domain: str, code: str, *, at: datetime) -> Values:
    row = ConsentCode.objects.filter(code=code, installation__domain=domain, created_at__gt=at - CODE_LIFE).first()
    if row is None:
        raise Refused("invalid_request")
    row.delete()
    return installs.give_token(row.installation, at=at)


def _for_session(domain: str, given: Values, *, at: datetime) -> Values:
    if (given.get("subject_token_type"), given.get("requested_token_type")) != (ID_TOKEN, OFFLINE):
        raise Refused("invalid_request")
    try:
        claims = jwt.decode(
            str(given.get("subject_token")),
            settings.SHOPIFY_API_SECRET,
            algorithms=["HS256"],
            audience=settings.SHOPIFY_API_KEY,
        )
    except jwt.PyJWTError as exc:
        raise Refused("invalid_subject_token") from exc
    row = installs.installed(domain)
    if row is None or claims.get("dest") != f"https://{domain}":
        raise Refused("invalid_subject_token")
    return installs.give_token(row, at=at)


def _for_refresh(domain: str, text: str, *, at: datetime) -> Values:
    tokens = OfflineToken.objects.filter(installation__domain=domain, installation__uninstalled_at=None, retired=False)
    token = tokens.filter(refresh_token=text, refresh_expires_at__gt=at).first()
    if token is None:
        raise Refused("invalid_grant")
    return installs.give_token(token.installation, follows=token, at=at)


def _given(request: HttpRequest) -> Values:
    if request.content_type != "application/json":
        return dict(request.POST.items())
    try:
        given = json.loads(request.body)
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
