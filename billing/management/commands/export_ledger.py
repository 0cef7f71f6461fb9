"""manage.py export_ledger: the ledger as CSV on standard output."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from billing.export import LEDGER_COLUMNS
from billing.models import LedgerEntry
from cardmaker.core.csvfile import csv_lines


class Command(BaseCommand):
    help = "Write the ledger as CSV, oldest line first. Dates are UTC; --to is not included."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat)
        parser.add_argument("--to", dest="end", type=date.fromisoformat)
        parser.add_argument("--meter", choices=["ai", "print"])

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {
            "at__gte": _midnight(options["first"]),
            "at__lt": _midnight(options["end"]),
            "meter": options["meter"],
        }
        entries = LedgerEntry.objects.filter(**{name: value for name, value in wanted.items() if value is not None})
        for line in csv_lines(entries.order_by("at", "pk"), LEDGER_COLUMNS):
            self.stdout.write(line, ending="")


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, tzinfo=UTC)
