"""Errors in the language of who asked, and the two health pages."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from cardmaker.core import jobs
from cardmaker.core.api import error_response, status_of
from cardmaker.core.errors import Refused
from cardmaker.core.models import Beat

BEAT_IS_LATE_S = 30
_all_applied = False


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400, "invalid", "This request cannot be understood.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403, "forbidden", "You may not see this.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404, "not_found", "There is no such page.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500, "error", "Something went wrong on our side. Nothing you made is lost.")


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal that a page did not catch."""
    status = status_of(refusal)
    page = "403.html" if status in (401, 403) else f"{status}.html" if status in (404, 429) else "400.html"
    wait = refusal.details.get("retry_after")
    wait_s = wait if isinstance(wait, int) else None
    return _error(request, status, refusal.code, refusal.message, page=page, retry_after=wait_s)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form or a call without its CSRF token: usually a page that stood open over a log-out."""
    return _error(request, 403, "csrf", "This page is out of date. Reload it and try again.", page="403_csrf.html")


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing else, so that a busy database never gets the process restarted."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations, worker and queues. 503 when people cannot be served."""
    try:
        at = timezone.now()
        migrated = _migrated()
        newest = Beat.objects.order_by("-beat_at").first()
        worker = newest is not None and (at - newest.beat_at).total_seconds() < BEAT_IS_LATE_S
        lanes = {lane: counts["oldest_s"] for lane, counts in jobs.counts(at=at).items()}
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    facts = {"database": True, "migrated": migrated, "worker": worker, "oldest_job_s": lanes}
    return JsonResponse(facts, status=200 if migrated else 503)


def sandbox(request: HttpRequest, path: str = "") -> HttpResponse:
    """The sandbox is a process of its own; a web process that serves it would wait for itself."""
    return HttpResponseRedirect(f"{settings.SANDBOX_URL}/sandbox/{path}")


def _migrated() -> bool:
    """Whether every migration is applied. Their files are read until they are: a process sees no others later."""
    global _all_applied
    if not _all_applied:
        executor = MigrationExecutor(connection)
        _all_applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _all_applied


def _error(
    request: HttpRequest, status: int, code: str, message: str, page: str = "", retry_after: int | None = None
) -> HttpResponse:
    if request.path.startswith("/api/"):
        return error_response(code, message, status, retry_after=retry_after)
    # A page for a bug of ours asks nothing of session or database: that may be what broke.
    asking = None if status == 500 else request
    body = render_to_string(page or f"{status}.html", {"message": message}, asking)
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
    return HttpResponse(body, status=status, headers=headers)
