from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.lifecycle import merge
from billing.ledgercheck import check
from billing.models import Hold, LedgerEntry
from cardmaker.core.models import IllegalMove, Job
from designs.making import calling_back, calls, images
from designs.making.call_requests import request_for
from designs.making.generation import start_run
from designs.models import Call, Image
from designs.providers.base import ProviderUnavailable, Running
from designs.providers.fake import CAPABILITIES
from designs.providers.registry import image_provider
from designs.tests.factories import NOON, AccountFactory, DesignFactory

pytestmark = pytest.mark.usefixtures("shelf")
LATER = NOON + timedelta(minutes=5)
REPEATABLE = replace(CAPABILITIES, repeatable=True)


class Killed(BaseException):
    """The worker died here."""


@pytest.fixture
def run(fake):
    return start_run(DesignFactory(), stage="candidate", positions=["front"], count=2, at=NOON)


def step(run, *, at=NOON):
    call = run.calls.select_related("run__design").get()
    return calls.conduct(call, image_provider("fake"), at=at)


def kinds():
    """What the ledger says of the one call, line by line."""
    assert check() == []
    return list(LedgerEntry.objects.order_by("pk").values_list("kind", flat=True))


def books():
    hold = Hold.objects.get()
    return hold.open_micros, hold.spent_micros, hold.state


def killed_at(point, monkeypatch):
    def die(name):
        if name == point:
            raise Killed

    monkeypatch.setattr(calls.crash, "point", die)


def alive(monkeypatch):
    monkeypatch.setattr(calls.crash, "point", lambda name: None)


@pytest.mark.parametrize("point", ["designs.call.sent", "designs.call.returned", "designs.call.stored"])
def test_a_repeatable_call_killed_anywhere_is_made_again_and_paid_once(run, fake, monkeypatch, point):
    fake.capabilities = REPEATABLE  # after the plan: one call of two pictures
    killed_at(point, monkeypatch)
    with pytest.raises(Killed):
        step(run)
    alive(monkeypatch)

    assert step(run, at=NOON + timedelta(seconds=0.5)).seconds == settings.SUBMIT_SETTLE_S - 0.5
    assert Image.objects.count() == 0
    step(run, at=LATER)
    step(run, at=LATER) if run.calls.get().outcome == "sent" else None

    assert (run.calls.get().outcome, Image.objects.count()) == ("answered", 2)
    assert books() == (0, 4_000, "settled")
    assert LedgerEntry.objects.count() == 1


def test_a_call_that_cannot_be_repeated_ends_unknown_and_keeps_its_money(run, fake, monkeypatch):
    killed_at("designs.call.returned", monkeypatch)
    with pytest.raises(Killed):
        step(run)
    alive(monkeypatch)
    step(run, at=LATER)
    run.refresh_from_db()

    assert (run.calls.get().outcome, run.state, len(fake.requests)) == ("unknown", "failed", 1)
    assert books() == (4_000, 0, "unknown")


def test_a_lost_answer_is_not_asked_for_twice(run, fake):
    fake.lose_answer = True

    assert step(run).seconds == settings.SUBMIT_SETTLE_S
    step(run, at=LATER)

    assert (run.calls.get().outcome, len(fake.requests)) == ("unknown", 1)


def test_a_recorded_answer_is_not_recorded_again(run, fake):
    call = run.calls.select_related("run__design").get()
    done = fake.start(request_for(call, fake), call.key)
    Call.objects.update(outcome="sent", sent_at=NOON)
    for _ in range(2):
        calls._record(call, done, images.rows(call, done, images.keep(done.outputs), at=NOON), at=NOON)

    assert (Image.objects.count(), books()) == (2, (0, 4_000, "settled"))


def test_an_answer_that_comes_after_all_is_taken(run, fake):
    call = run.calls.select_related("run__design").get()
    done = fake.start(request_for(call, fake), call.key)
    Call.objects.update(outcome="sent", sent_at=NOON)
    calls.give_up(call, at=NOON)
    calls._record(call, done, images.rows(call, done, images.keep(done.outputs), at=NOON), at=NOON)

    assert (call.run.calls.get().outcome, Image.objects.count(), books()) == ("answered", 2, (0, 4_000, "settled"))


def test_a_running_call_is_polled_by_its_ref(run, fake):
    fake.polls = 2

    assert step(run).seconds == 0.01
    assert run.calls.get().provider_ref == run.calls.get().key
    assert step(run).seconds == 0.01
    assert step(run).seconds == 0
    assert (Image.objects.count(), len(fake.requests)) == (2, 1)


def test_a_call_under_a_number_that_cannot_be_kept_is_left_to_a_person(run, fake, monkeypatch):
    monkeypatch.setattr(fake, "start", lambda request, key: Running("r" * 301, poll_after_s=1))

    assert step(run).seconds == 0

    call = run.calls.get()
    assert (call.outcome, call.error) == ("unknown", "It was taken on under a number that cannot be kept.")
    assert books() == (4_000, 0, "unknown")


def test_an_answer_with_longer_names_than_we_keep_is_kept(run, fake, monkeypatch):
    start = fake.start
    changes = {"request_id": "q" * 500, "version": "v" * 500}
    monkeypatch.setattr(fake, "start", lambda request, key: replace(start(request, key), **changes))

    step(run)

    assert (run.calls.get().outcome, books()) == ("answered", (0, 4_000, "settled"))
    assert {image.model_version for image in Image.objects.all()} == {"v" * 80}
    assert LedgerEntry.objects.get().request_id == "q" * 200


def test_a_call_that_never_ends_is_given_up(run, fake):
    fake.polls = 1_000
    step(run)
    step(run, at=NOON + timedelta(minutes=16))

    assert run.calls.get().outcome == "unknown"
    assert books() == (4_000, 0, "unknown")


