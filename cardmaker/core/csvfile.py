"""Rows as CSV, line by line: a year of the ledger does not fit in memory."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 2000  # rows read at once


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def download(rows: QuerySet[Any], columns: Iterable[str]) -> StreamingHttpResponse:
    """The rows by key, streamed as a file to keep."""
    name = f"{rows.model._meta.model_name}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(csv_lines(rows.order_by("pk"), columns), content_type="text/csv", headers=headers)


def csv_lines(rows: QuerySet[Any], columns: Iterable[str]) -> Iterator[str]:
    """A heading, then one line a row. Text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    names = list(columns)
    writer = csv.writer(Echo())
    yield str(writer.writerow(names))
    for row in rows.values_list(*names).iterator(chunk_size=CHUNK):
        yield str(writer.writerow([_plain(value) for value in row]))


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value[:1] in RUN_AS_FORMULA else value
