"""Proof of work: what is solved gets in once; everything else gets nowhere."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from accounts import proofofwork
from accounts.models import Account, SpentProof
from accounts.proofofwork import ProofNeeded, challenge, require
from accounts.solving import solve
from accounts.tests.conftest import NOON

HERE = "203.0.113.7"


@pytest.fixture
def noon():
    """altcha looks at the clock itself."""
    with time_machine.travel(NOON, tick=False):
        yield NOON


def solved(purpose="generation", *, at=NOON):
    return solve(challenge(purpose, address=HERE, at=at))


def ask(answer, account=None, *, purpose="generation", at=NOON):
    require(purpose, answer, account=account, address=HERE, at=at)


def altered(answer, **changes):
    payload = json.loads(base64.b64decode(answer))
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = payload
        for name in parents:
            place = place[name]
        place[last] = value
    return base64.b64encode(json.dumps(payload).encode()).decode()


FORGED = {
    "nothing": lambda: "",
    "no base64": lambda: "%%%",
    "no json": lambda: base64.b64encode(b"[[[[").decode(),
    "another shape": lambda: base64.b64encode(b'{"challenge": [], "solution": 7}').decode(),
    "too long": lambda: "A" * 5_000,
    "no signature": lambda: altered(solved(), challenge__signature=None),
    "easier": lambda: altered(solved(), challenge__parameters__keyPrefix=""),
    "longer": lambda: altered(solved(), challenge__parameters__expiresAt=4_000_000_000),
    "for another purpose": lambda: solved("feedback"),
    "renamed purpose": lambda: altered(solved("feedback"), challenge__parameters__data={"purpose": "generation"}),
    "data of another kind": lambda: altered(solved(), challenge__parameters__data=[1]),
    "expiry of another kind": lambda: altered(solved(), challenge__parameters__expiresAt="soon"),
    "not solved": lambda: altered(solved(), solution__counter=10_000),
    "a number that is none": lambda: altered(solved(), solution__counter="1"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FORGED)
def test_what_is_not_a_solved_challenge_of_ours_gets_nowhere(noon, guest, kind):
    with pytest.raises(ProofNeeded) as refused:
        ask(FORGED[kind](), guest)

    assert refused.value.details["header"] == "Proof-Of-Work"
    ask(solve(refused.value.details["challenge"]), guest)


@pytest.mark.django_db
def test_ten_thousand_bot_posts_get_nowhere(noon, guest, monkeypatch):
    monkeypatch.setattr(proofofwork, "ITERATIONS", 1)  # of our own challenges: what a bot sends is not computed anyway
    spent = solved()
    ask(spent)
    late = solved(at=NOON - timedelta(minutes=11))
    arsenal = [spent, late, *(make() for make in FORGED.values())]

    refused = 0
    for number in range(10_000):
        with pytest.raises(ProofNeeded):
            ask(arsenal[number % len(arsenal)], guest)
        refused += 1

    guest.refresh_from_db()
    assert (refused, guest.proven_until, SpentProof.objects.count()) == (10_000, None, 1)


@pytest.mark.django_db
def test_an_answer_is_good_once(noon, guest):
    answer, other = solved(), Account.objects.create()
    ask(answer, guest)

    for account in (other, None):
        with pytest.raises(ProofNeeded):
            ask(answer, account)
    other.refresh_from_db()
    assert other.proven_until is None


@pytest.mark.django_db
def test_an_answer_that_comes_too_late_is_refused(noon, guest):
    answer = solved()

    with time_machine.travel(NOON + timedelta(minutes=11), tick=False), pytest.raises(ProofNeeded):
        ask(answer, guest, at=NOON + timedelta(minutes=11))


@pytest.mark.django_db
def test_a_guest_who_computed_is_left_in_peace_for_two_hours(noon, guest):
    ask(solved(), guest)
    guest.refresh_from_db()

    ask("", guest)
    ask("", guest, at=NOON + timedelta(minutes=119))
    with pytest.raises(ProofNeeded):
        ask("", guest, at=NOON + timedelta(minutes=121))


@pytest.mark.django_db
def test_who_signed_in_is_never_asked(person, django_assert_num_queries):
    with django_assert_num_queries(0):
        ask("", person)


@pytest.mark.django_db
def test_it_gets_harder_for_a_network_that_asks_for_much(noon, settings):
    settings.SANDBOX, settings.PROOF_OF_WORK_TRIES = False, 2
    harder = []
    for number in range(91):
        if number % 30 == 0:
            harder.append(proofofwork.harder_by(HERE, at=NOON))
        ask(solved())

    assert harder == [1, 2, 4, 8]
    assert proofofwork.harder_by("203.0.113.8", at=NOON) == 1
    assert proofofwork.harder_by(HERE, at=NOON + timedelta(hours=2)) == 1


def test_a_solver_needs_at_least_half_and_at_most_all_of_the_tries(noon, settings, db):
    settings.PROOF_OF_WORK_TRIES = 8

    counters = {json.loads(base64.b64decode(solved()))["solution"]["counter"] for _ in range(60)}

    assert counters == {4, 5, 6, 7}


@pytest.mark.django_db
def test_a_challenge_is_given_to_guests_alone(client, person):
    asked = client.get("/api/v1/challenge/", {"purpose": "generation"})
    client.force_login(person.user)
    known = client.get("/api/v1/challenge/", {"purpose": "generation"})

    assert (asked.json()["needed"], asked.json()["header"]) == (True, "Proof-Of-Work")
    assert asked.json()["challenge"]["parameters"]["data"] == {"purpose": "generation"}
    assert asked.headers["Cache-Control"] == "no-store"
    assert known.json() == {"needed": False, "header": "Proof-Of-Work", "challenge": None}
    assert client.get("/api/v1/challenge/", {"purpose": "free"}).status_code == 400


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_of_sixteen_who_send_the_same_answer_at_once_one_gets_in():
    with time_machine.travel(NOON, tick=True):
        answer = solved()
        guests = [Account.objects.create() for _ in range(16)]

        def send(account):
            try:
                ask(answer, account)
            except ProofNeeded:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(16) as threads:
            got = list(threads.map(send, guests))

    assert sum(got) == 1
    assert Account.objects.exclude(proven_until=None).count() == 1
    assert SpentProof.objects.count() == 1