def test_a_call_that_ended_while_nobody_looked_is_still_taken_home(run, fake):
    fake.polls = 1
    step(run)
    fake.collect(run.calls.get().provider_ref)
    step(run, at=NOON + timedelta(minutes=16))

    assert (run.calls.get().outcome, Image.objects.count(), books()) == ("answered", 2, (0, 4_000, "settled"))


def test_a_call_of_unknown_outcome_is_asked_after_and_taken_home(run, fake, drain):
    fake.polls = 1_000
    step(run)
    step(run, at=NOON + timedelta(minutes=16))
    Call.objects.update(created_at=timezone.now() - timedelta(hours=2))
    fake._waiting.clear()
    for _ in range(2):
        calling_back.ask_of_unknown()
    asked = Job.objects.filter(kind=calling_back.ASK).count()
    drain()

    assert (asked, run.calls.get().outcome, books()) == (1, "answered", (0, 4_000, "settled"))


def test_a_call_of_unknown_outcome_is_not_asked_after_for_ever(run, fake):
    old = timezone.now() - timedelta(hours=25)
    Call.objects.update(outcome="unknown", provider_ref="r", sent_at=NOON, created_at=old)
    calling_back.ask_of_unknown()

    assert Job.objects.filter(kind=calling_back.ASK).count() == 0


@pytest.mark.parametrize(("minutes", "outcome"), [(14, "sent"), (16, "unknown")])
def test_a_call_that_cannot_be_asked_after_is_given_up_in_the_end(run, fake, monkeypatch, minutes, outcome):
    fake.polls = 1
    step(run)

    def down(ref, request=None):
        raise ProviderUnavailable("upstream_error")

    monkeypatch.setattr(fake, "collect", down)
    step(run, at=NOON + timedelta(minutes=minutes))

    assert run.calls.get().outcome == outcome


def test_an_unavailable_provider_is_asked_three_times_and_then_the_money_is_free(run, fake):
    fake.fail = True
    waits = [step(run, at=NOON + timedelta(seconds=late)).seconds for late in (0, 1, 2, 12)]
    run.refresh_from_db()

    assert waits == [2.0, 1.0, 10.0, 0]
    assert (run.calls.get().outcome, run.state) == ("failed", "failed")
    assert run.error_message == "The picture service does not answer just now."
    assert books() == (0, 0, "settled")
    assert kinds() == ["failed", "failed", "failed"]


def test_a_refusal_is_told_in_human_words_and_frees_the_money(run, fake):
    fake.reject = "moderated_prompt"
    step(run)
    run.refresh_from_db()

    assert (run.state, run.error_code) == ("failed", "no_pictures")
    assert run.error_message == "This description cannot be drawn. Please put it another way."
    assert books() == (0, 0, "settled")
    assert kinds() == ["failed"]


def test_a_picture_refused_from_a_call_is_not_paid(run, fake):
    fake.refuse = 1
    step(run)

    assert (Image.objects.count(), books()) == (1, (0, 2_000, "settled"))


def test_a_call_without_any_picture_fails_with_the_reason(run, fake):
    fake.refuse = 2
    step(run)
    run.refresh_from_db()

    assert run.state == "failed"
    assert run.error_message == "The picture that came out cannot be shown. Please put it another way."
    assert books() == (0, 0, "settled")


def test_bytes_that_are_no_picture_are_paid_and_told(run, fake, monkeypatch):
    from designs.providers import fake as module

    monkeypatch.setattr(module, "plain_png", lambda *size: b"not a picture")
    step(run)
    run.refresh_from_db()

    assert (run.state, run.error_message) == ("failed", "The provider answered without a picture.")
    assert (Image.objects.count(), books()) == (0, (0, 4_000, "settled"))


def test_a_planned_call_is_sent_by_one_of_two_workers(run, fake):
    call = run.calls.select_related("run__design").get()
    stale = run.calls.select_related("run__design").get()
    provider = image_provider("fake")
    calls.conduct(call, provider, at=NOON)
    calls.conduct(stale, provider, at=NOON)

    assert (len(fake.requests), Image.objects.count()) == (1, 2)


def test_pictures_that_come_after_a_log_in_are_the_persons(run, fake):
    guest, person = run.account, AccountFactory(kind="person")
    call = run.calls.select_related("run__design").get()  # read before the provider is asked
    merge(guest, person, at=NOON)

    calls.conduct(call, image_provider("fake"), at=NOON)

    assert set(Image.objects.values_list("account", flat=True)) == {person.pk}


@pytest.fixture
def unknown(run, fake):
    """A paid call of which nobody knows how it ended."""
    fake.lose_answer = True
    step(run)
    step(run, at=LATER)
    return run.calls.get()


@pytest.mark.parametrize(
    ("verb", "books_after", "lines"),
    [(calls.made_after_all, (0, 4_000, "settled"), 1), (calls.nothing_was_made, (0, 0, "settled"), 1)],
)
def test_ops_decide_on_an_unknown_call_once(unknown, verb, books_after, lines):
    verb(unknown, at=LATER)
    for again in (calls.made_after_all, calls.nothing_was_made):
        with pytest.raises(IllegalMove):
            again(unknown, at=LATER)
    unknown.refresh_from_db()

    assert (unknown.outcome, books(), LedgerEntry.objects.count()) == ("failed", books_after, lines)
    assert unknown.actual_micros == books_after[1]


def test_a_call_whose_end_is_known_is_not_decided_on(run, fake):
    step(run)
    with pytest.raises(IllegalMove):
        calls.nothing_was_made(run.calls.get(), at=LATER)

    assert (run.calls.get().outcome, books()) == ("answered", (0, 4_000, "settled"))
