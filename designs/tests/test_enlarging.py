from dataclasses import replace
from datetime import timedelta

import pytest

from billing.models import Hold, LedgerEntry
from cardmaker.core import storage
from designs.making import calls, generation, routing
from designs.making.generation import start_run
from designs.models import Image, ModelChoice, ProviderModel
from designs.providers import registry
from designs.providers.fake import CAPABILITIES, FakeProvider
from designs.tests.factories import NOON, DesignFactory, drawn_image, file_there, pick

pytestmark = pytest.mark.usefixtures("shelf")
LATER = NOON + timedelta(minutes=5)


class Enlarger(FakeProvider):
    """Four times the pixels a side."""

    def start(self, request, key):
        assert request.task == "upscale"
        return super().start(request, key)


@pytest.fixture
def outside(settings, monkeypatch):
    """A model that draws at most 512 px, and one that enlarges."""
    settings.IMAGE_PROVIDER = "routes"
    small = replace(CAPABILITIES, own_parents=False, sizes={"draft": 512, "final": 512})
    large = replace(CAPABILITIES, upscales=4, prices={"draft": 30_000, "final": 30_000})
    found = {
        "image": FakeProvider(name="openai", capabilities=small),
        "upscale": Enlarger(name="bedrock", capabilities=large),
    }
    monkeypatch.setattr(registry, "bound", lambda model: found[model.purpose])
    for purpose, name, stage in (("image", "openai", "final"), ("upscale", "bedrock", "upscale")):
        row = ProviderModel.objects.create(
            provider=name, model_id=name, tier="final", purpose=purpose, price={"image": 10_000}
        )
        ModelChoice.objects.create(stage=stage, rank=1, model=row)
    return found


def finished(design):
    pick(design, drawn_image(design, tier="draft", width_px=370, height_px=512, provider="openai"))
    return start_run(design, stage="final", positions=["front"], at=NOON)


def to_the_end(run):
    for _ in range(10):
        call = generation._next_call(run)
        if call is None:
            break
        calls.conduct(call, routing.provider_of(call), at=LATER)
        run.refresh_from_db()
    return run


def test_what_paper_wants_larger_is_enlarged_by_a_call_of_its_own(outside):
    design = DesignFactory()
    run = finished(design)
    assert [(call.provider, call.share_micros) for call in run.calls.order_by("number")] == [
        ("openai", 10_000),
        ("bedrock", 30_000),
    ]
    to_the_end(run)
    image = Image.objects.get(call__run=run)

    assert (run.state, run.done_calls) == ("done", 2)
    assert (image.width_px, image.height_px) == (1576, 2175)
    assert (image.model_width_px, image.model_height_px) == (371, 512)  # what print resolution is computed from
    assert (image.cost_micros, image.recipe["enlarged_by"]) == (40_000, "bedrock rectangles")
    assert file_there(image.file)
    assert storage.sha256(storage.read(image.file)) == image.sha256
    lines = LedgerEntry.objects.order_by("pk").values_list("provider", "amount_micros")
    assert list(lines) == [("openai", 10_000), ("bedrock", 30_000)]
    assert Hold.objects.get().open_micros == 0


def test_the_small_master_is_kept_no_longer_than_the_large_one_needs(outside):
    run = finished(DesignFactory())
    call = generation._next_call(run)
    calls.conduct(call, routing.provider_of(call), at=LATER)
    small = Image.objects.get(call__run=run).file
    to_the_end(run)

    assert not storage.exists(small)


def test_where_nothing_was_drawn_nothing_is_enlarged_or_paid(outside):
    outside["image"].reject = "moderated_output"
    run = to_the_end(finished(DesignFactory()))

    assert (run.state, outside["upscale"].requests) == ("failed", [])
    assert Hold.objects.values_list("state", "open_micros").get() == ("settled", 0)
    assert set(LedgerEntry.objects.values_list("kind", "amount_micros")) == {("failed", 0)}


def test_a_picture_that_could_not_be_enlarged_is_still_the_picture(outside):
    outside["upscale"].reject = "moderated_input_image"
    run = to_the_end(finished(DesignFactory()))
    image = Image.objects.get(call__run=run)

    assert (run.state, image.width_px, image.model_width_px) == ("done", 371, 371)
    assert Hold.objects.values_list("open_micros", "spent_micros").get() == (0, 10_000)


def test_without_an_enlarger_the_picture_stays_as_it_was_drawn(outside):
    ModelChoice.objects.filter(stage="upscale").delete()
    run = finished(DesignFactory())

    assert run.total_calls == 1


def test_the_built_in_illustrator_draws_large_by_itself(shelf, settings):
    settings.IMAGE_PROVIDER = "sketch"
    design = DesignFactory()
    spec = {"provider": "sketch", "spec": {}}
    pick(design, drawn_image(design, tier="draft", provider="sketch", recipe=spec))
    run = start_run(design, stage="final", positions=["front"], at=NOON)

    assert run.total_calls == 1


def test_a_small_master_fills_its_page_at_an_honest_resolution(shelf):
    """Lanczos, once, when the page is composed: exact pixels on paper, and the dpi of what the model made."""
    from designs.proofs import proofing
    from designs.tests.factories import print_spec

    design = DesignFactory()
    pick(design, drawn_image(design, width_px=1050, height_px=1450))
    proof = proofing.request_proof(
        proofing.freeze(design, format=design.format, print_spec=print_spec(), country="US"), at=NOON
    )
    front = next(page for page in proofing.draw(proof) if page.position == "front")

    assert (front.width_px, front.height_px, front.effective_dpi) == (1575, 2175, 200)
