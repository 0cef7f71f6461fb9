import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from cardmaker.core import idempotency
from cardmaker.core.errors import Refused
from cardmaker.core.events import record
from cardmaker.core.idempotency import IdempotentPost
from cardmaker.core.models import Event, IdempotencyKey
from cardmaker.core.tests.test_jobs import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Designs(IdempotentPost, APIView):
    authentication_classes = throttle_classes = ()  # knows nobody

    def post(self, request, shop="house"):
        record("design", at=NOON, subject=request.data.get("title", ""))
        if request.data.get("title") == "refused":
            raise Refused("No.")
        return Response({"number": Event.objects.count()}, status=201, headers={"Location": "/designs/1/"})


urlpatterns = [path("api/designs/", Designs.as_view()), path("api/<str:shop>/designs/", Designs.as_view())]


def post(body: dict, *, key: str | None = "k-1", address: str = "/api/designs/", token: str = "anna"):
    headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
    return Client(headers=headers).post(address, body, content_type="application/json")


def test_a_repeated_post_has_one_effect_and_the_first_answer():
    first, second = post({"title": "a"}), post({"title": "a"})

    assert (first.status_code, first.json()) == (201, {"number": 1})
    assert (second.status_code, second.json(), second["Location"]) == (201, {"number": 1}, "/designs/1/")
    assert second["Idempotency-Replayed"] == "true"
    assert Event.objects.count() == 1


def test_the_order_of_fields_in_the_body_does_not_matter():
    post({"title": "a", "kind": "card"})

    assert post({"kind": "card", "title": "a"}).json() == {"number": 1}


def test_the_same_key_with_another_body_is_refused():
    post({"title": "a"})

    answer = post({"title": "b"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "idempotency_key_reused")
    assert Event.objects.count() == 1


def test_without_a_key_every_post_counts():
    assert [post({}, key=None).json()["number"] for _ in range(2)] == [1, 2]
    assert IdempotencyKey.objects.count() == 0


@pytest.mark.parametrize("other", [{"token": "bert"}, {"address": "/api/other/designs/"}, {"key": "k-2"}])
def test_keys_of_others_never_meet(other):
    post({"title": "a"})

    assert post({"title": "a"}, **other).json() == {"number": 2}


def test_a_refused_request_leaves_nothing_and_may_come_again_corrected():
    assert post({"title": "refused"}).status_code == 409
    assert (Event.objects.count(), IdempotencyKey.objects.count()) == (0, 0)

    assert post({"title": "a"}).status_code == 201


def test_a_key_that_is_too_long_is_named():
    answer = post({"title": "a"}, key="k" * 201)

    assert (answer.status_code, list(answer.json()["error"]["details"])) == (400, ["Idempotency-Key"])


def test_old_keys_are_forgotten(time_machine):
    time_machine.move_to(NOON)
    post({"title": "a"})
    time_machine.move_to(NOON + idempotency.KEPT)
    assert idempotency.forget_old_keys() == 0

    time_machine.shift(1)

    assert idempotency.forget_old_keys() == 1


@pytest.mark.serial
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_simultaneous_posts_one_has_the_effect():
    answers: list[dict] = []

    def runner() -> None:
        answers.append(post({"title": "a"}).json())
        connections.close_all()

    threads = [threading.Thread(target=runner) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert (answers, Event.objects.count()) == ([{"number": 1}] * 12, 1)
