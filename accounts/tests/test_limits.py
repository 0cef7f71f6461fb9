"""Limits by weight: an ordinary hour passes unnoticed, a flood gets 429, and nothing resets by logging out."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from accounts import limits
from accounts.buckets import Size
from accounts.callers import CALLER_ATTRIBUTE, Caller
from accounts.devices import DeviceCookie, device_of
from accounts.limits import TooMuch, charge, points_of
from accounts.models import Account, Bucket
from accounts.tests.conftest import NOON

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def outside(settings):
    """Not in the sandbox: networks count."""
    settings.SANDBOX, settings.PRIVATE_BETA = False, False
    return settings


@pytest.fixture
def small(monkeypatch):
    for name, points in (("ACCOUNT", 10), ("DEVICE", 20), ("NETWORK", 40)):
        monkeypatch.setattr(limits, name, Size(points=points, per_hour=points))


def a_request(account, house, *, address=HERE, device="", **headers):
    request = RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)
    if device:
        request.COOKIES[device[0]] = device[1]
    setattr(request, CALLER_ATTRIBUTE, Caller(account, house, None))
    return request


def spent(request, points=10):
    """How often so many points fit in now."""
    for count in range(100):
        try:
            charge(request, "anything", points=points, at=NOON)
        except TooMuch:
            return count
    return 100


def test_an_ordinary_hour_however_busy_passes_unnoticed(guest, house, outside):
    request = a_request(guest, house)
    candidates = {"stage": "candidate", "positions": ["front"]}
    calendar = {"stage": "page", "positions": []}
    hour = [("page", None)] * 500 + [("upload", None)] * 120 + [("photos", None)] * 15 + [("story", None)] * 10
    hour += [("runs", candidates)] * 20 + [("runs", {"stage": "revision"})] * 30 + [("runs", {"stage": "final"})] * 8
    hour += [("runs", calendar)] * 2 + [("designs", None)] * 10 + [("design-proofs", None)] * 15
    hour += [("proof-checkout", None)] * 8 + [("carts", None)] * 4 + [("session", None)] * 3
    hour += [("feedback", None), ("account_export", None), ("product-brief-exports", None)]

    for name, given in hour:  # all of it in one moment: harder than any hour
        charge(request, name, points=points_of(name, given), at=NOON)


def test_runs_weigh_what_they_ask_for():
    runs = [
        {"stage": "candidate", "positions": ["front"], "count": 30},
        {"stage": "candidate", "positions": ["front", "back"]},
        {"stage": "revision"},
        {"stage": "final", "positions": ["front", "back"]},
        {"stage": "page"},
        {"stage": "page", "positions": ["month-03"]},
        {"stage": "candidate", "count": 10**9},
        {"stage": ["candidate"], "positions": 7, "count": "many"},
    ]

    assert [points_of("runs", run) for run in runs] == [120, 64, 4, 24, 156, 12, 240, 1]
    assert (points_of("runs", "no object"), points_of("page", None), points_of("photos", None)) == (1, 1, 4)


def names_of(resolver):
    for pattern in resolver.url_patterns:
        yield from names_of(pattern) if hasattr(pattern, "url_patterns") else [pattern.name]


def test_every_weight_belongs_to_an_address():
    assert set(limits.POINTS) - set(names_of(get_resolver())) == set()


def test_account_device_and_network_each_hold(guest, house, outside, small):
    other = Account.objects.create()
    device = (outside.DEVICE_COOKIE_NAME, cookie_value())

    assert spent(a_request(guest, house, device=device)) == 1
    assert spent(a_request(other, house, device=device)) == 1  # its own bucket is empty: the device's is full
    assert spent(a_request(other, house)) == 0
    assert spent(a_request(None, house)) == 2  # of the network
    assert spent(a_request(Account.objects.create(), house)) == 0
    assert spent(a_request(Account.objects.create(), house, address=ELSEWHERE)) == 1


def test_a_forged_forwarded_address_is_no_new_network(house, outside, small):
    counts = [spent(a_request(None, house, **{"X-Forwarded-For": f"192.0.2.{number}"})) for number in range(3)]

    assert counts == [4, 0, 0]


def test_saving_while_typing_is_charged_to_the_account_alone(guest, house, outside):
    charge(a_request(guest, house), "page", at=NOON)

    assert Bucket.objects.count() == 1


def cookie_value():
    answer = DeviceCookie(lambda request: HttpResponse())(RequestFactory().post("/"))
    return next(iter(answer.cookies.values())).value


def test_a_browser_gets_its_name_with_its_first_post_and_keeps_it(settings):
    browser = Client()
    browser.get("/api/v1/challenge/?purpose=generation")
    assert settings.DEVICE_COOKIE_NAME not in browser.cookies

    begin(browser)
    first = browser.cookies[settings.DEVICE_COOKIE_NAME].value
    begin(browser)

    assert browser.cookies[settings.DEVICE_COOKIE_NAME].value == first
    assert browser.cookies[settings.DEVICE_COOKIE_NAME]["httponly"]


def test_guests_of_one_browser_and_network_carry_the_same_keys(outside):
    browser = Client()
    for _ in range(2):
        answer = browser.post("/api/v1/designs/", {"kind": "card", "format": "none"}, content_type="application/json")
        assert answer.status_code == 400
        browser.cookies.pop(outside.SESSION_COOKIE_NAME, None)
    begin(browser)
    begin(browser)
    begin(Client(REMOTE_ADDR=ELSEWHERE))

    guests = list(Account.objects.filter(kind="guest").order_by("created_at").values_list("device_key", "network_key"))
    assert (len(guests), [len(set(column)) for column in zip(*guests, strict=True)]) == (5, [2, 2])
    assert HERE not in str(guests)


def test_a_forged_name_is_none(settings, rf):
    request = rf.post("/")
    request.COOKIES[settings.DEVICE_COOKIE_NAME] = cookie_value()[:-2] + "xx"

    assert device_of(request) == ""


def begin(browser):
    return browser.post("/api/v1/session/", {}, content_type="application/json")


def test_logging_out_resets_nothing(settings, monkeypatch, person):
    monkeypatch.setattr(limits, "DEVICE", Size(points=20, per_hour=20))
    browser = Client()
    with time_machine.travel(NOON, tick=False):
        begin(browser)  # names the browser, and is not charged to it yet
        browser.force_login(person.user)
        before = [begin(browser).status_code for _ in range(2)]
        browser.post(reverse("account_logout"))
        after = [begin(browser).status_code for _ in range(4)]

    assert (before, after) == ([201, 201], [201, 201, 429, 429])


def test_logging_in_takes_along_what_was_used(guest, person, house, small):
    assert spent(a_request(guest, house), points=6) == 1
    limits.merge(guest, person, at=NOON)
    limits.merge(guest, person, at=NOON)

    assert spent(a_request(person, house), points=5) == 0
    assert spent(a_request(person, house), points=4) == 1
    limits.erase(person, at=NOON)
    assert spent(a_request(person, house), points=10) == 1


def test_too_much_is_429_in_the_one_shape_with_words_and_a_second(client, monkeypatch, house):
    monkeypatch.setattr(limits, "DEVICE", Size(points=5, per_hour=60))
    with time_machine.travel(NOON, tick=False):
        begin(client)
        begin(client)
        answer = begin(client)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert answer.json() == {
        "error": {
            "code": "too_many_requests",
            "message": "That was a lot in a short time. Please go on in about 5 minutes; nothing you made is lost.",
            "details": {"retry_after": 300},
            "retry_after": 300,
        }
    }


@pytest.fixture
def flood(settings):
    cache.clear()
    settings.RATELIMIT_ENABLE, settings.REQUESTS_PER_MINUTE = True, 2
    with time_machine.travel(NOON + timedelta(seconds=10), tick=False):
        yield settings


def test_where_a_cache_is_shared_a_flood_is_stopped_at_the_door(client, flood):
    codes = [client.get("/api/v1/challenge/?purpose=generation").status_code for _ in range(4)]
    page = client.get("/")

    assert codes == [200, 200, 429, 429]
    assert (page.status_code, 0 < int(page.headers["Retry-After"]) <= 60) == (429, True)
    assert "Too many requests from your network" in page.content.decode()
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", REMOTE_ADDR="not an address").status_code == 200


def test_a_cache_that_is_away_stops_nobody(client, flood):
    flood.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }

    assert [client.get("/api/v1/challenge/?purpose=generation").status_code for _ in range(4)] == [200] * 4
