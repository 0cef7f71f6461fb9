from datetime import date

import pytest
import time_machine

from designs.making.retiring import soon_ending, watch_models
from designs.models import ProviderModel

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def model(name, ends, **fields):
    return ProviderModel.objects.create(
        provider="openai", model_id=name, tier="draft", price={"image": 1}, retire_after=ends, **fields
    )


@time_machine.travel("2026-11-20T12:00:00Z", tick=False)
def test_ops_are_warned_once_sixty_days_before_a_model_ends(mailoutbox):
    model("sooner", date(2027, 1, 19))
    model("later", date(2027, 1, 20))
    model("off", date(2026, 12, 1), active=False)

    watch_models()
    watch_models()

    assert [(mail.subject, mail.to) for mail in mailoutbox] == [
        ("1 models that draw or write for us end soon", ["ops@example.com"])
    ]
    assert "openai sooner (draft): ends on 2027-01-19, in 60 days" in mailoutbox[0].body


@time_machine.travel("2026-11-20T12:00:00Z", tick=False)
def test_an_end_that_moves_is_told_anew(mailoutbox):
    row = model("sooner", date(2026, 12, 24))
    watch_models()
    ProviderModel.objects.filter(pk=row.pk).update(retire_after=date(2026, 11, 1))
    watch_models()

    assert "openai sooner (draft): ended on 2026-11-01" in mailoutbox[1].body
    assert [ending.model_id for ending in soon_ending(TODAY)] == ["sooner"]
