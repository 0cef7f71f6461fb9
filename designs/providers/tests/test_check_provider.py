import pytest
from django.core.management import CommandError, call_command

from designs.providers.tests.outside import NAMES, access

pytestmark = [pytest.mark.sandbox, pytest.mark.django_db]


@pytest.fixture
def models(db, settings, sandbox):
    call_command("loaddata", "providers", verbosity=0)
    settings.PROVIDERS = {name: access(sandbox, name) for name in NAMES}
    settings.CALL_BACK_URL = ""
    return settings


def said(capsys, *args):
    call_command("check_provider", *args)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_model_draws_at_its_stand_in(models, capsys, name):
    lines = said(capsys, name)

    assert all(" × " in line and " for $" in line for line in lines)
    assert len(lines) == {"openai": 2, "gemini": 2, "fal": 3, "replicate": 2, "bedrock": 2}[name]


def test_a_price_can_be_asked_for_without_drawing(models, capsys, sandbox):
    said(capsys, "gemini", "--estimate")

    assert sandbox.state()["generations"] == []


def test_a_model_that_does_not_pass_is_an_error(models, capsys, sandbox):
    sandbox.fault("pictures_eol", service="openai", times=1)
    with pytest.raises(CommandError, match="1 of 2 models did not pass"):
        call_command("check_provider", "openai")

    assert "not_available" in capsys.readouterr().out


def test_without_a_key_nothing_is_asked(models):
    models.PROVIDERS = {**models.PROVIDERS, "openai": {"key": ""}}
    with pytest.raises(CommandError, match="has no key"):
        call_command("check_provider", "openai")
