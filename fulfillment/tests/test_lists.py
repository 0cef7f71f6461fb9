"""Every list of the console costs the same number of queries for one row and for three."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cardmaker.core.sealing import SealedJSONField
from fulfillment.tests.factories import NOON, a_world

USUAL = 6  # session, user, count, rows, and what a filter or a column asks for once
MORE = {"billing.price": 7, "fulfillment.order": 8, "fulfillment.rating": 8, "fulfillment.route": 7}
# Not rows of ours: django-q2 reads its own queue, and the guardrails are one row.
NOT_LISTS = {"django_q.ormq", "django_q.schedule", "django_q.success", "django_q.failure", "billing.guardrails"}

# Their filters know their values beforehand: one that asked the rows would read all of them.
LARGE = {
    "billing.alertsent", "billing.budget", "billing.hold", "billing.ledgerentry", "billing.quota", "core.event",
    "core.inboxevent", "core.job", "designs.call", "designs.design", "designs.flag", "designs.image", "designs.run",
    "fulfillment.order", "fulfillment.printjob",
}  # fmt: skip

# What a row needs beside plain values, so that the database accepts it.
NEEDED: dict[str, Callable[[int], dict[str, Any]]] = {
    "accounts.user": lambda number: {"email": f"person{number}@example.com"},
    "accounts.shop": lambda number: {"code": f"shop-{number}", "kind": "shopify", "domain": f"s{number}.example.com"},
    "admin.logentry": lambda number: {"action_flag": 2, "content_type": ContentType.objects.first()},
    "designs.image": lambda number: {"number": number},
    "designs.call": lambda number: {"outcome": "planned", "number": number},
    "fulfillment.fileserve": lambda number: {"draft": None},
}


def a_row_of(model: type[models.Model], number: int) -> None:
    """One row with any values that fit; where others are referred to, to the newest of those."""
    given = NEEDED.get(model._meta.label_lower, lambda _: {})(number)
    for field in model._meta.concrete_fields:
        if field.name in given or field.has_default() or (field.null and not field.is_relation):
            continue
        value = _value(field, number)
        if value is not None:
            given[field.name] = value
    model._default_manager.create(**given)


def _value(field: models.Field, number: int) -> Any:
    if isinstance(field, models.AutoField) or field.related_model is field.model:
        return None
    if field.is_relation:
        return _another(field, number)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return NOON + timedelta(minutes=number)
    if isinstance(field, models.DateField):
        return (NOON + timedelta(days=number)).date()
    if isinstance(field, models.JSONField | SealedJSONField):
        return {}
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DecimalField):
        return Decimal(number)
    if isinstance(field, models.IntegerField | models.FloatField):
        return number
    name = f"ab/{number}.webp" if field.name.endswith("file") else f"x{number}"
    return name[: field.max_length or 10]


def _another(field: models.Field, number: int) -> models.Model | None:
    """Another row for each number, as far as there are: most tables allow one for each they refer to."""
    names = {each.name for each in field.related_model._meta.concrete_fields}
    taken = field.model._default_manager.values(field.attname) if field.one_to_one else []
    rows = field.related_model._default_manager.exclude(pk__in=taken)
    found = list(rows.order_by("created_at" if "created_at" in names else "pk", "pk")[:number])
    return found[-1] if found else None


def rows_everywhere(number: int) -> None:
    """A whole world with an order on its way, and one row more of every model that it left empty."""
    a_world().print_job()
    for model in lists():
        if model._default_manager.count() < number:
            a_row_of(model, number)


def lists() -> list[type[models.Model]]:
    return [model for model in admin.site._registry if model._meta.label_lower not in NOT_LISTS]


def cost_of(client: Client, model: type[models.Model]) -> int:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    if model._meta.label_lower in LARGE:
        assert [query["sql"] for query in queries if "DISTINCT" in query["sql"]] == []
    return len(queries)


@pytest.mark.django_db
def test_every_list_costs_the_same_for_one_row_and_three():
    client = Client()
    client.force_login(User.objects.create_superuser("ops@example.com", "correct horse battery"))
    found = []
    for number in (1, 2, 3):
        rows_everywhere(number)
        if number != 2:
            found.append({model._meta.label_lower: cost_of(client, model) for model in lists()})

    one, three = found
    assert [model._meta.label for model in lists() if model._default_manager.count() < 3] == []
    grown = {label: (cost, three[label]) for label, cost in one.items() if three[label] > cost}
    assert grown == {}
    assert {label: cost for label, cost in three.items() if cost > MORE.get(label, USUAL)} == {}
