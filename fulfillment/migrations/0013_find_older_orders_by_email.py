from django.db import migrations

from cardmaker.core.sealing import blind

BATCH = 500


def fill(apps, schema_editor):
    """Give orders of before the key by which their sealed address is found."""
    order = apps.get_model("fulfillment", "Order")
    rows = order.objects.exclude(email="").filter(email_key="").only("pk", "email").order_by("pk")
    batch = []
    for row in rows.iterator(chunk_size=BATCH):
        row.email_key = blind(row.email)
        batch.append(row)
        if len(batch) == BATCH:
            order.objects.bulk_update(batch, ["email_key"])
            batch = []
    order.objects.bulk_update(batch, ["email_key"])


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0012_find_orders_and_ask_buyers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
