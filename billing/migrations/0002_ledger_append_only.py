from django.db import migrations

from billing import appendonly


def guard(apps, schema_editor):
    fields = apps.get_model("billing", "LedgerEntry")._meta.local_concrete_fields
    appendonly.guard(schema_editor, [field.column for field in fields])


def unguard(apps, schema_editor):
    appendonly.unguard(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
