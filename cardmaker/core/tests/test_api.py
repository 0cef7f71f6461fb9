import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import APIView

from cardmaker.core import api, views
from cardmaker.core.errors import BadInput, Forbidden, NotHere, Refused, Unavailable
from cardmaker.core.models import IdempotencyKey


class QuotaSpent(Refused):
    code = "quota_spent"


RAISED = {
    "refused": Refused("The order has shipped."),
    "quota": QuotaSpent("Two a week.", details={"resets_at": "2026-11-23"}),
    "invalid": BadInput.beside("title", "Too long."),
    "not_here": NotHere("No such design."),
    "forbidden": Forbidden("Not yours."),
    "unavailable": Unavailable("Gooten did not answer.", retry_after=30),
    "drf_invalid": exceptions.ValidationError({"title": ["Too long."]}),
    "drf_list": exceptions.ValidationError(["Too many."]),
    "throttled": exceptions.Throttled(wait=4.2),
    "http404": Http404(),
    "denied": PermissionDenied(),
    "bug": ZeroDivisionError("secret"),
}


class Raising(APIView):
    authentication_classes = throttle_classes = ()  # knows nobody

    def get(self, request, name):
        raise RAISED[name]

    def post(self, request, name):
        return Response(request.data)


def plain(request, name):
    raise RAISED[name]


urlpatterns = [
    path("api/raise/<str:name>/", Raising.as_view()),
    path("api/plain/<str:name>/", plain),
    path("page/<str:name>/", plain),
    path("page/", lambda request: HttpResponse("fine")),
]
handler403, handler404, handler500 = views.forbidden, views.not_found, views.server_error
pytestmark = pytest.mark.urls(__name__)


def get(address: str):
    return Client(raise_request_exception=False).get(address)


@pytest.mark.parametrize(
    ("name", "status", "code", "details", "retry_after"),
    [
        ("refused", 409, "refused", {}, None),
        ("quota", 429, "quota_spent", {"resets_at": "2026-11-23"}, None),
        ("invalid", 400, "invalid", {"title": ["Too long."]}, None),
        ("not_here", 404, "not_found", {}, None),
        ("forbidden", 403, "forbidden", {}, None),
        ("unavailable", 503, "unavailable", {}, 30),
        ("drf_invalid", 400, "invalid", {"title": ["Too long."]}, None),
        ("drf_list", 400, "invalid", {"non_field_errors": ["Too many."]}, None),
        ("throttled", 429, "throttled", {}, 6),
        ("http404", 404, "not_found", {}, None),
        ("denied", 403, "forbidden", {}, None),
    ],
)
def test_every_expected_error_has_the_one_shape(name, status, code, details, retry_after):
    answer = get(f"/api/raise/{name}/")

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["details"], error["retry_after"]) == (
        status,
        code,
        details,
        retry_after,
    )
    assert list(error) == ["code", "message", "details", "retry_after"]
    assert answer.headers.get("Retry-After") == (str(retry_after) if retry_after else None)


@pytest.mark.parametrize("address", ["/api/raise/bug/", "/api/plain/bug/"])
def test_a_bug_answers_500_in_the_same_shape_and_tells_nothing(address):
    answer = get(address)

    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "error")
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/api/nowhere/", 404), ("/api/plain/http404/", 404), ("/api/plain/denied/", 403)]
)
def test_plain_views_under_the_api_answer_in_the_same_shape(address, status):
    answer = get(address)

    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_a_body_that_is_no_json_is_a_bad_request():
    answer = Client().post("/api/raise/refused/", "{", content_type="application/json")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "parse_error")


def test_a_wrong_method_is_named():
    answer = Client().delete("/api/raise/refused/")

    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_lists_come_in_pages_newest_first(rf, count, django_assert_num_queries):
    from rest_framework.request import Request

    from cardmaker.core.tests.test_jobs import NOON

    for number in range(count):
        IdempotencyKey.objects.create(scope="s", key=str(number), body_digest="", created_at=NOON)
    pages = api.CursorPages()

    with django_assert_num_queries(1):
        page = pages.paginate_queryset(IdempotencyKey.objects.all(), Request(rf.get("/", {"page_size": 2})))

    assert [row.key for row in page] == [str(number) for number in reversed(range(count))][:2]
    assert (pages.get_next_link() is not None) == (count > 2)
