"""What each provider says when something goes wrong, and what that means in our words: the fact sheet's section 7."""

import time
from dataclasses import replace

import pytest

from cardmaker.core.http import take_tallies
from designs.providers.base import Done, ImageRequest, Parent, ProviderRejected, ProviderUnavailable, Running
from designs.providers.fake import plain_png
from designs.providers.tests.outside import MODELS, NAMES, provider

pytestmark = pytest.mark.sandbox
ASKED = ImageRequest(prompt="a fox in the snow", width_px=1024, height_px=1024, seed=7)
QUEUED = ("fal", "replicate")
GONE = {
    "openai": "gpt-image-1", "gemini": "imagen-4.0-generate", "fal": "fal-ai/stable-fast-3d", "replicate": "owner/gone",
    "bedrock": "amazon.nova-canvas-v1:0",
}  # fmt: skip
ANY = pytest.mark.parametrize("name", NAMES)


def end(there, request=ASKED, key="call:1"):
    """How a call ends: its Done, or the reason of its refusal; for "over and free" the reason with a star."""
    try:
        answer = there.start(request, key)
        until = time.monotonic() + 10
        while isinstance(answer, Running):
            assert time.monotonic() < until
            time.sleep(0.05)
            answer = there.collect(answer.ref, request)
    except ProviderUnavailable as exc:
        return exc.reason + ("*" if exc.ended else "")
    except ProviderRejected as exc:
        return exc.reason
    return answer


def charged(sandbox):
    return [(row["state"], row["charged"]) for row in sandbox.state()["generations"]]


# How each of these ends: a plain reason refuses the call and frees its money, a tuple is a paid call with refusals.
MODERATED = {
    ("openai", "moderated_prompt"): "moderated_prompt",
    ("openai", "moderated_output"): "moderated_prompt",  # its error does not tell the two apart
    ("gemini", "moderated_prompt"): ("moderated_prompt",),
    ("gemini", "moderated_output"): ("moderated_output",),
    ("fal", "moderated_prompt"): ("moderated_prompt",),
    ("fal", "moderated_input_image"): ("moderated_input_image",),
    ("fal", "moderated_output"): ("moderated_output",),
    ("replicate", "moderated_prompt"): ("moderated_output",),
    ("replicate", "moderated_output"): ("moderated_output",),
    ("bedrock", "moderated_prompt"): ("moderated_prompt",),
    ("bedrock", "moderated_output"): ("moderated_output",),
    ("bedrock", "moderated_input_image"): ("moderated_input_image",),
    ("gemini", "no_image"): ("no_image",),
    ("openai", "no_image"): ("no_image",),
    ("bedrock", "no_image"): ("no_image",),
    ("fal", "no_image"): ("no_image",),
    ("replicate", "no_image"): ("no_image",),
}


@pytest.mark.parametrize(("place", "expected"), MODERATED.items(), ids=lambda value: str(value))
def test_what_is_withheld_is_told_in_one_taxonomy(sandbox, settings, place, expected):
    name, trouble = place
    ended = end(provider(sandbox, settings, name), replace(ASKED, prompt=f"a fox [[{trouble}]]"))

    assert (ended.refusals if isinstance(ended, Done) else ended) == expected
    assert not isinstance(ended, Done) or ended.outputs == ()


def test_a_reference_picture_that_gemini_refuses_is_told_apart(sandbox, settings):
    there = provider(sandbox, settings, "gemini")
    request = replace(ASKED, prompt="[[moderated_input_image]]", references=(plain_png(64, 64, b"\1\2\3"),))

    assert end(there, request).refusals == ("moderated_input_image",)


REFUSED = {"eol": "not_available", "quota": "quota_or_credit", "auth": "auth", "rate_limited": "rate_limited"}


@ANY
@pytest.mark.parametrize("trouble", REFUSED)
def test_a_refusal_before_anything_is_made_costs_nothing(sandbox, settings, name, trouble):
    ended = end(provider(sandbox, settings, name), replace(ASKED, prompt=f"a fox [[{trouble}]]"))
    # Gemini says the same of both.
    expected = "rate_limited" if (name, trouble) == ("gemini", "quota") else REFUSED[trouble]

    assert (ended, charged(sandbox)) == (expected, [])


@ANY
def test_a_model_past_its_end_is_not_available(sandbox, settings, name):
    assert end(provider(sandbox, settings, name, model_id=GONE[name])) == "not_available"


@ANY
def test_a_throttle_says_how_long_to_wait_where_it_says_so(sandbox, settings, name):
    there = provider(sandbox, settings, name)
    sandbox.fault("http_429", service=name, value=7, times=1)

    with pytest.raises(ProviderUnavailable) as caught:
        there.start(ASKED, "call:1")
    # Through boto3 the header is not seen.
    assert (caught.value.reason, caught.value.retry_after) == ("rate_limited", None if name == "bedrock" else 7)


@ANY
def test_every_call_is_counted_for_the_console(sandbox, settings, name):
    there = provider(sandbox, settings, name)
    take_tallies()
    sandbox.fault("http_429", service=name, value=7, times=1)

    end(there)
    end(there, key="call:2")

    tally = take_tallies()[name]
    assert (tally.failures, tally.calls >= 2) == (1, True)


