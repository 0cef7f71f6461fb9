"""A busy year for `console.py`, written by the database itself: one INSERT from generate_series for each table."""

from typing import Any

from django.apps import apps
from django.db import connection

from accounts.models import Shop
from billing.models import Guardrails

YEAR = "now() - interval '365 days' * (1 - g::float / {count})"  # the oldest first, as rows come
# The key of row g of a table, so that others can name it without a look.
KEY = "md5('{label}' || ({number}))::uuid"


def fill(label: str, count: int) -> None:
    """Write `count` rows of one table. The tables it refers to have to be there."""
    model: Any = apps.get_model(label)
    values = dict(VALUES[label](count))
    if model._meta.pk.get_internal_type() == "UUIDField":
        values["id"] = KEY.format(label=label, number="g")
    for field in model._meta.concrete_fields:
        if field.column not in values and not (field.primary_key and field.get_internal_type() != "UUIDField"):
            values[field.column] = _default(field)
    columns = ", ".join(f'"{name}"' for name in values)
    with connection.cursor() as cursor:
        row = ", ".join(values.values())
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {row} FROM generate_series(1, {count}) g'
        )


def prepare() -> None:
    """What a year of orders stands on."""
    from fulfillment.tests.factories import a_format, an_item

    Shop.objects.house()
    Guardrails.current()
    an_item(a_format())


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _default(field: Any) -> str:
    """What Django would write, as a literal."""
    if field.null:
        return "NULL"
    if field.get_internal_type() == "DateTimeField":
        return "now()"
    value = field.get_db_prep_save(field.get_default(), connection)
    return _plain(value if value is not None else "")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = str(getattr(value, "obj", value) if not hasattr(value, "dumps") else value.dumps(value.obj))
    return "'" + text.replace("'", "''") + "'"


def of(label: str, number: str) -> str:
    return KEY.format(label=label, number=number)


def _one(label: str) -> str:
    """The key of the only row of a table."""
    pk = apps.get_model(label).objects.values_list("pk", flat=True).order_by("pk")[0]
    return f"'{pk}'"


def _base(count: int) -> dict[str, str]:
    return {"created_at": YEAR.format(count=count)}


def _fifth(count: int) -> str:
    """The number of the row of a table a fifth as long."""
    return f"(1 + g % greatest(1, {count} / 5))"


def _owned(count: int) -> dict[str, str]:
    return {
        **_base(count),
        "shop_id": _one("accounts.shop"),
        "account_id": of("accounts.account", _fifth(count) if count > 5 else "1"),
    }


def _twenty(count: int) -> dict[str, str]:
    """Of tables that are a fifth as long themselves."""
    return {**_base(count), "shop_id": _one("accounts.shop"), "account_id": of("accounts.account", "g")}


