"""The buttons of a shop: install, other scopes, uninstall, what privacy law asks for, tokens that run out."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cardmaker.sandbox.shopify import installs, stock

from .asking import Answer, Given, Unusable, control

PRIVACY = {
    "data-request": "customers/data_request",
    "redact-customer": "customers/redact",
    "redact-shop": "shop/redact",
}
ACTIONS = ("stock", "install", "scopes", "uninstall", "expire-tokens", "session-token", *PRIVACY)


@require_POST
def act(request: HttpRequest, domain: str, action: str) -> HttpResponse:
    answer: HttpResponse = _act(request, domain=domain, action=action)
    return answer


@control
def _act(given: Given, domain: str, action: str) -> Answer:
    """{scopes?, email?}: one of ACTIONS on the application in this shop."""
    at = timezone.now()
    if action not in ACTIONS:
        raise Unusable(f"There is no {action}. There are: {', '.join(ACTIONS)}")
    scopes = str(given.get("scopes") or ",".join(installs.wanted_scopes())).split(",")
    if action == "stock":
        stock.stock(domain, at=at)
    elif action == "install":
        installs.install(domain, scopes, at=at)
    elif installs.installed(domain) is None and action not in PRIVACY:
        raise Unusable("The application is not installed there")
    elif action == "scopes":
        installs.change_scopes(domain, scopes, at=at)
    elif action == "uninstall":
        installs.uninstall(domain, at=at)
    elif action == "expire-tokens":
        installs.expire_tokens(domain, at=at)
    elif action == "session-token":
        return {"token": installs.session_token(domain, at=at)}
    else:
        installs.ask_for_privacy(domain, PRIVACY[action], email=str(given.get("email") or ""), at=at)
    return {"domain": domain, "scopes": installs.granted(domain)}
