"""Many runs with faults and deaths at random: every picture is paid once or its outcome is not known."""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from django.conf import settings

from billing.models import Guardrails, Hold, LedgerEntry
from cardmaker.core.models import IllegalMove
from designs.making import breaker, calls, generation, routing
from designs.making.generation import start_run
from designs.models import Call, Image, ModelChoice, ProviderModel, Run
from designs.providers import registry
from designs.providers.base import ProviderRejected, ProviderUnavailable
from designs.providers.fake import CAPABILITIES, FakeProvider
from designs.tests.factories import NOON, DesignFactory

POINTS = ("designs.call.sent", "designs.call.returned", "designs.call.stored", "designs.call.recorded")
SMALL = replace(CAPABILITIES, sizes={"draft": 16, "final": 16}, max_images_per_call=2, own_parents=False)


class Killed(BaseException):
    """The worker died here."""


@dataclass
class Capricious:
    """A provider that draws and charges as the fake does, and fails as the real ones do, by its dice."""

    name: str
    dice: random.Random
    capabilities: object = SMALL
    inner: FakeProvider = field(default_factory=lambda: FakeProvider(capabilities=SMALL))
    made: Counter = field(default_factory=Counter)

    def estimate(self, request):
        return self.inner.estimate(request)

    def start(self, request, key):
        mood = self.dice.random()
        if mood < 0.12:
            reason = self.dice.choice(["rate_limited", "upstream_error", "timeout"])
            raise ProviderUnavailable(reason)
        if mood < 0.20:
            raise ProviderRejected(self.dice.choice(["not_available", "moderated_prompt", "quota_or_credit"]))
        ref = f"{self.name}/{key}/{self.made[key]}"
        self.made[key] += 1
        self.inner.polls = self.dice.choice([0, 0, 1, 2])
        self.inner.refuse = self.dice.choice([0, 0, 0, 1])
        answer = self.inner.start(request, ref)
        if mood < 0.28:
            raise ProviderUnavailable("unknown_outcome")
        return answer

    def collect(self, ref, request=None):
        mood = self.dice.random()
        if mood < 0.1:
            raise ProviderUnavailable("upstream_error")
        return self.inner.collect(ref)

    def cancel(self, ref):
        self.inner.cancel(ref)

    def charged(self):
        return sum(done.actual_micros for done in self.inner.calls.values())


@pytest.fixture
def capricious(shelf, monkeypatch):
    """Two outside models, one behind the other, whose dice are seeded."""
    dice = random.Random(20261121)
    both = {"openai": Capricious("openai", dice), "gemini": Capricious("gemini", dice)}
    monkeypatch.setattr(settings, "IMAGE_PROVIDER", "routes")
    monkeypatch.setattr(registry, "bound", lambda model: both[model.provider])
    for rank, name in enumerate(both):
        row = ProviderModel.objects.create(provider=name, model_id="m", tier="draft", price={"image": 2_000})
        ModelChoice.objects.create(stage="candidate", rank=rank, model=row)
    return dice, both


def one_run(design, dice, monkeypatch, at):
    """Start a run and push it to its end, however often its worker dies. The steps that it took."""
    run = start_run(design, stage="candidate", positions=["front"], count=dice.choice([1, 1, 2, 3]), at=at)
    for step in range(200):
        point = dice.choice(POINTS) if dice.random() < 0.15 else ""

        def die(name, point=point):
            if name == point:
                raise Killed

        monkeypatch.setattr(calls.crash, "point", die)
        call = generation._next_call(run)
        if call is None:
            return step
        at += timedelta(seconds=dice.choice([1, 40, 100]))
        with suppress(Killed):
            calls.conduct(call, routing.provider_of(call), at=at)
        if dice.random() < 0.02:
            with suppress(IllegalMove):
                generation.cancel(Run.objects.get(pk=run.pk), at=at)
        run.refresh_from_db()
    raise AssertionError("this run never ends")


@pytest.mark.parametrize("runs", [120, pytest.param(1_000, marks=pytest.mark.walk)])
def test_no_picture_is_paid_twice_in_any_of_many_runs(capricious, monkeypatch, runs):
    dice, both = capricious
    monkeypatch.setattr(breaker, "LONGEST", timedelta(seconds=60))
    monkeypatch.setattr("designs.making.images._sights", lambda pixels: None)  # where faces are has no part in this
    unlimited = dict.fromkeys(
        ("ai_cap_month_micros", "ai_cap_shop_month_micros", "ai_cap_account_month_micros", "preview_cap_visitor_micros")
    )
    Guardrails.objects.update_or_create(pk=1, defaults=unlimited)
    design, at = DesignFactory(), NOON
    for _ in range(runs):
        at += timedelta(seconds=1)
        one_run(design, dice, monkeypatch, at)

    outcomes = Counter(Call.objects.values_list("outcome", flat=True))
    assert set(outcomes) <= {"answered", "failed", "unknown"}
    assert outcomes["answered"] > 0.3 * runs < outcomes["failed"] + outcomes["unknown"]
    made = sum((provider.made for provider in both.values()), Counter())
    assert max(made.values()) == 1  # no key was ever made twice, at whichever provider
    known = {str(key) for key in made}
    settled = {f"call:{pk}" for pk in Call.objects.filter(outcome="answered").values_list("pk", flat=True)}
    assert settled <= known
    unknown = Call.objects.filter(outcome="unknown")
    lost = sum(
        done.actual_micros
        for provider in both.values()
        for ref, done in provider.inner.calls.items()
        if unknown.filter(pk=ref.split("/")[1].removeprefix("call:")).exists()
    )
    assert sum(LedgerEntry.objects.values_list("amount_micros", flat=True)) + lost == sum(
        p.charged() for p in both.values()
    )
    held = sum(Hold.objects.values_list("open_micros", flat=True))
    assert held == sum(unknown.values_list("share_micros", flat=True)) >= lost
    assert Image.objects.count() == sum(len(done.outputs) for done in answered(both))


def answered(both):
    by_key = {f"call:{pk}" for pk in Call.objects.filter(outcome="answered").values_list("pk", flat=True)}
    return [done for p in both.values() for ref, done in p.inner.calls.items() if ref.split("/")[1] in by_key]