VALUES: dict[str, Any] = {
    "accounts.account": lambda count: {**_base(count), "kind": "'guest'"},
    "designs.design": lambda count: {
        **_twenty(count), "kind": "'card'", "format_id": _one("designs.format"), "updated_at": "now()",
    },
    "designs.proof": lambda count: {
        **_twenty(count), "design_id": of("designs.design", "g"), "format_id": _one("designs.format"),
        "print_spec_id": _one("designs.printspec"), "country": "'US'", "state": "'ready'",
        "digest": "md5(g::text) || md5(g::text)", "ready_at": "now()",
    },
    "designs.printfile": lambda count: {
        "proof_id": of("designs.proof", "(g + 1) / 2"), "position": "CASE g % 2 WHEN 0 THEN 'back' ELSE 'front' END",
        "sha256": "md5(g::text) || md5(g::text)", "size_bytes": "1000", "width_px": "1575", "height_px": "2175",
        "file": "'ab/' || g || '.jpg'", "preview_file": "'ab/' || g || '.webp'",
    },
    "designs.run": lambda count: {
        **_owned(count), "design_id": of("designs.design", _fifth(count)), "stage": "'candidate'", "positions": "'[]'",
        "count": "4", "state": "CASE WHEN g % 50 = 0 THEN 'failed' ELSE 'done' END",
    },
    "designs.call": lambda count: {
        **_base(count), "run_id": of("designs.run", "g"), "position": "'front'", "number": "0", "provider": "'sketch'",
        "request": "'{}'", "share_micros": "40000", "outcome": "'answered'", "sent_at": "now()", "answered_at": "now()",
    },
    "designs.image": lambda count: {
        **_owned(count), "position": "'front'", "tier": "'draft'", "file": "''", "display_file": "''",
        "thumb_file": "'ab/' || g || '.webp'", "sha256": "md5(g::text)", "width_px": "512", "height_px": "512",
        "model_width_px": "512", "model_height_px": "512", "provider": "'sketch'", "model": "'sketch-1'",
        "prompt_digest": "md5(g::text)",
    },
    "fulfillment.product": lambda count: {
        **_base(count), "shop_id": _one("accounts.shop"), "proof_id": of("designs.proof", "g"), "title": "'Your card'",
        "amount_minor": "490", "currency": "'USD'",
    },
    "fulfillment.listing": lambda count: {
        **_base(count), "product_id": of("fulfillment.product", "g"), "handle": "'cm-' || g", "state": "'published'",
        "shopify_product_id": "'gid://shopify/Product/' || g", "variant_id": "'gid://shopify/ProductVariant/' || g",
    },
    "fulfillment.order": lambda count: {
        **_owned(count), "external_ref": "'gid://shopify/Order/' || (5000000000 + g)", "name": "'#' || (1000 + g)",
        "state": "CASE WHEN g % 2000 = 0 THEN 'held' WHEN g % 50 = 0 THEN 'shipped' ELSE 'delivered' END",
        "financial_status": "'PAID'", "currency": "'USD'", "total_minor": "839 + g % 900", "email": "''",
        "address": "''", "email_key": "md5('mail' || g % 40000) || md5('mail' || g % 40000)", "country": "'US'",
        "reasons": "CASE WHEN g % 2000 = 0 THEN '[{\"code\": \"new_account\", \"message\": \"x\"}]'::jsonb"
        " ELSE '[]'::jsonb END",
        "placed_at": YEAR.format(count=count),
    },
    "fulfillment.orderline": lambda count: {
        **_base(count), "order_id": of("fulfillment.order", "g"), "external_ref": "'1'", "title": "'Your card'",
        "proof_id": of("designs.proof", _fifth(count)), "product_id": of("fulfillment.product", _fifth(count)),
        "proof_digest": "md5(g::text) || md5(g::text)", "item_id": _one("fulfillment.supplieritem"), "quantity": "1",
        "amount_minor": "490",
    },
    "fulfillment.approval": lambda count: {
        **_base(count), "order_id": of("fulfillment.order", "g"), "line_id": of("fulfillment.orderline", "g"),
        "proof_digest": "md5(g::text) || md5(g::text)", "quantity": "1", "approved_by": "'1'",
        "at": YEAR.format(count=count),
    },
    "fulfillment.printjob": lambda count: {
        **_base(count), "order_id": of("fulfillment.order", "g"), "supplier": "'gooten'", "reference": "'CM-' || g",
        "state": "'delivered'", "supplier_ref": "'G-' || g", "hold_key": "'print:' || g", "cost_minor": "544",
        "token": "md5(g::text)",
    },
    "fulfillment.shipment": lambda count: {
        **_base(count), "job_id": of("fulfillment.printjob", "g"), "carrier": "'USPS'",
        "tracking_number": "'9400' || (100000000 + g)", "shipped_at": f"{YEAR.format(count=count)} + interval '2 days'",
    },
    "fulfillment.transition": lambda count: {
        "order_id": of("fulfillment.order", "(g + 4) / 5"), "before": "'held'", "after": "'approved'",
        "at": YEAR.format(count=count),
    },
    "core.event": lambda count: {
        "name": "(ARRAY['run_finished','run_finished','run_finished','design','proof','proof','paid','shipped'])"
        "[1 + g % 8]",
        "at": YEAR.format(count=count), "subject": "md5(g::text)",
        "account_id": of("accounts.account", f"(1 + g % ({count} / 40 + 1))"),
        "facts": "CASE WHEN g % 8 < 3 THEN jsonb_build_object('stage', 'candidate', 'state',"
        " CASE WHEN g % 97 = 0 THEN 'failed' ELSE 'done' END, 'seconds', 20 + g % 60) ELSE '{}'::jsonb END",
    },
    "core.job": lambda count: {
        **_base(count), "kind": "'fulfillment.read_order'", "subject": "md5(g::text)",
        "run_at": YEAR.format(count=count), "state": "'done'", "finished_at": YEAR.format(count=count),
    },
    "core.inboxevent": lambda count: {
        "source": "'shopify'", "external_id": "md5(g::text)", "topic": "'orders/paid'", "payload": "''",
        "then": "'fulfillment.handle_event'", "received_at": YEAR.format(count=count), "state": "'handled'",
    },
    "billing.hold": lambda count: {
        **_owned(count), "key": "'run:' || g", "meter": "'ai'", "amount_micros": "160000", "open_micros": "0",
        "spent_micros": "150000", "state": "'settled'", "reserved_at": YEAR.format(count=count),
    },
    "billing.quota": lambda count: {
        "subject": "'account:' || g", "action": "'candidate'", "window": "'day'", "starts_at": YEAR.format(count=count),
        "used": "1", "limit": "20",
    },
    "billing.ledgerentry": lambda count: {
        "key": "'call:' || g", "meter": "CASE WHEN g % 10 = 0 THEN 'print' ELSE 'ai' END", "kind": "'charge'",
        "provider": "CASE WHEN g % 10 = 0 THEN 'gooten' ELSE 'sketch' END", "model": "'m'", "units": "1",
        "amount_micros": "40000 + g % 1000", "account_id": of("accounts.account", "(1 + g % 20000)"),
        "shop_id": _one("accounts.shop"), "at": YEAR.format(count=count),
    },
}  # fmt: skip
