"""A proof says itself why only ops see it.

On SQLite a new column means a new table, and the triggers of the old one go with it: they are made again.
"""

from importlib import import_module

from django.db import migrations, models

guards = import_module("designs.migrations.0002_guard_proofs")
emptying = import_module("designs.migrations.0011_let_the_warnings_of_the_erased_go")


def guard_again(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("DROP TRIGGER IF EXISTS designs_proof_remains", params=None)
    for statement in guards._sqlite(schema_editor.connection):
        if "designs_proof_remains" in statement:
            schema_editor.execute(statement, params=None)
    emptying.let_go(apps, schema_editor)


def hide(apps, schema_editor):
    """The proofs of pictures that are withheld already: a handful."""
    images = apps.get_model("designs", "Image").objects.exclude(withheld="")
    reasons = {str(pk): withheld for pk, withheld in images.values_list("pk", "withheld")}
    accounts = set(images.values_list("account_id", flat=True))
    for proof in apps.get_model("designs", "Proof").objects.filter(account__in=accounts, state="ready").iterator():
        shown = [page.get("image") for page in proof.snapshot.get("pages", ())]
        reason = next((reasons[image] for image in shown if image in reasons), "")
        if reason:
            type(proof).objects.filter(pk=proof.pk).update(withheld=reason)


class Migration(migrations.Migration):

    dependencies = [
        ('designs', '0015_compare_pictures'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.AddField(
            model_name='proof',
            name='withheld',
            field=models.CharField(blank=True, help_text='Why only ops see its pages: one of its pictures is withheld for this.', max_length=20),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
        migrations.RunPython(hide, migrations.RunPython.noop),
    ]
