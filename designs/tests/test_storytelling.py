"""Stories by a text model at its stand-in: validated, repaired once, else by our rules; paid, held and told."""

import pytest

from billing.models import Guardrails, Hold, LedgerEntry
from cardmaker.core.errors import BadInput
from cardmaker.sandbox.tests.conftest import running, sandbox
from designs.models import ModelChoice, ProviderModel
from designs.providers.text import fitting
from designs.tests.factories import NOON, CalendarFactory
from designs.year import stories, storytelling

__all__ = ["running", "sandbox"]
pytestmark = [pytest.mark.sandbox, pytest.mark.usefixtures("shelf")]
WRITERS = {"openai": "gpt-5-mini", "gemini": "gemini-3-flash", "bedrock": "us.amazon.nova-lite-v1:0"}
PRICE = {"tokens": {"text_in": 1, "text_out": 2}, "worst_image": 8_000}
EVERY = pytest.mark.parametrize("name", WRITERS)


def choose(settings, sandbox, name, rank=1):
    settings.TEXT_PROVIDER = "routes"
    access = {"key": f"sandbox-{name}-key", "base_url": f"{sandbox.url}/{name}", "timeout_s": 20}
    settings.PROVIDERS = {**settings.PROVIDERS, name: access}
    row = ProviderModel.objects.create(
        provider=name,
        model_id=WRITERS[name],
        tier="final",
        purpose="text",
        price=PRICE,
        options={"region": "us-east-1"},
    )
    ModelChoice.objects.create(stage="text", rank=rank, model=row)


def told(sentence="We bake all year"):
    return storytelling.tell(CalendarFactory(), sentence, at=NOON)


def books():
    return list(LedgerEntry.objects.values_list("provider", "kind")), sum(
        Hold.objects.values_list("open_micros", flat=True)
    )


@EVERY
def test_a_model_tells_the_story_and_is_paid(settings, sandbox, name):
    choose(settings, sandbox, name)
    pages = told()

    assert [page["position"] for page in pages] == storytelling.POSITIONS
    assert pages[1]["prompt"].startswith("boats number 2")
    assert books() == ([(name, "charge")], 0)
    assert 0 < LedgerEntry.objects.get().amount_micros <= 16_000


@EVERY
def test_an_answer_that_does_not_fit_is_repaired_once_and_both_are_paid(settings, sandbox, name):
    choose(settings, sandbox, name)
    sandbox.fault("pictures_bad_json", service=name, times=2)

    assert told()[0]["prompt"].startswith("paper number 1")
    assert (len(sandbox.state()["generations"]), LedgerEntry.objects.get().units) == (2, 2)


@EVERY
def test_what_never_fits_is_paid_and_the_rules_tell_the_story(settings, sandbox, name):
    choose(settings, sandbox, name)
    sandbox.fault("pictures_never_json", service=name)
    design = CalendarFactory()
    pages = storytelling.tell(design, "We bake all year", at=NOON)

    assert pages == stories.propose("We bake all year", design.calendar)
    assert len(sandbox.state()["generations"]) == 2
    assert books() == ([(name, "charge")], 0)


@EVERY
def test_a_model_that_will_not_write_it_is_not_followed_by_another(settings, sandbox, name):
    choose(settings, sandbox, name)
    choose(settings, sandbox, next(other for other in WRITERS if other != name), rank=2)
    sandbox.fault("pictures_moderated_prompt", service=name)
    told()

    assert {row["service"] for row in sandbox.state()["generations"]} <= {name}
    assert books() == ([], 0)


def test_the_next_one_writes_when_one_is_down(settings, sandbox):
    choose(settings, sandbox, "openai")
    choose(settings, sandbox, "gemini", rank=2)
    sandbox.fault("pictures_server_error", service="openai")
    told()

    assert books() == ([("gemini", "charge")], 0)


def test_a_lost_answer_counts_as_charged(settings, sandbox):
    choose(settings, sandbox, "openai")
    sandbox.fault("http_500_after", service="openai", times=1)
    told()

    assert LedgerEntry.objects.values_list("amount_micros", flat=True).get() == 16_000


def test_the_kill_switch_and_an_empty_budget_leave_the_rules(settings, sandbox):
    choose(settings, sandbox, "openai")
    Guardrails.objects.update_or_create(pk=1, defaults={"paid_calls_stopped": True})
    told()
    Guardrails.objects.update(paid_calls_stopped=False, preview_cap_visitor_micros=100)
    told()

    assert (sandbox.state()["generations"], books()) == ([], ([], 0))


def test_without_a_model_the_rules_tell_it_for_nothing(shelf):
    assert len(told()) == 13
    assert Hold.objects.count() == 0


def test_what_may_not_be_asked_is_refused_before_anybody_is(settings, sandbox):
    choose(settings, sandbox, "openai")
    with pytest.raises(BadInput):
        told("x")

    assert sandbox.state()["generations"] == []


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ('{"pages": []}', "pages: minItems 2"),
        ("{", "it is no JSON"),
        ({"pages": ["a", 1]}, 'pages/1: type "string"'),
        ({}, 'the whole of it: required ["pages"]'),
        ({"pages": ["a", "b"]}, ""),
    ],
)
def test_what_does_not_fit_a_schema_is_named(answer, problem):
    schema = {
        "type": "object",
        "required": ["pages"],
        "properties": {"pages": {"type": "array", "minItems": 2, "items": {"type": "string"}}},
    }

    assert fitting(answer, schema)[1] == problem
