"""When one model cannot, the next takes over, for the money that is held; the Call and the ledger say so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from billing.models import Hold, LedgerEntry
from designs.making import breaker, calls, generation, routing
from designs.making.generation import start_run
from designs.models import Call, Image, ModelChoice, ModelHealth, ProviderModel, Run
from designs.providers import registry
from designs.providers.base import ProviderUnavailable
from designs.providers.fake import CAPABILITIES, FakeProvider
from designs.tests.factories import NOON, DesignFactory, ImageFactory

pytestmark = pytest.mark.usefixtures("shelf")
LATER = NOON + timedelta(minutes=5)


class Named(FakeProvider):
    """The fake under the name of an outside provider, with limits of its own."""

    unavailable = ""

    def start(self, request, key):
        if self.unavailable:
            raise ProviderUnavailable(self.unavailable)
        return super().start(request, key)


@pytest.fixture
def three(settings, monkeypatch):
    """OpenAI first, four pictures a call; then Gemini, one; then Bedrock, which starts from no picture."""
    settings.IMAGE_PROVIDER = "routes"
    able = {
        "openai": replace(CAPABILITIES, own_parents=False, prices={"draft": 2_000, "final": 2_000}),
        "gemini": replace(
            CAPABILITIES, own_parents=False, max_images_per_call=1, prices={"draft": 3_000, "final": 3_000}
        ),
        "bedrock": replace(CAPABILITIES, own_parents=False, edits=False, sizes={"draft": 512, "final": 512}),
    }
    found = {name: Named(name=name, capabilities=capabilities) for name, capabilities in able.items()}
    monkeypatch.setattr(registry, "bound", lambda model: found[model.provider])
    for rank, name in enumerate(found):
        row = ProviderModel.objects.create(provider=name, model_id=f"{name}-1", tier="draft", price={"image": 2_000})
        ModelChoice.objects.create(rank=rank, model=row)
    return found


@pytest.fixture
def run(three):
    return start_run(DesignFactory(), stage="candidate", positions=["front"], count=4, at=NOON)


def step(run, at=NOON):
    call = generation._next_call(run)
    later = calls.conduct(call, routing.provider_of(call), at=at)
    run.refresh_from_db()
    return later.seconds


def to_the_end(run, at=LATER):
    for _ in range(20):
        if generation._next_call(run) is None:
            return
        step(run, at)
    raise AssertionError("this run never ends")


def told(run):
    return [
        (call.provider, call.outcome, [(hop["provider"], hop["reason"]) for hop in call.hops])
        for call in run.calls.order_by("number")
    ]


def test_the_share_is_the_dearest_of_all_who_may_take_over(run):
    assert (run.total_calls, Hold.objects.get().amount_micros) == (1, 12_000)  # four at Gemini
    assert run.calls.get().offer.model_id == "openai-1"


@pytest.mark.parametrize("reason", ["rate_limited", "upstream_error", "timeout"])
def test_what_one_did_not_make_the_next_makes_in_as_many_calls_as_it_takes(run, three, reason):
    three["openai"].unavailable = reason
    assert step(run) == 0
    to_the_end(run)

    assert told(run) == [("gemini", "answered", [("openai", reason)])] * 4
    assert (run.state, run.total_calls, run.done_calls, Image.objects.count()) == ("done", 4, 4, 4)
    assert len({image.seed for image in Image.objects.all()}) == 4
    lines = LedgerEntry.objects.order_by("pk").values_list("provider", "model", "kind", "amount_micros")
    assert list(lines) == [("openai", "openai-1", "failed", 0), *[("gemini", "rectangles", "charge", 3_000)] * 4]
    assert Hold.objects.values_list("state", "open_micros", "spent_micros").get() == ("settled", 0, 12_000)


@pytest.mark.parametrize("reason", ["auth", "not_available", "quota_or_credit"])
def test_a_refusal_that_is_the_providers_own_is_handed_on(run, three, reason):
    three["openai"].reject = reason
    step(run)
    to_the_end(run)

    assert told(run)[0] == ("gemini", "answered", [("openai", reason)])
    assert ModelHealth.objects.get(model__provider="openai").last_error == reason


@pytest.mark.parametrize("reason", ["moderated_prompt", "invalid_request"])
def test_nobody_goes_round_with_what_was_refused(run, three, reason):
    three["openai"].reject = reason
    step(run)

    assert told(run) == [("openai", "failed", [])]
    assert (run.state, three["gemini"].requests) == ("failed", [])


def test_a_lost_answer_is_never_handed_on(run, three):
    three["openai"].lose_answer = True
    step(run)
    step(run, LATER)

    assert told(run) == [("openai", "unknown", [])]
    assert (Hold.objects.get().open_micros, three["gemini"].requests) == (12_000, [])


def test_the_last_one_is_asked_three_times_and_nobody_twice(run, three):
    for provider in three.values():
        provider.unavailable = "upstream_error"
    for minutes in range(20):
        if generation._next_call(run) is None:
            break
        step(run, NOON + timedelta(minutes=minutes))

    assert run.state == "failed"
    assert Hold.objects.values_list("open_micros", "spent_micros").get() == (0, 0)
    assert [(provider, outcome) for provider, outcome, _ in told(run)] == [("bedrock", "failed")] * 4
    assert told(run)[0][2] == [("openai", "upstream_error"), ("gemini", "upstream_error")]


def test_an_open_breaker_is_found_before_anything_is_sent(run, three):
    breaker.went_wrong(run.calls.get().offer_id, "auth", at=NOON)
    step(run)
    to_the_end(run)

    assert three["openai"].requests == []
    assert told(run)[0] == ("gemini", "answered", [("openai", "breaker_open")])


def test_who_cannot_start_from_a_picture_takes_no_change_over(three):
    three["openai"].unavailable = three["gemini"].unavailable = "upstream_error"
    design = DesignFactory()
    base = ImageFactory(design=design, provider="openai")
    run = start_run(design, stage="revision", positions=[], parent=base, instruction="more snow", at=NOON)
    call = run.calls.get()

    assert (call.request["base_provider"], call.share_micros) == ("openai", 3_000)


def test_a_run_that_was_cancelled_is_not_handed_on(run, three):
    three["openai"].unavailable = "upstream_error"
    call = generation._next_call(run)
    Call.objects.filter(pk=call.pk).update(outcome="sent", sent_at=NOON)
    call.refresh_from_db()
    generation.cancel(Run.objects.get(pk=run.pk), at=NOON)
    calls._unavailable(call, ProviderUnavailable("upstream_error"), at=NOON)

    assert told(run) == [("openai", "failed", [])]
    assert Hold.objects.get().open_micros == 0


def test_calls_that_wait_in_a_queue_are_sent_four_at_a_time(three):
    three["openai"].unavailable = "upstream_error"
    three["gemini"].polls = 3
    design = DesignFactory()
    run = start_run(design, stage="candidate", positions=["front"], count=4, at=NOON)
    step(run)
    for _ in range(4):
        step(run, LATER)

    assert [outcome for _, outcome, _ in told(run)] == ["sent"] * 4
    for _ in range(12):
        step(run, LATER) if generation._next_call(run) else None
    assert [outcome for _, outcome, _ in told(run)] == ["answered"] * 4
    assert (run.state, len(three["gemini"].requests)) == ("done", 4)


def test_health_is_kept_by_every_call(run, three):
    step(run)
    health = ModelHealth.objects.get()

    assert (health.model.model_id, health.calls, health.failures, health.last_ok_at) == ("openai-1", 1, 0, NOON)
    assert health.latency_ms is not None


def dearer(provider, micros):
    provider.capabilities = replace(provider.capabilities, prices={"draft": micros, "final": micros})


def test_a_model_that_became_dearer_is_not_asked_for_less_than_it_costs(run, three):
    dearer(three["openai"], 3_001)  # 12,004 for four; 12,000 are held
    to_the_end(run)

    assert told(run)[0] == ("gemini", "answered", [("openai", "dearer")])
    assert three["openai"].requests == []
    assert Hold.objects.get().open_micros == 0


def test_nobody_takes_over_for_more_than_is_held(run, three):
    three["openai"].unavailable = "upstream_error"
    dearer(three["gemini"], 3_001)
    to_the_end(run)

    assert three["gemini"].requests == []
    assert LedgerEntry.objects.filter(amount_micros__gt=12_000).count() == 0


def test_where_all_have_become_dearer_nothing_is_made_and_the_money_is_free(run, three):
    for provider in three.values():
        dearer(provider, 13_000)
    to_the_end(run)

    assert (run.state, run.error_message) == ("failed", "The price of this picture has changed. Please try again.")
    assert (Hold.objects.get().open_micros, Hold.objects.get().spent_micros) == (0, 0)
