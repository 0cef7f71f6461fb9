"""The five outside models at their stand-ins: one sandbox process for the session, one model of each tier and use."""

from dataclasses import replace

from designs.providers import registry
from designs.providers.offers import Model, PriceRule, capabilities_of

FREE = {"kind": "free", "multiple": 16, "least_px": 655_360, "most_px": 8_294_400, "edge_px": 3_840, "ratio": 3}
RATIOS = {"kind": "ratios", "ratios": ["1:1", "2:3", "3:2", "4:5", "5:4", "9:16", "16:9"]}
NAMES = ("openai", "gemini", "fal", "replicate", "bedrock")


def model(provider, model_id, *, price, limits=None, shape=None, options=None, tier="draft", purpose="image"):
    rule = PriceRule.parse(price)
    small = {"longest_px": 1024, "images": 4, "references": 2, "edits": True, **(limits or {})}
    return Model(provider, model_id, tier, capabilities_of(small, rule), rule, shape or {}, options or {}, purpose)


TOKENS = {"tokens": {"text_in": 5, "image_in": 8, "image_out": 30}, "worst_image": 60_000, "reference": 20_000}
MODELS = {
    "openai": model("openai", "gpt-image-2.5-flare", price=TOKENS, shape=FREE, options={"quality": "low"}),
    "gemini": model(
        "gemini", "gemini-nano-banana-2.1", price=TOKENS, limits={"images": 1}, shape={**RATIOS, "size": "1K"}
    ),
    "fal": model(
        "fal", "fal-ai/flux-lora", price={"megapixel": 35_000, "reference": 1_000}, limits={"seeds": True},
        shape={"kind": "free", "multiple": 16}, options={"output_format": "png"},
    ),
    "replicate": model(
        "replicate", "black-forest-labs/flux-dev-lora", price={"image": 25_000}, limits={"seeds": True}, shape=RATIOS,
        options={"output_format": "png", "count_as": "num_outputs"},
    ),
    "bedrock": model(
        "bedrock", "stability.sd3-5-large-v1:0", price={"image": 80_000}, limits={"images": 1, "seeds": True},
        shape=RATIOS, options={"output_format": "png"},
    ),
}  # fmt: skip


def access(sandbox, name, *, timeout_s=20.0, key=""):
    return {"key": key or f"sandbox-{name}-key", "base_url": f"{sandbox.url}/{name}", "timeout_s": timeout_s}


def provider(sandbox, settings, name, **changes):
    """The adapter of this provider at its stand-in; `changes` are of the model."""
    settings.PROVIDERS = {**settings.PROVIDERS, name: access(sandbox, name)}
    settings.CALL_BACK_URL = ""
    return registry.bound(replace(MODELS[name], **changes))
