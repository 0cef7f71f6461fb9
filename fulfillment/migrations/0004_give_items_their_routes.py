"""What was chosen by cost alone until now gets a row that says so: nothing stops being sold."""

from django.db import migrations


def give(apps, schema_editor):
    items = apps.get_model("fulfillment", "SupplierItem").objects.filter(active=True)
    routes = apps.get_model("fulfillment", "Route").objects
    for item in items:
        reason = "the cheapest that ships there"
        routes.get_or_create(format_id=item.format_id, country="", item=item, defaults={"reason": reason})


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0003_offer_routes")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
