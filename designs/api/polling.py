"""GET /runs/{id}/: what the studio asks every second. A plain view: DRF would take half of its rate.

With a bearer token the answer "nothing changed" costs one query: the token and the Run are found together.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import GUEST_KEY, caller_of, live_token, token_claims
from accounts.tokens import TokenRefused, bearer_text
from cardmaker.core.api import allow_only, error_response
from designs.api.querysets import runs_in_full
from designs.api.serializers import RunOut
from designs.api.views import link_window
from designs.models import Run


@csrf_exempt  # it changes nothing, and a wrong method is told as such
@allow_only("GET", "HEAD")
def poll(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The Run with an ETag, or 304. The tag changes with every step, and when links to pictures get a new text."""
    at = timezone.now()
    try:
        run = _mine(request, at=at).filter(pk=pk).first()
    except TokenRefused as exc:
        return error_response(exc.code, exc.message, 401)
    if run is None:
        return error_response("not_found", "There is no such thing.", 404)
    headers = {"ETag": f'"{run.version}-{link_window(at)}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return JsonResponse(_body(run, at=at), headers=headers)


def _mine(request: HttpRequest, *, at: datetime) -> QuerySet[Run]:
    text = bearer_text(request)
    if text is None:
        return _by_session(request)
    claims = token_claims(text)
    shown = Run.objects.filter(account_id=claims.account_id, shop_id=claims.shop_id, design__deleted_at=None)
    return shown.filter(live_token(claims, at=at))


def _by_session(request: HttpRequest) -> QuerySet[Run]:
    """A guest is known by the session alone; a person is looked up as everywhere else."""
    guest = request.session.get(GUEST_KEY)
    if guest is None or "_auth_user_id" in request.session:
        return Run.objects.visible_to(caller_of(request))
    free = {"account__kind": "guest", "account__merged_into": None, "account__erased_at": None}
    return Run.objects.filter(account_id=guest, design__deleted_at=None, **free)


def _body(run: Run, *, at: datetime) -> dict[str, object]:
    return dict(RunOut(runs_in_full(Run.objects.filter(pk=run.pk)).get(), context={"at": at}).data)


class RunPoll(APIView):
    """GET /runs/{id}/: state, progress, pictures so far. Send the ETag as If-None-Match: 304 while nothing changed."""

    @extend_schema(
        parameters=[OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER)],
        responses={200: RunOut, 304: OpenApiResponse(description="Nothing changed.")},
        operation_id="runs_retrieve",
    )
    def get(self, request: Request, pk: UUID) -> Response:
        raise NotImplementedError  # `poll` answers; this class only describes it in the schema


# How drf-spectacular recognizes a view and what it reads from it.
poll.cls, poll.initkwargs = RunPoll, {}  # type: ignore[attr-defined]
