"""The page where somebody sees what we keep, takes it home, or has it erased: people and guests of a session alike."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import lifecycle, limits
from accounts.identity import Caller, caller_of
from cardmaker.core.errors import Refused
from designs.models import Design, Photo
from fulfillment.models import Order

# What a guest types to confirm; who signed in types the email address.
GUESTS_WORD = "erase"


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    caller = caller_of(request)
    if caller.account is None and caller.user is None:
        return redirect("account_login")
    return _page(request, caller)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Everything we keep, as one JSON file; its links to pictures are good for a quarter of an hour."""
    caller = caller_of(request)
    if caller.account is None and caller.user is None:
        return redirect("account_login")
    limits.charge(request, "account_export")
    found = lifecycle.export(caller.account) if caller.account else {}
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="cardmaker.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Erase the account once its address, or a guest's word, was typed in full: a press alone is too little."""
    caller = caller_of(request)
    if caller.account is None:
        return redirect("account_login")
    if request.POST.get("confirmation", "").strip().lower() != _confirmation(caller):
        told = _("This is not the address of this account.") if caller.user else _("Please type the word.")
        return _page(request, caller, error=told)
    kept = _kept(caller)
    try:
        lifecycle.erase(caller.account, at=timezone.now())
    except Refused as exc:
        return _page(request, caller, error=str(exc))
    logout(request)
    return render(request, "accounts/erased.html", {"kept": kept})


def _page(request: HttpRequest, caller: Caller, *, error: str = "") -> HttpResponse:
    facts = {"kept": _kept(caller), "erase_error": error, "confirmation": _confirmation(caller), "has": _has(caller)}
    return render(request, "accounts/account.html", facts, status=400 if error else 200)


def _confirmation(caller: Caller) -> str:
    return caller.user.email.lower() if caller.user else GUESTS_WORD


def _has(caller: Caller) -> dict[str, int]:
    return {
        "designs": caller.owns(Design.objects.filter(deleted_at=None)).count(),
        "photos": caller.owns(Photo.objects.all()).count(),
    }


def _kept(caller: Caller) -> dict[str, Any]:
    """Orders that stay for the books, and those under way, which keep their address until they have arrived."""
    orders = caller.owns(Order.objects.exclude(state=Order.State.NOT_OURS))
    return {"orders": orders.count(), "under_way": orders.exclude(state__in=Order.OVER).count()}
