"""Whatever is for sale was offered at one price so far."""

from django.db import migrations
from django.db.models import F


def note(apps, schema_editor):
    apps.get_model("fulfillment", "Product").objects.update(least_minor=F("amount_minor"))


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0008_keep_rates")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
