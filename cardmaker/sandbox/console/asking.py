"""How a button is asked and answers: a form or JSON comes in, the page again or JSON goes out."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from cardmaker.sandbox.shopify.checkout import BadLink
from cardmaker.sandbox.shopify.graph import Invalid

Given = dict[str, Any]
Answer = dict[str, Any]


class Unusable(Exception):
    """What was asked of a control makes no sense; the message is for people."""


def control(handle: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """Parse the body, answer JSON; a browser's form gets the page back instead."""

    @wraps(handle)
    def view(request: HttpRequest, **where: Any) -> HttpResponse:
        try:
            answer, status = handle(_given(request), **where), 200
        except (Unusable, Invalid, BadLink) as exc:
            answer, status = {"error": str(exc)}, 409
        if "text/html" in request.headers.get("Accept", "") and status == 200:
            return HttpResponseRedirect("/sandbox/")
        return JsonResponse(answer, status=status)

    return view


def _given(request: HttpRequest) -> Given:
    if request.content_type != "application/json":
        return dict(request.POST.items())
    try:
        given = json.loads(request.body or b"{}")
    except ValueError as exc:
        raise Unusable("The body is no JSON") from exc
    if not isinstance(given, dict):
        raise Unusable("The body is no object")
    return given


def truth(value: object) -> bool:
    return str(value).lower() in {"true", "1", "on", "yes"}