@ANY
def test_a_failure_in_the_providers_own_words_is_definite_and_free(sandbox, settings, name):
    ended = end(provider(sandbox, settings, name), replace(ASKED, prompt="a fox [[server_error]]"))

    assert ended == ("upstream_error*" if name in QUEUED else "upstream_error")
    assert set(charged(sandbox)) <= {("failed", False)}


@ANY
@pytest.mark.parametrize("fault", ["http_500_after", "http_500"])
def test_an_error_in_nobodys_words_leaves_the_outcome_unknown(sandbox, settings, name, fault):
    there = provider(sandbox, settings, name)
    sandbox.fault(fault, service=name, times=1)

    assert end(there) == "unknown_outcome"


@ANY
def test_an_answer_that_does_not_come_in_time_leaves_the_outcome_unknown(sandbox, settings, name):
    there = provider(sandbox, settings, name)
    settings.PROVIDERS = {**settings.PROVIDERS, name: {**settings.PROVIDERS[name], "timeout_s": 0.4}}
    from designs.providers import registry

    there = registry.bound(there.model)
    sandbox.fault("timeout_after", service=name, times=1, value=1)

    assert end(there) == "unknown_outcome"
    time.sleep(0.8)
    assert len(sandbox.state()["generations"]) == 1  # sent once, whatever came back


@ANY
def test_a_provider_that_is_not_reached_made_nothing(sandbox, settings, name):
    from designs.providers import registry

    settings.CALL_BACK_URL = ""
    nowhere = {"key": "k", "base_url": "http://127.0.0.1:9", "timeout_s": 2}
    settings.PROVIDERS = {**settings.PROVIDERS, name: nowhere}

    assert end(registry.bound(MODELS[name])) == "upstream_error"


@ANY
def test_a_damaged_picture_is_paid_and_there_is_none(sandbox, settings, name):
    there = provider(sandbox, settings, name)
    request = replace(ASKED, prompt="a fox [[corrupt]]")
    ended = end(there, request)

    assert (ended.outputs, ended.refusals) == ((), ("no_image",))
    assert 0 < ended.actual_micros <= there.estimate(request)


@ANY
def test_an_answer_too_large_is_not_read_to_its_end(sandbox, settings, name):
    there = provider(sandbox, settings, name)
    ended = end(there, replace(ASKED, prompt="a fox [[huge]]"))

    # Bedrock itself refuses more than 16 MB.
    assert (ended if name == "bedrock" else ended.refusals) == (
        "invalid_request" if name == "bedrock" else ("no_image",)
    )


@pytest.mark.parametrize("name", ["openai", "fal", "replicate"])
def test_pictures_that_are_missing_from_an_answer_are_named(sandbox, settings, name):
    ended = end(provider(sandbox, settings, name), replace(ASKED, prompt="a fox [[partial]]", count=4))

    assert (len(ended.outputs), ended.refusals) == (2, ("no_image", "no_image"))


@ANY
def test_pictures_that_go_along_arrive(sandbox, settings, name):
    there = provider(sandbox, settings, name)
    parent = Parent(plain_png(512, 512, b"\1\2\3"))
    end(there, replace(ASKED, parent=parent, instruction="more snow"))

    assert [row["pictures_in"] for row in sandbox.state()["generations"]] == [1]


def test_fal_is_told_to_keep_nothing_and_to_repeat_nothing(sandbox, settings):
    from designs.providers.fal import PRIVACY

    assert PRIVACY["X-Fal-No-Retry"] == "1"
    assert PRIVACY["X-Fal-Store-IO"] == "0"


@pytest.mark.parametrize("name", QUEUED)
def test_a_call_that_is_called_off_is_over_and_free(sandbox, settings, name):
    there = provider(sandbox, settings, name)
    sandbox.pause()
    answer = there.start(ASKED, "call:1")
    time.sleep(0.2)  # longer than a picture takes, were the clock not standing still
    there.cancel(answer.ref)
    there.cancel(answer.ref)
    with pytest.raises(ProviderUnavailable) as caught:
        there.collect(answer.ref, ASKED)
    sandbox.pause(False)

    assert (caught.value.reason, caught.value.ended) == ("upstream_error", True)
    assert charged(sandbox) == [("cancelled", False)]


@pytest.mark.parametrize(
    ("name", "model_id"), [("fal", "fal-ai/aura-sr"), ("bedrock", "us.stability.stable-fast-upscale-v1:0")]
)
def test_an_upscaler_gives_four_times_the_pixels_a_side(sandbox, settings, name, model_id):
    limits = replace(MODELS[name].capabilities, upscales=4, sizes={"draft": 4096, "final": 4096})
    options = {"body": {"upscale_factor": 4}, "output_format": "jpeg", "takes_px": 1_048_576}
    there = provider(sandbox, settings, name, model_id=model_id, capabilities=limits, options=options)
    request = ImageRequest(
        prompt="",
        width_px=2048,
        height_px=2048,
        tier="final",
        parent=Parent(plain_png(512, 512, b"\1\2\3")),
        task="upscale",
    )
    output = end(there, request).outputs[0]

    assert (output.width_px, output.height_px) == (2048, 2048)
