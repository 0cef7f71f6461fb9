"""manage.py add_reference: the reference rows that this database lacks. For every deployment, production too."""

from typing import Any

from django.core.management.base import BaseCommand

from cardmaker.core.jobs import enqueue
from designs.studio.sample_files import DRAW
from fulfillment import reference_rows


class Command(BaseCommand):
    help = (
        "Add missing formats, styles, limits, rungs, prices, catalog rows, routes and roles. Safe to repeat; what ops "
        "changed stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        added = reference_rows.add()
        if added:
            enqueue(DRAW)
        self.stdout.write(f"Added {added} rows.")
