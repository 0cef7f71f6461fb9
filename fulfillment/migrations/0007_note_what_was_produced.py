"""Until now a supplier was told to print in the same breath as it got the order."""

from django.db import migrations
from django.db.models import F


def note(apps, schema_editor):
    jobs = apps.get_model("fulfillment", "PrintJob").objects
    jobs.filter(produced_at__isnull=True).exclude(supplier_ref="").update(produced_at=F("submitted_at"))


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0006_produce_apart")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
