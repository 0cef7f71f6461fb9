from dataclasses import replace

import pytest

from designs.providers.base import Done, ProviderRejected, ProviderUnavailable, Running
from designs.providers.fake import FakeProvider
from designs.providers.tests.conformance import REQUEST, ProviderConformance, finished


class TestFakeProvider(ProviderConformance):
    def provider(self) -> FakeProvider:
        return FakeProvider()


class TestSlowFakeProvider(ProviderConformance):
    """The same contract when every answer is Running first."""

    def setup_method(self) -> None:
        self._provider = FakeProvider(polls=2)

    def provider(self) -> FakeProvider:
        return self._provider


def test_a_lost_answer_is_an_unknown_outcome_that_was_charged():
    provider = FakeProvider(lose_answer=True)

    with pytest.raises(ProviderUnavailable) as lost:
        provider.start(REQUEST, "k1")

    assert (lost.value.reason, lost.value.may_be_charged, provider.charged_micros) == ("unknown_outcome", True, 2_000)
    assert isinstance(provider.collect("k1"), Done)


def test_a_failed_call_makes_and_costs_nothing():
    provider = FakeProvider(fail=True)

    with pytest.raises(ProviderUnavailable) as failure:
        provider.start(REQUEST, "k1")

    assert (failure.value.may_be_charged, provider.charged_micros, provider.calls) == (False, 0, {})


def test_a_rejected_call_names_its_reason_and_costs_nothing():
    provider = FakeProvider(reject="moderated_prompt")

    with pytest.raises(ProviderRejected) as refusal:
        provider.start(REQUEST, "k1")

    assert (refusal.value.reason, refusal.value.details) == ("moderated_prompt", {"reason": "moderated_prompt"})
    assert provider.charged_micros == 0


def test_a_refused_picture_is_named_and_not_charged():
    done = FakeProvider(refuse=1).start(replace(REQUEST, count=4), "k1")

    assert isinstance(done, Done)
    assert (len(done.outputs), done.refusals, done.actual_micros) == (3, ("moderated_output",), 6_000)


def test_a_slow_call_runs_before_it_is_done():
    provider = FakeProvider(polls=2)

    answer = provider.start(REQUEST, "k1")

    assert answer == Running("k1", poll_after_s=0.01)
    assert finished(provider, answer).units == 1


def test_a_cancelled_slow_call_is_gone_and_free():
    provider = FakeProvider(polls=2)
    provider.start(REQUEST, "k1")

    provider.cancel("k1")

    assert provider.charged_micros == 0
    with pytest.raises(ProviderRejected):
        provider.collect("k1")
