from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from designs.making import breaker, routing
from designs.models import ModelChoice, ModelHealth, ProviderModel
from designs.providers.base import ImageRequest
from designs.providers.offers import Usage
from designs.tests.factories import NOON

ASKED = ImageRequest(prompt="a fox", width_px=512, height_px=512, tier="draft")


@pytest.fixture
def routes(db, settings):
    """The models as they are shipped, all with keys."""
    call_command("loaddata", "providers", verbosity=0)
    settings.IMAGE_PROVIDER = "routes"
    return settings


def first(kind="card", stage="candidate", tier="draft", at=NOON):
    return routing.lineup(kind, stage, at=at).first(tier).row.model_id


def names(stage="candidate", tier="draft", at=NOON):
    return [offer.provider.name for offer in routing.lineup("card", stage, at=at).offers[tier]]


def test_the_built_in_illustrator_needs_no_rows(db, settings):
    settings.IMAGE_PROVIDER = "sketch"

    assert [routing.lineup("card", "candidate").first(tier).provider.name for tier in ("draft", "final")] == [
        "sketch",
        "sketch",
    ]


def test_models_come_in_the_order_that_ops_chose(routes, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert names() == ["openai", "gemini", "fal", "replicate", "bedrock", "sketch"]


def test_without_keys_only_the_built_in_illustrator_is_routable(routes):
    routes.PROVIDERS = {name: {**access, "key": ""} for name, access in routes.PROVIDERS.items()}

    assert names() == ["sketch"]


def test_one_provider_alone_can_be_named(routes):
    routes.IMAGE_PROVIDER = "bedrock"

    assert (names(), names("final", "final")) == (["bedrock"], ["bedrock"])


def test_nobody_routable_is_unavailable_and_not_an_error(routes):
    ModelChoice.objects.all().delete()

    with pytest.raises(routing.NobodyDraws):
        first()
    assert routing.lineup("card", "candidate").unit_micros("draft") is None


def test_a_kind_with_choices_of_its_own_does_not_look_at_the_common_ones(routes):
    bedrock = ProviderModel.objects.get(provider="bedrock", tier="draft")
    ModelChoice.objects.create(kind="product_image", stage="candidate", rank=1, model=bedrock)

    assert (first("product_image"), first("card")) == (bedrock.model_id, "gpt-image-2.5-flare")


def test_a_model_past_its_end_or_switched_off_is_skipped(routes):
    ProviderModel.objects.filter(pk=1).update(retire_after=NOON.date() - timedelta(days=1))
    ProviderModel.objects.filter(pk=3).update(active=False)

    assert names()[0] == "fal"


def test_an_open_breaker_sends_a_model_to_the_end_until_its_time_is_over(routes):
    breaker.went_wrong(1, "rate_limited", retry_after_s=40, at=NOON)

    assert names()[-1] == "openai"
    assert names(at=NOON + timedelta(seconds=41))[0] == "openai"


def test_three_failures_in_a_row_open_the_breaker_and_one_success_closes_it(routes):
    opened = []
    for _ in range(4):
        breaker.went_wrong(1, "upstream_error", at=NOON)
        opened.append(ModelHealth.objects.get(model=1).open_until)

    assert opened == [None, None, NOON + timedelta(seconds=30), NOON + timedelta(seconds=60)]
    breaker.went_well(1, took_ms=900, at=NOON)
    health = ModelHealth.objects.get(model=1)
    assert (health.failures, health.open_until, health.calls, health.latency_ms) == (0, None, 5, 900)
    assert round(health.error_share, 4) == 0.3095


def test_after_its_time_one_caller_tries_and_the_others_keep_off(routes):
    breaker.went_wrong(1, "auth", at=NOON)
    later = NOON + timedelta(minutes=16)

    assert [breaker.may_try(1, at=NOON), breaker.may_try(1, at=later), breaker.may_try(1, at=later)] == [
        False,
        True,
        False,
    ]
    assert breaker.may_try(2, at=NOON)


def test_a_picture_of_the_illustrators_is_finished_by_it_and_by_nobody_without_its_recipe(routes):
    lineup = routing.lineup("card", "final", at=NOON)

    assert lineup.of("sketch").first("final").provider.name == "sketch"
    assert "sketch" not in [offer.provider.name for offer in lineup.of("openai").offers["final"]]


def test_the_price_is_the_dearest_of_whoever_may_take_over(routes):
    lineup = routing.lineup("card", "candidate", at=NOON)
    fal, bedrock = (offer for offer in lineup.offers["draft"] if offer.provider.name in ("fal", "bedrock"))

    assert fal.provider.estimate(ASKED) == 3_000
    assert bedrock.provider.estimate(ASKED) == 40_000
    assert (lineup.unit_micros("draft"), lineup.estimate(ASKED)) == (45_000, 45_000)


@pytest.mark.parametrize(
    ("price", "says"),
    [
        ({"imagee": 1}, "There is no price named imagee."),
        ({"image": 1.5}, "Prices are whole micro-dollars, 0 or more."),
        ({"tokens": {"image_out": 30}}, "With token prices worst_image says what one picture can cost at most."),
    ],
)
def test_a_price_that_cannot_be_used_is_refused_beside_its_field(price, says):
    with pytest.raises(ValidationError) as refusal:
        ProviderModel(provider="openai", model_id="m", tier="draft", price=price).clean()

    assert refusal.value.message_dict == {"price": [says]}


def test_every_shipped_model_has_a_usable_price_and_an_adapter(routes):
    assert [row.facts().price.worst(width_px=1, height_px=1, count=1, pictures_in=0) > 0 for row in models()] == [
        True for _ in models()
    ]
    assert {type(registry_bound(row)).__name__ for row in models().exclude(purpose="text")} == {
        "OpenAIImages", "GeminiImages", "FalImages", "ReplicateImages", "BedrockImages", "Sketch",
    }  # fmt: skip


def test_actual_prices_follow_the_rule():
    by_token = ProviderModel.objects.model(price={"tokens": {"text_in": 5, "image_out": 30}, "worst_image": 9}).facts()
    by_size = ProviderModel.objects.model(price={"megapixel": 3_000}).facts()

    assert by_token.price.actual([], Usage(text_in=12, image_out=196), worst=1) == 5_940
    assert by_token.price.actual([], None, worst=7) == 7
    assert by_size.price.actual([(1024, 1024), (512, 512)], None, worst=0) == 9_000


def models():
    return ProviderModel.objects.order_by("pk")


def registry_bound(row):
    from designs.providers import registry

    return registry.bound(row.facts())
