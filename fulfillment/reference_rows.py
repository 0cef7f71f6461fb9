"""The rows that a shop stands on: formats, styles, limits and rungs, prices, the catalog, routes, roles.

A database in use gets those that it lacks; what ops changed stays as it is. Catalog rows that no supplier has confirmed
are marked `assumed` and are sold in the sandbox alone.
"""

from django.contrib.auth.models import Group

from billing.models import Guardrails, Price, Rung
from cardmaker.core import reference
from designs.models import Format, ModelChoice, PrintSpec, ProtectedName, ProviderModel, ShotOption, StyleTemplate
from fulfillment.models import Route, SupplierItem

FIXTURES = [
    "formats", "styles", "products", "guardrails", "prices", "catalog", "routes", "providers", "protected_names",
    "roles",
]  # fmt: skip
# What says that a row is there already: whatever ops changed in it later is theirs.
KEYS = {
    Format: ("code",),
    StyleTemplate: ("code",),
    ShotOption: ("code",),
    ProviderModel: ("provider", "model_id", "tier", "purpose"),
    ModelChoice: ("kind", "stage"),  # an order that ops changed is not to get the old one back
    Guardrails: ("id",),
    Rung: ("kind",),  # a ladder whose steps were moved is not to get the old ones back
    Price: ("shop", "format_code"),
    PrintSpec: ("supplier", "item_code", "digest"),
    SupplierItem: ("supplier", "sku"),
    Route: ("format", "country", "item"),
    Group: ("name",),  # what ops made of a role is theirs
    ProtectedName: ("name",),
}


def add() -> int:
    """Add what is missing; how many rows. Safe to repeat."""
    return reference.add_missing(FIXTURES, KEYS)
