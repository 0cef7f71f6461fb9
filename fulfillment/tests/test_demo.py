import pytest
from django.core.management import CommandError, call_command

from billing.models import Guardrails, Price, Rung
from designs.models import Format, PrintSpec, ShotOption, StyleTemplate
from fulfillment.models import Route, SupplierItem

pytestmark = pytest.mark.django_db
MODELS = (Format, StyleTemplate, ShotOption, Guardrails, Rung, Price, PrintSpec, SupplierItem, Route)


def load():
    call_command("demo", verbosity=0)


def shelf():
    return [model.objects.count() for model in MODELS]


def test_loading_twice_adds_everything_once():
    load()
    full = shelf()
    load()

    assert full == shelf() == [8, 19, 32, 1, 15, 5, 9, 9, 9]


def test_production_gets_the_same_rows_by_a_command_of_its_own(settings, capsys):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="add_reference"):
        load()

    for _ in range(2):
        call_command("add_reference")

    assert shelf() == [8, 19, 32, 1, 15, 5, 9, 9, 9]
    assert capsys.readouterr().out.splitlines()[1] == "Added 0 rows."


def test_a_database_from_before_there_were_calendars_gets_them():
    load()
    full = shelf()
    Route.objects.filter(format__kind="calendar").delete()
    SupplierItem.objects.filter(format__kind="calendar").delete()
    Format.objects.filter(kind="calendar").delete()
    Rung.objects.filter(kind="calendar").delete()
    load()

    assert shelf() == full


def test_what_ops_changed_stays():
    load()
    Format.objects.filter(code="card-5x7-flat").update(title="Postcard", active=False)
    Price.objects.filter(format_code="card-5x7-flat").update(amount_minor=777)
    Rung.objects.filter(kind="card", percent=70).update(percent=60)
    Route.objects.filter(format="card-5x7-flat").update(country="US", rank=1)
    load()

    assert Format.objects.get(code="card-5x7-flat").title == "Postcard"
    assert Price.objects.get(format_code="card-5x7-flat").amount_minor == 777
    assert list(Rung.objects.filter(kind="card").order_by("percent").values_list("percent", flat=True)) == [0, 60, 85]
    assert Route.objects.get(format="card-5x7-flat").country == "US"


def test_an_item_known_under_another_key_gets_the_missing_route():
    load()
    Route.objects.all().delete()
    item = SupplierItem.objects.get(sku="SIM-FlatCard-5x7-1Pack")
    known = SupplierItem.objects.filter(pk=item.pk).values().get() | {"id": "00000000-0000-4000-8000-000000000001"}
    item.delete()
    SupplierItem.objects.create(**known)
    load()

    assert str(Route.objects.get(format="card-5x7-flat").item_id) == known["id"]


def test_rows_of_ones_own_keep_their_numbers():
    Price.objects.create(pk=1, format_code="own", amount_minor=1)
    load()

    assert Price.objects.get(pk=1).format_code == "own"
    assert Price.objects.count() == 6
