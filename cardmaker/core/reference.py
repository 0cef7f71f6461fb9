"""Reference rows from fixtures, added to a database that may be in use: nothing in it is overwritten."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import serializers
from django.db import models, transaction
from django.db.models import Q

Keys = Mapping[type[models.Model], tuple[str, ...]]
There = dict[tuple[type[models.Model] | None, Any], Any]  # by model and key in a fixture: its row's key here


def add_missing(names: list[str], keys: Keys) -> int:
    """Add those rows of these fixtures whose key no row has yet; how many. Safe to repeat.

    `keys`: the fields that say for each model that a row is there, with whatever ops made of its other fields. A key
    that several rows share (a ladder's) adds all of them or none.
    """
    there: There = {}
    added = 0
    with transaction.atomic():
        for name in names:
            added += _add(settings.BASE_DIR / "fixtures" / f"{name}.json", keys, there)
    return added


def _add(path: Path, keys: Keys, there: There) -> int:
    missing = []
    for entry in serializers.deserialize("json", path.read_text()):
        row = entry.object
        _point(row, there)
        known = _known(row, keys[type(row)])
        if known is None:
            missing.append(entry)
        else:
            there[type(row), row.pk] = known
    for entry in missing:
        row = entry.object
        _point(row, there)
        named = row.pk
        if isinstance(row._meta.pk, models.AutoField):
            row.pk = None  # a number in a file says nothing about the numbers here
        entry.save()
        there[type(row), named] = row.pk
    return len(missing)


def _known(row: models.Model, key: tuple[str, ...]) -> Any:
    same = Q(**{name: row.serializable_value(name) for name in key})
    if not isinstance(row._meta.pk, models.AutoField):
        same |= Q(pk=row.pk)
    return type(row)._default_manager.filter(same).values_list("pk", flat=True).first()


def _point(row: models.Model, there: There) -> None:
    """Let a row refer to what is known here under another key."""
    for field in row._meta.concrete_fields:
        if field.is_relation:
            meant = getattr(row, field.attname)
            setattr(row, field.attname, there.get((field.related_model, meant), meant))
