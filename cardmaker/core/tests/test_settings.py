"""The settings read by a fresh process, as a server starts."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

COMPLETE = {
    "CARDMAKER_ENV": "production",
    "SECRET_KEY": "s" * 50,
    "SEALING_KEYS": Fernet.generate_key().decode(),
    "LINE_PROPERTY_KEY": "l" * 50,
    "PUBLIC_URL": "https://cards.example.com",
    "DATABASE_URL": "postgres://cards@db.example.com/cards",
    "S3_BUCKET": "cards",
    "SHOPIFY_API_KEY": "key",
    "SHOPIFY_API_SECRET": "secret",
    "HOUSE_SHOP_DOMAIN": "cards.myshopify.com",
    "HOUSE_SHOP_TOKEN": "token",
    "GOOTEN_RECIPE_ID": "recipe",
    "GOOTEN_BILLING_KEY": "billing",
    "GOOTEN_WEBHOOK_TOKEN": "webhook",
    "PRINTIFY_TOKEN": "token",
    "PRINTIFY_SHOP_ID": "1",
    "PRINTIFY_WEBHOOK_SECRET": "webhook",
    "POSTMARK_SERVER_TOKEN": "mail",
    "DEFAULT_FROM_EMAIL": "Cards <hello@cards.example.com>",
    "OPS_EMAIL": "ops@cards.example.com",
    "REDIS_URL": "redis://cache.example.com:6379/0",
}


@pytest.fixture(scope="module")
def start(tmp_path_factory) -> Iterator[Callable[[dict[str, str]], str]]:
    """Reads the settings; answers the last line that this leaves on the screen, empty when all is well."""
    command = [sys.executable, "-m", "cardmaker.core.tests.probe.reading"]
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(settings.BASE_DIR)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with subprocess.Popen(command, env=kept, cwd=tmp_path_factory.mktemp("elsewhere"), **pipes) as reading:

        def read(environment: dict[str, str]) -> str:
            reading.stdin.write(json.dumps(kept | environment) + "\n")
            return json.loads(reading.stdout.readline())

        yield read


def test_production_starts_when_everything_is_named(start):
    assert start(COMPLETE) == ""


def test_a_fresh_checkout_needs_nothing(start, tmp_path):
    assert start({"CARDMAKER_HOME": str(tmp_path)}) == ""


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"CARDMAKER_ENV"}))
@pytest.mark.parametrize("how", ["missing", "empty"])
def test_production_refuses_to_start_half_configured(start, name, how):
    environment = {key: value for key, value in COMPLETE.items() if key != name}
    if how == "empty":
        environment[name] = ""

    assert name in start(environment)


@pytest.mark.parametrize("name", ["SANDBOX", "CARDMAKER_CRASH_POINT"])
def test_production_refuses_what_is_for_tests(start, name):
    assert name in start(COMPLETE | {name: "1"})


def test_production_is_reached_by_https_alone(start):
    assert "PUBLIC_URL" in start(COMPLETE | {"PUBLIC_URL": "http://cards.example.com"})


def test_a_mail_server_of_their_own_has_to_be_named(start):
    own = COMPLETE | {"EMAIL_BACKEND": "cardmaker.core.posting.Smtp", "POSTMARK_SERVER_TOKEN": ""}

    assert "EMAIL_HOST" in start(own)
    assert start(own | {"EMAIL_HOST": "mail.example.com"}) == ""


@pytest.mark.parametrize("name", ["prod", "Production", "staging", ""])
def test_a_misspelled_environment_does_not_start_as_development(start, name):
    assert "CARDMAKER_ENV" in start(COMPLETE | {"CARDMAKER_ENV": name})


def test_every_setting_is_explained_in_the_example():
    files = (settings.BASE_DIR / "cardmaker" / "settings").glob("*.py")
    source = "".join(file.read_text() for file in files)
    example = (settings.BASE_DIR / ".env.example").read_text()
    names = set(_names(source))

    assert len(names) > 40
    assert sorted(name for name in names if f"{name}=" not in example) == []


def _names(source: str) -> list[str]:
    import re

    named = re.findall(r"""(?:env\.\w+|secret|wanted)\(\s*"([A-Z0-9_]+)\"""", source)
    accesses = re.findall(r"""provider_access\(\s*"(\w+)", "([A-Z0-9_]+)\"""", source)
    return [*named, *(name for provider, key in accesses for name in (key, f"{provider.upper()}_BASE_URL"))]
