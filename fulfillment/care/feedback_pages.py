"""The feedback page: a plain form that works without JavaScript; with it the browser proves some work in silence."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import formstamps, limits, proofofwork
from accounts.identity import caller_of
from accounts.proofofwork import ProofNeeded
from cardmaker.core.api import status_of
from cardmaker.core.errors import Refused
from cardmaker.core.middleware import client_address
from fulfillment.care import feedback
from fulfillment.care.feedback import MESSAGE_MAX, REFERENCE_MAX, Message
from fulfillment.models import Feedback

REMOVED_KEY = "feedback_removed"


class FeedbackForm(forms.Form):
    """What people see. `website` is a trap for machines; `stamp` and `proof` are checked apart."""

    subject = forms.ChoiceField(
        choices=Feedback.Subject.choices,
        label=gettext_lazy("What is it about?"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Please choose what it is about.")),
    )
    reference = forms.CharField(
        required=False, max_length=REFERENCE_MAX, label=gettext_lazy("Order or tracking number")
    )
    message = forms.CharField(
        max_length=MESSAGE_MAX,
        label=gettext_lazy("Your message"),
        strip=False,
        error_messages={"required": gettext_lazy("Please write us something.")},
    )
    email = forms.EmailField(required=False, label=gettext_lazy("Your email address"))
    website = forms.CharField(required=False, max_length=0, error_messages={"max_length": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, FeedbackForm(initial=_known(request)), stamp=formstamps.stamp(at=timezone.now()))
    filled = FeedbackForm(request.POST)
    stamp = request.POST.get("stamp", "")
    if not filled.is_valid():
        trapped = "website" in filled.errors
        trouble = _("The field that must stay empty was filled in. Please empty it.") if trapped else ""
        return _page(request, filled, stamp=stamp, trouble=trouble, status=400)
    try:
        _take(request, filled.cleaned_data, stamp)
    except formstamps.OutOfTime as refusal:
        fresh = formstamps.stamp(at=timezone.now())
        return _page(request, filled, stamp=fresh, trouble=refusal.message, status=400)
    except Refused as refusal:
        _beside(filled, refusal)
        return _page(request, filled, stamp=stamp, trouble=refusal.message, status=status_of(refusal), refusal=refusal)
    return redirect("feedback_thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "feedback/thanks.html", {"removed": request.session.pop(REMOVED_KEY, [])})


def _take(request: HttpRequest, given: dict[str, Any], stamp_text: str) -> None:
    """Everything a bot stumbles over, cheapest first; then the message is kept. A form sent twice is kept once."""
    at, address = timezone.now(), client_address(request)
    stamp = formstamps.read(stamp_text, at=at)
    limits.charge(request, "feedback", at=at)
    proven = _proven(request, address)
    feedback.make_room(address, proven=proven, at=at)
    written = Message(given["subject"], given["message"], given["email"], given["reference"])
    with transaction.atomic():
        if formstamps.spend(stamp):
            taken = feedback.give(written, account=caller_of(request).account, proven=proven, at=at)
            if taken.removed:
                request.session[REMOVED_KEY] = taken.removed


def _proven(request: HttpRequest, address: str) -> bool:
    """Whether we know who it is or the browser has computed. Without it the form works as well, but not often."""
    account, at = caller_of(request).account, timezone.now()
    try:
        proofofwork.require("feedback", request.POST.get("proof", ""), account=account, address=address, at=at)
    except ProofNeeded:
        return False
    return True


def _known(request: HttpRequest) -> dict[str, str]:
    user = caller_of(request).user
    wanted = {"subject": request.GET.get("subject", ""), "reference": request.GET.get("order", "")[:REFERENCE_MAX]}
    return wanted | {"email": user.email if user else ""}


def _beside(filled: FeedbackForm, refusal: Refused) -> None:
    for field, messages in refusal.details.items():
        if field in filled.fields and isinstance(messages, list):
            filled.add_error(field, messages)


def _page(
    request: HttpRequest,
    filled: FeedbackForm,
    *,
    stamp: str,
    trouble: str = "",
    status: int = 200,
    refusal: Refused | None = None,
) -> HttpResponse:
    facts = {"form": filled, "stamp": stamp, "trouble": trouble, "message_max": MESSAGE_MAX}
    response = render(request, "feedback/form.html", facts, status=status)
    wait = refusal.details.get("retry_after") if refusal else None
    if isinstance(wait, int):
        response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"  # every form has its own stamp
    return response
