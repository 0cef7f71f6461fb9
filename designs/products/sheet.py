"""Products from a CSV file: every row that can be read, and for every other one what is wrong with it."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cardmaker.core.errors import BadInput
from designs.models import ProductBrief
from designs.products.briefs import Product

MAX_ROWS = 500
MAX_BYTES = 2_000_000
# The names that shops use for these columns; the first that the file has counts. Shopify's own export is among them.
NAMES = ("name", "title", "product", "product name")
DESCRIPTIONS = ("description", "body (html)", "body", "text", "details")
KEYS = ("sku", "handle", "variant sku", "id", "key")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, from 2 on. Either a `product`, or a `problem` in a sentence."""

    line: int
    product: Product | None = None
    problem: str = ""


def read(data: bytes) -> list[Row]:
    """All rows of a CSV file in UTF-8 with a header. Raises BadInput beside `file` for one that is none."""
    if len(data) > MAX_BYTES:
        raise BadInput.beside("file", f"At most {MAX_BYTES // 10**6} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise BadInput.beside("file", "Save the file as CSV in UTF-8, please.") from exc
    reader = csv.DictReader(io.StringIO(text, newline=""), dialect=_dialect(text))
    columns = {(name or "").strip().casefold(): name for name in reader.fieldnames or []}
    if not any(name in columns for name in NAMES):
        raise BadInput.beside("file", f"The first line has to name the columns; one of them {', '.join(NAMES)}.")
    try:
        rows = list(_rows(reader, columns))
    except csv.Error as exc:
        raise BadInput.beside("file", f"Line {reader.line_num} cannot be read as CSV.") from exc
    if len(rows) > MAX_ROWS:
        raise BadInput.beside("file", f"At most {MAX_ROWS} products in one file, this has {len(rows)}.")
    if not rows:
        raise BadInput.beside("file", "There is no product in this file.")
    return rows


def _dialect(text: str) -> type[csv.Dialect] | csv.Dialect:
    try:
        return csv.Sniffer().sniff(text.partition("\n")[0], delimiters=",;\t")
    except csv.Error:
        return csv.excel


def _rows(reader: "csv.DictReader[str]", columns: Mapping[str, str]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in reader:
        name, description, key = (_cell(row, columns, names) for names in (NAMES, DESCRIPTIONS, KEYS))
        if not (name or description or key):
            continue
        if key and key in seen:
            # Shopify exports further variants of a product below it, without its title.
            if name:
                yield Row(reader.line_num, problem=f"{key} is in this file twice.")
            continue
        seen.add(key)
        if not name:
            yield Row(reader.line_num, problem="There is no name.")
        else:
            yield Row(reader.line_num, Product(name, description, key[:120], ProductBrief.Source.CSV))


def _cell(row: Mapping[str, str | None], columns: Mapping[str, str], names: tuple[str, ...]) -> str:
    found = next((columns[name] for name in names if name in columns), None)
    return (row.get(found) or "").strip() if found else ""
