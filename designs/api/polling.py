"""GET /runs/{id}/: what the studio asks every second. A plain view: DRF would take half of its rate.

With a bearer token the answer "nothing changed" costs one query: the token and the Run are found together.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, UUIDField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.callers import GUEST_KEY
from accounts.identity import caller_of, token_claims
from accounts.tokens import TokenRefused, bearer_text
from cardmaker.core.api import allow_only, error_response
from designs.api.querysets import runs_in_full
from designs.api.run_shapes import RunOut
from designs.api.views import link_window
from designs.models import Run

# The Run of a live token's account and shop, as `TokenClaims.rows` and `Run.visible_to` say it. Written out because
# Django takes longer to put this join into words than the database to answer it: half the rate of a bare view.
VERSION = """
SELECT run.version
FROM accounts_accesstoken AS token
JOIN accounts_account AS account ON account.id = token.account_id
JOIN accounts_shop AS shop ON shop.id = token.shop_id
JOIN designs_run AS run ON run.account_id = token.account_id AND run.shop_id = token.shop_id
JOIN designs_design AS design ON design.id = run.design_id
WHERE token.id = %s AND token.account_id = %s AND token.shop_id = %s AND run.id = %s AND token.digest = %s
  AND token.revoked_at IS NULL AND token.expires_at > %s AND account.merged_into_id IS NULL
  AND account.erased_at IS NULL AND shop.active AND design.deleted_at IS NULL
"""


@csrf_exempt  # it changes nothing, and a wrong method is told as such
@allow_only("GET", "HEAD")
def poll(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The Run with an ETag, or 304. The tag changes with every step, and when links to pictures get a new text."""
    at = timezone.now()
    try:
        version = _version_for(request, pk, at=at)
    except TokenRefused as exc:
        return error_response(exc.code, exc.message, 401)
    if version is None:
        return error_response("not_found", "There is no such thing.", 404)
    headers = {"ETag": f'"{version}-{link_window(at)}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return JsonResponse(_body(pk, at=at), headers=headers)


def _version_for(request: HttpRequest, pk: UUID, *, at: datetime) -> int | None:
    """The Run's version if it is the caller's, and no other column: most polls end here. Raises TokenRefused."""
    text = bearer_text(request)
    if text is None:
        return _by_session(request).filter(pk=pk).values_list("version", flat=True).first()
    claims = token_claims(text)
    named = (claims.token_id, claims.account_id, claims.shop_id, pk)
    keys = [UUIDField().get_db_prep_value(key, connection) for key in named]
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [*keys, claims.digest, connection.ops.adapt_datetimefield_value(at)])
        found = cursor.fetchone()
    return found[0] if found else None


def _by_session(request: HttpRequest) -> QuerySet[Run]:
    """A guest is known by the session alone; a person is looked up as everywhere else."""
    guest = request.session.get(GUEST_KEY)
    if guest is None or "_auth_user_id" in request.session:
        return Run.objects.visible_to(caller_of(request))
    free = {"account__kind": "guest", "account__merged_into": None, "account__erased_at": None}
    return Run.objects.filter(account_id=guest, design__deleted_at=None, **free)


def _body(pk: UUID, *, at: datetime) -> dict[str, object]:
    return dict(RunOut(runs_in_full(Run.objects.filter(pk=pk)).get(), context={"at": at}).data)


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
