"""Who draws and who writes, and what is looked at before anybody sees it."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from cardmaker.settings.environment import PUBLIC_URL, SANDBOX, SANDBOX_URL, TESTING, env

# Pictures
IMAGE_PROVIDER = env.str("IMAGE_PROVIDER", default="sketch")  # or "routes": the models and their order are rows
TEXT_PROVIDER = env.str("TEXT_PROVIDER", default="rules")  # or "routes"
IMAGE_TIMEOUT_S = env.float("IMAGE_TIMEOUT_S", default=150.0)  # some models draw for minutes before they answer
# How long a call whose answer was lost waits for the provider to call back by itself.
CALL_BACK_S = env.float("CALL_BACK_S", default=20.0 if SANDBOX else 180.0)


def provider_access(name: str, key: str, base_url: str, **more: Any) -> dict[str, Any]:
    """Access to one provider: without a key of its own the sandbox's stand-in, in production nothing."""
    given = env.str(key, default="")
    at_home = f"{SANDBOX_URL}/{name}" if SANDBOX and not given else base_url
    found = env.str(f"{name.upper()}_BASE_URL", default="") or at_home
    stand_in_key = f"sandbox-{name}-key" if SANDBOX else ""
    return {"key": given or stand_in_key, "base_url": found, "timeout_s": IMAGE_TIMEOUT_S, **more}


PROVIDERS: dict[str, dict[str, Any]] = {
    "openai": provider_access("openai", "OPENAI_API_KEY", "https://api.openai.com/v1"),
    "gemini": provider_access("gemini", "GEMINI_API_KEY", "https://generativelanguage.googleapis.com/v1"),
    # `file_hosts`: where their results lie. Nothing is fetched from anywhere else, whatever an answer names.
    "fal": provider_access(
        "fal",
        "FAL_KEY",
        "https://queue.fal.run",
        file_hosts=env.list("FAL_FILE_HOSTS", default=["fal.media", "fal.ai", "fal.run"]),
    ),
    "replicate": provider_access(
        "replicate",
        "REPLICATE_API_TOKEN",
        "https://api.replicate.com/v1",
        file_hosts=env.list("REPLICATE_FILE_HOSTS", default=["replicate.delivery", "replicate.com"]),
    ),
    # The key is AWS_ACCESS_KEY_ID; "role" takes what the machine's own role grants.
    "bedrock": provider_access(
        "bedrock", "BEDROCK_ACCESS_KEY_ID", "", secret=env.str("BEDROCK_SECRET_ACCESS_KEY", default="")
    ),
}
# Where finished calls are told: providers reach us there, so it must be public. Empty: we only ask.
CALL_BACK_URL = env.str("CALL_BACK_URL", default=PUBLIC_URL).rstrip("/")
FAL_JWKS_URL = env.str("FAL_JWKS_URL", default="") or (
    f"{SANDBOX_URL}/fal/.well-known/jwks.json"
    if PROVIDERS["fal"]["base_url"].startswith(SANDBOX_URL)
    else "https://rest.fal.ai/.well-known/jwks.json"
)
REPLICATE_WEBHOOK_SECRET = env.str("REPLICATE_WEBHOOK_SECRET", default="") or (
    "whsec_c2FuZGJveC1yZXBsaWNhdGUtc2VjcmV0" if SANDBOX else ""
)
# Content credentials: paths of a PEM chain, signing certificate first, and of its key. Development makes its own.
CONTENT_CERTIFICATE = env.str("CONTENT_CERTIFICATE", default="")
CONTENT_CERTIFICATE_KEY = env.str("CONTENT_CERTIFICATE_KEY", default="")

# Functions of (design ids, at), called in the transaction in which flags of these designs are raised or judged.
SCREENING_FOLLOWERS = ["fulfillment.orders.screening.flags_changed"]
# From which score on a picture is looked at by a person, and from which on nobody sees it before; in how many of 64
# bits a picture may differ from a banned one and is still taken for it.
NUDITY_SCORER = "designs.imaging.nudity." + ("AllClear" if TESTING else "OpenNsfw")
NUDITY_REVIEWED = env.float("NUDITY_REVIEWED", default=0.4)
NUDITY_WITHHELD = env.float("NUDITY_WITHHELD", default=0.8)
BANNED_DISTANCE = env.int("BANNED_DISTANCE", default=8)
if not 0 < NUDITY_REVIEWED <= NUDITY_WITHHELD <= 1 or not 0 <= BANNED_DISTANCE <= 16:
    raise ImproperlyConfigured("0 < NUDITY_REVIEWED <= NUDITY_WITHHELD <= 1, and BANNED_DISTANCE at most 16.")
# Days that texts are kept as they were typed, personal data and all, to look into complaints. 0: not at all.
RAW_INPUT_DAYS = env.int("RAW_INPUT_DAYS", default=0)
if RAW_INPUT_DAYS and not 7 <= RAW_INPUT_DAYS <= 14:
    raise ImproperlyConfigured("RAW_INPUT_DAYS is 0 (off) or 7 to 14.")
# How long a process goes on with the protected names it has read. Tests hold the shipped list and never look.
NAMES_FRESH_S = 86_400.0 if TESTING else env.float("NAMES_FRESH_S", default=2.0)
