"""The one error shape, the one table of HTTP codes, and lists by cursor."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions, status
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from cardmaker.core.errors import BadInput, Refused, Unavailable
from cardmaker.core.plainwords import plain

# The code of a refusal -> HTTP status. A code that is not listed is a conflict with the state of things.
ERROR: dict[str, int] = {
    "invalid": status.HTTP_400_BAD_REQUEST,
    "not_authenticated": status.HTTP_401_UNAUTHORIZED,
    "forbidden": status.HTTP_403_FORBIDDEN,
    "not_invited": status.HTTP_403_FORBIDDEN,
    "not_found": status.HTTP_404_NOT_FOUND,
    "refused": status.HTTP_409_CONFLICT,
    "offset_mismatch": status.HTTP_409_CONFLICT,
    "tus_version": status.HTTP_412_PRECONDITION_FAILED,
    "too_large": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    "unsupported_media_type": status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
    "checksum_mismatch": 460,  # tus's own
    "idempotency_key_reused": status.HTTP_409_CONFLICT,
    "budget_exhausted": status.HTTP_409_CONFLICT,
    "proof_of_work_needed": status.HTTP_428_PRECONDITION_REQUIRED,
    "too_many_requests": status.HTTP_429_TOO_MANY_REQUESTS,
    "quota_spent": status.HTTP_429_TOO_MANY_REQUESTS,
    "unavailable": status.HTTP_503_SERVICE_UNAVAILABLE,
}


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal: by its code, else 400 for what cannot be used and 409 for what cannot be done."""
    return ERROR.get(refusal.code, 400 if isinstance(refusal, BadInput) else 409)


class CursorPages(CursorPagination):
    """Lists newest first. Public ids are random, so `created_at` comes first."""

    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = ("-created_at", "-pk")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """As DRF does, which checks a cursor's form but not that it names a time: anybody can write one."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValidationError, DataError, OverflowError) as exc:
            raise exceptions.NotFound(self.invalid_cursor_message) from exc


def error_body(
    code: str, message: str, details: Mapping[str, Any] | None = None, retry_after: int | None = None
) -> dict[str, Any]:
    """The error shape as plain data. `retry_after` counts seconds."""
    return {"error": {"code": code, "message": message, "details": details or {}, "retry_after": retry_after}}


def error_response(
    code: str,
    message: str,
    status: int,
    details: Mapping[str, Any] | None = None,
    retry_after: int | None = None,
) -> JsonResponse:
    """The error shape for plain Django views."""
    response = JsonResponse(error_body(code, message, details, retry_after), status=status)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def allow_only(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Like Django's `require_http_methods`, for plain views under /api/: what is not allowed gets the error shape."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods:
                return view(request, *args, **kwargs)
            refusal = error_response("method_not_allowed", f"Only {', '.join(methods)} can be used here.", 405)
            refusal["Allow"] = ", ".join(methods)
            return refusal

        return guarded

    return decorate


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an expected error into its answer. None: a bug, which Django reports and answers with 500."""
    found = _describe(exc)
    if found is None:
        return None
    set_rollback()
    code, message, http_status, details, retry_after = found
    challenge = getattr(exc, "auth_header", None)
    headers = {"WWW-Authenticate": str(challenge)} if challenge else {}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return Response(error_body(code, message, details, retry_after), status=http_status, headers=headers)


Description = tuple[str, str, int, Mapping[str, Any], int | None]


def _describe(exc: Exception) -> Description | None:
    if isinstance(exc, Refused):
        wait = exc.details.get("retry_after")
        return exc.code, exc.message, status_of(exc), exc.details, wait if isinstance(wait, int) else None
    if isinstance(exc, Unavailable):
        return exc.code, exc.message, ERROR["unavailable"], {}, exc.retry_after
    if isinstance(exc, Http404):
        return "not_found", "There is no such thing.", 404, {}, None
    if isinstance(exc, PermissionDenied):
        return "forbidden", "You may not do this.", 403, {}, None
    return _describe_drf(exc) if isinstance(exc, exceptions.APIException) else None


def _describe_drf(exc: exceptions.APIException) -> Description:
    if isinstance(exc, exceptions.ValidationError):
        return "invalid", "Some of this cannot be used.", exc.status_code, _by_field(exc.detail), None
    wait = getattr(exc, "wait", None)
    return exc.default_code, str(exc.detail), exc.status_code, {}, None if wait is None else int(wait) + 1


def _by_field(detail: Any) -> dict[str, Any]:
    """DRF's details in our words, with what belongs to no field under its usual name."""
    told: dict[str, Any] = plain(detail if isinstance(detail, Mapping) else {"non_field_errors": detail})
    return told
