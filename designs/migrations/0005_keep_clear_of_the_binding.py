from django.db import migrations, models

CALENDAR_UM = 9_525  # 0.375 in, what suppliers of wire-bound calendars ask for


def keep_calendars_clear(apps, schema_editor):
    apps.get_model("designs", "Format").objects.filter(kind="calendar", binding_edge="top").update(
        binding_safe_um=CALENDAR_UM
    )


class Migration(migrations.Migration):
    dependencies = [("designs", "0004_take_photos_in")]

    operations = [
        migrations.AddField(
            model_name="format",
            name="binding_safe_um",
            field=models.PositiveIntegerField(
                default=0, help_text="The same at the edge where sheets are bound; 0: as at the others."
            ),
        ),
        migrations.RunPython(keep_calendars_clear, migrations.RunPython.noop),
    ]
