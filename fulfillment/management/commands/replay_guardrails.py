"""manage.py replay_guardrails: last month's requests once more, under other limits."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.models import Guardrails, Rung
from billing.replay import grouped
from cardmaker.core.money import dollars
from fulfillment.replaying import Comparison, compare


class Command(BaseCommand):
    help = (
        "Replay the requests of a period under changed limits: what would have been spent, refused and ordered, beside "
        "what happened. Changes nothing. Dates are UTC; --to is not included. FILE is JSON: "
        '{"guardrails": {"ai_cap_month_micros": 100000000}, "rungs": [{"kind": "", "percent": 0, "candidates": 30, '
        '"finals": 9}]}, or the format of fixtures/guardrails.json. What it leaves out stays as it is now.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True)
        parser.add_argument("--to", dest="end", type=date.fromisoformat, required=True)
        parser.add_argument("--rungs", dest="file", type=Path, required=True, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print one JSON object only")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] >= options["end"]:
            raise CommandError("--to must be later than --from.")
        limits, rungs = _read(options["file"])
        found = compare(_midnight(options["first"]), _midnight(options["end"]), limits, rungs)
        figures = _figures(found)
        self.stdout.write(json.dumps(figures) if options["json"] else "\n".join(_told(figures)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _read(path: Path) -> tuple[Guardrails, list[Rung]]:
    """The limits of now with what the file changes, never saved. Raises CommandError that names what is wrong."""
    try:
        told = json.loads(path.read_text())
    except (OSError, ValueError) as exc:
        raise CommandError(f"{path} cannot be read as JSON: {exc}") from exc
    limits = Guardrails.objects.filter(pk=Guardrails.ROW).first() or Guardrails()
    rungs = None
    if isinstance(told, list):
        fields = [entry.get("fields", {}) for entry in told if entry.get("model") == "billing.guardrails"]
        rows = [entry.get("fields", {}) for entry in told if entry.get("model") == "billing.rung"]
        told = {"guardrails": fields[0] if fields else {}, **({"rungs": rows} if rows else {})}
    if not isinstance(told, dict) or set(told) - {"guardrails", "rungs"}:
        raise CommandError('The file is {"guardrails": {…}, "rungs": […]}, or a fixture.')
    _set(limits, {name: value for name, value in told.get("guardrails", {}).items() if name != "updated_at"})
    if "rungs" in told:
        rungs = [_rung(row) for row in told["rungs"]]
    return limits, list(Rung.objects.order_by("kind", "percent")) if rungs is None else rungs


def _set(row: Guardrails | Rung, fields: dict[str, Any]) -> None:
    known = {field.name for field in row._meta.concrete_fields if field.editable}
    unknown = sorted(set(fields) - known)
    if unknown:
        raise CommandError(f"{row._meta.verbose_name} has no {', '.join(unknown)}.")
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        row.clean_fields()
    except ValidationError as exc:
        raise CommandError("; ".join(f"{name}: {' '.join(said)}" for name, said in exc.message_dict.items())) from exc


def _rung(fields: dict[str, Any]) -> Rung:
    rung = Rung()
    _set(rung, fields)
    return rung


def _figures(found: Comparison) -> dict[str, Any]:
    happened, replayed = found.happened, found.replayed
    meters = ("ai", "print")
    return {
        "happened": {
            "served": {meter: happened.served[meter] for meter in meters},
            "spent_micros": {meter: happened.spent_micros[meter] for meter in meters},
            "orders": happened.orders,
        },
        "replayed": {
            "served": {meter: replayed.served[meter] for meter in meters},
            "reduced": {meter: replayed.reduced[meter] for meter in meters},
            "refused": grouped(replayed.refused),
            "spent_micros": {meter: replayed.spent_micros[meter] for meter in meters},
            "orders": replayed.orders,
            "orders_refused": replayed.orders_refused,
            "fullest_percent": replayed.fullest_percent,
        },
    }


def _told(figures: dict[str, Any]) -> list[str]:
    before, after = figures["happened"], figures["replayed"]
    lines = [f"{'':24}{'happened':>14}{'replayed':>14}"]
    for meter in ("ai", "print"):
        lines += [
            _line(f"{meter}: served", before["served"][meter], after["served"][meter]),
            _line(f"{meter}: with fewer", "", after["reduced"][meter]),
            _line(f"{meter}: refused", "", sum(after["refused"].get(meter, {}).values())),
            *(_line(f"  {reason}", "", count) for reason, count in after["refused"].get(meter, {}).items()),
            _line(f"{meter}: spent", dollars(before["spent_micros"][meter]), dollars(after["spent_micros"][meter])),
        ]
    lines += [
        _line("orders", before["orders"], after["orders"]),
        _line("orders refused", "", after["orders_refused"]),
        *(_line(f"fullest: {name}", "", f"{percent} %") for name, percent in after["fullest_percent"].items()),
        "Presses that were refused when it happened left no trace and are not replayed.",
    ]
    return lines


def _line(name: str, before: Any, after: Any) -> str:
    return f"{name:24}{before!s:>14}{after!s:>14}"
