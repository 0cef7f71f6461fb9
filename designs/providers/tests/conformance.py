"""What every image provider must do. A provider's tests subclass `ProviderConformance` and give `provider()`."""

import io
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image as Picture

from designs.providers.base import (
    REJECTIONS,
    Done,
    ImageProvider,
    ImageRequest,
    Parent,
    ProviderRejected,
    Running,
    Style,
)

REQUEST = ImageRequest(prompt="a fox in the snow", width_px=240, height_px=336, seed=7, style=Style("watercolor"))


def finished(provider: ImageProvider, answer: Running | Done) -> Done:
    """Poll until the call is done; ten seconds are enough for any fake transport."""
    until = time.monotonic() + 10
    while isinstance(answer, Running):
        assert time.monotonic() < until, "still running"
        time.sleep(min(answer.poll_after_s, 0.05))
        answer = provider.collect(answer.ref)
    return answer


class ProviderConformance:
    def provider(self) -> Any:
        raise NotImplementedError

    def made(self, request: ImageRequest, key: str = "run-1:call-1") -> Done:
        provider = self.provider()
        return finished(provider, provider.start(request, key))

    def most(self, count: int) -> int:
        """So many pictures, or as many as one call gives."""
        return min(count, self.provider().capabilities.max_images_per_call)

    def test_a_call_gives_as_many_pictures_as_were_asked_for(self):
        wanted = self.most(2)
        done = self.made(replace(REQUEST, count=wanted))

        assert (len(done.outputs), done.units, done.refusals) == (wanted, wanted, ())
        assert done.request_id
        assert done.model
        assert done.version

    def test_the_bytes_are_the_picture_that_the_output_declares(self):
        output = self.made(REQUEST).outputs[0]
        picture = Picture.open(io.BytesIO(output.data))

        assert Picture.MIME[picture.format] == output.media_type
        assert picture.size == (output.width_px, output.height_px)
        assert output.model_width_px <= output.width_px
        assert output.model_height_px <= output.height_px

    def test_a_recipe_is_plain_json_and_the_picture_has_alt_text(self):
        output = self.made(REQUEST).outputs[0]

        assert json.loads(json.dumps(dict(output.recipe))) == dict(output.recipe)
        assert output.description

    def test_a_call_never_costs_more_than_its_estimate(self):
        for tier in ("draft", "final"):
            request = replace(REQUEST, tier=tier, count=self.most(2))

            assert 0 <= self.made(request).actual_micros <= self.provider().estimate(request)

    def test_equal_requests_give_equal_bytes_where_seeds_are_kept(self):
        if not self.provider().capabilities.seeds:
            pytest.skip("this provider has no seeds")
        first, second = self.made(REQUEST), self.made(REQUEST, key="run-2:call-1")

        assert [output.data for output in first.outputs] == [output.data for output in second.outputs]

    def test_candidates_differ(self):
        each = self.most(3)
        calls = [replace(REQUEST, count=each, seed=REQUEST.seed + first) for first in range(0, 3, each)]
        outputs = [output for number, call in enumerate(calls) for output in self.made(call, key=f"c:{number}").outputs]

        assert len({output.data for output in outputs}) == 3

    def test_a_parent_can_be_changed_by_an_instruction(self):
        if not self.provider().capabilities.edits:
            pytest.skip("this provider cannot edit")
        first = self.made(REQUEST).outputs[0]
        parent = Parent(first.data, dict(first.recipe))
        second = self.made(replace(REQUEST, parent=parent, instruction="make it warmer")).outputs[0]

        assert second.data != first.data

    def test_what_the_capabilities_cannot_hold_is_rejected_before_it_costs(self):
        provider = self.provider()
        capabilities = provider.capabilities
        impossible = [
            replace(REQUEST, count=0),
            replace(REQUEST, count=capabilities.max_images_per_call + 1),
            replace(REQUEST, prompt="  "),
            replace(REQUEST, width_px=capabilities.sizes["draft"] + 1),
            replace(REQUEST, references=(b"",) * (capabilities.references + 1)),
            replace(REQUEST, instruction="warmer"),
        ]
        for request in impossible:
            for verb in (provider.estimate, lambda asked: provider.start(asked, "run-3:call-1")):
                with pytest.raises(ProviderRejected) as refusal:
                    verb(request)
                assert refusal.value.reason == "invalid_request"

    def test_an_unknown_ref_is_rejected_and_can_be_cancelled(self):
        provider = self.provider()

        provider.cancel("nothing")
        with pytest.raises(ProviderRejected) as refusal:
            provider.collect("nothing")
        assert refusal.value.reason in REJECTIONS
