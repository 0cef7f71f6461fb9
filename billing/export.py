"""The ledger as CSV, line by line: a year of it does not fit in memory."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

LEDGER_COLUMNS = (
    "id", "at", "key", "meter", "kind", "provider", "model", "units", "request_id", "reason", "amount_micros",
    "original_amount", "original_currency", "rate", "account_id", "shop_id", "hold_id", "corrects_id",
)  # fmt: skip


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: QuerySet[Any], columns: Iterable[str]) -> Iterator[str]:
    """A heading, then one line a row. Text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    names = list(columns)
    writer = csv.writer(Echo())
    yield str(writer.writerow(names))
    for row in rows.values_list(*names).iterator(chunk_size=2000):
        yield str(writer.writerow([_plain(value) for value in row]))


def every_column(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
