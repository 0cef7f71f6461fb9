from datetime import timedelta

import pytest
from django.db import connection

from designs.editing import write_page
from designs.models import RawInput
from designs.screening import rawinputs
from designs.tests.factories import NOON, DesignFactory, caller

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
TYPED = "a fox, ask ada@example.com about it"


def write(design, prompt=TYPED, at=NOON):
    return write_page(design, "front", {"prompt": prompt}, caller=caller(design), at=at)[0]


def test_nothing_is_kept_as_it_was_typed_unless_ops_want_it():
    write(DesignFactory())

    assert RawInput.objects.count() == 0


def test_the_last_thing_typed_in_a_field_is_kept_sealed(settings):
    settings.RAW_INPUT_DAYS = 7
    design = DesignFactory()
    write(design, "a fox")
    page = write(design)

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM designs_rawinput")
        assert "ada" not in cursor.fetchone()[0]
    assert page.prompt == "a fox, ask about it"
    assert list(RawInput.objects.values_list("subject", "text")) == [(f"{design.pk} front prompt", TYPED)]


@pytest.mark.parametrize(("days", "age", "left"), [(7, 7, 1), (7, 8, 0), (14, 14, 1), (14, 15, 0), (0, 1, 0)])
def test_it_goes_after_the_days_that_are_set_and_at_once_when_switched_off(settings, days, age, left):
    settings.RAW_INPUT_DAYS = 14
    write(DesignFactory())
    settings.RAW_INPUT_DAYS = days
    for _ in range(2):
        rawinputs.forget(NOON + timedelta(days=age))

    assert RawInput.objects.count() == left
