import pytest
from django.core.management import call_command

from designs.models import Format, StyleTemplate
from designs.tests.factories import load_reference_rows

pytestmark = pytest.mark.django_db


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Format, StyleTemplate)]


def test_reference_rows_are_what_loaddata_writes():
    call_command("loaddata", "formats", "styles", verbosity=0)
    shipped = rows()
    Format.objects.update(title="Changed by ops")
    StyleTemplate.objects.filter(pk=shipped[1][0]["code"]).delete()

    load_reference_rows()
    load_reference_rows()

    assert rows() == shipped
