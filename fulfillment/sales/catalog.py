"""Keeping our catalog in step with the suppliers': what they say now is compared with our rows; drift is reported."""

import hashlib
import json
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cardmaker.core.errors import Refused
from designs.models import Format, Kind, PrintSpec
from fulfillment.models import SupplierItem
from fulfillment.suppliers.base import CatalogItem, Space, Supplier

PRINT_DPI = 300  # both suppliers size their spaces in pixels at 300 an inch
UM_PER_INCH = 25_400
# The side of each panel that lies on the fold of a side-folded card: ink runs through there, so it has no bleed.
FOLD_EDGE = {"front": "left", "inside-left": "right", "inside-right": "left", "back": "right"}


# What suppliers call the pages of a calendar. A dated one begins in January, an undated one counts its sheets.
CALENDAR_PAGES = {"front-cover": "cover", "front": "cover"}
CALENDAR_PAGES |= {month_name[number].lower(): f"month-{number:02d}" for number in range(1, 13)}
CALENDAR_PAGES |= {f"month-{number}": f"month-{number:02d}" for number in range(1, 13)}


class UnknownSpace(Refused):
    """The supplier names a printed side that none of the format's pages fits."""

    code = "unknown_space"


@dataclass(frozen=True)
class Drift:
    """One difference between our row and what the supplier says."""

    item: SupplierItem
    what: str


def compare(items: Sequence[SupplierItem], offered: Sequence[CatalogItem]) -> list[Drift]:
    """Every difference, item by item. Reads and writes nothing."""
    by_code = {offer.item_code: offer for offer in offered}
    found = []
    for item in items:
        offer = by_code.get(item.sku)
        differences = _differences(item, offer) if offer else ["no longer offered"]
        found += [Drift(item, what) for what in differences]
    return found


def sync(supplier: Supplier, *, at: datetime, write: bool) -> list[Drift]:
    """Read this supplier's items afresh and report the drift; with `write`, take it over.

    A changed size is a new PrintSpec: proofs keep the one that they were made for, and new proofs use the new one.
    """
    items = list(SupplierItem.objects.filter(supplier=supplier.name).select_related("format", "print_spec"))
    offered = supplier.catalog([item.sku for item in items])
    drift = compare(items, offered)
    if write:
        by_code = {offer.item_code: offer for offer in offered}
        for item in items:
            _take_over(item, by_code.get(item.sku), at=at)
    return drift


def positions_of(print_format: Format, spaces: Sequence[Space]) -> list[dict[str, Any]]:
    """The supplier's spaces as PrintSpec positions, in the format's order. Raises UnknownSpace."""
    by_position = {_position(print_format, space): space for space in spaces}
    if set(by_position) != set(print_format.position_names):
        raise UnknownSpace(f"{print_format.code} needs {print_format.position_names}, there are {sorted(by_position)}.")
    return [_spec_position(print_format, name, by_position[name]) for name in print_format.position_names]


def digest_of(positions: list[dict[str, Any]]) -> str:
    """SHA-256 of the canonical JSON: a spec that differs in anything is another spec."""
    return hashlib.sha256(json.dumps(positions, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _position(print_format: Format, space: Space) -> str:
    """ "Inside Left" is our `inside-left`; on a calendar `front_cover` is `cover`, and January the first sheet."""
    name = "-".join(space.description.lower().replace("_", " ").split())
    return CALENDAR_PAGES.get(name, name) if print_format.kind == Kind.CALENDAR else name


def _spec_position(print_format: Format, name: str, space: Space) -> dict[str, Any]:
    return {
        "position": name,
        "space_id": space.space_id,
        "index": space.index,
        "width_px": space.width_px,
        "height_px": space.height_px,
        "bleed_px": _bleed(print_format, name, space),
        "dpi": PRINT_DPI,
    }


def _bleed(print_format: Format, name: str, space: Space) -> dict[str, int]:
    """What of the supplier's size lies outside the trim line, by side."""
    across = max(space.width_px - print_format.trim_w_um * PRINT_DPI // UM_PER_INCH, 0)
    down = max(space.height_px - print_format.trim_h_um * PRINT_DPI // UM_PER_INCH, 0)
    left, right = across // 2, across - across // 2
    if print_format.fold == Format.Fold.SIDE:
        left, right = (0, across) if FOLD_EDGE[name] == "left" else (across, 0)
    return {"top": down // 2, "right": right, "bottom": down - down // 2, "left": left}


def _differences(item: SupplierItem, offer: CatalogItem) -> list[str]:
    found = []
    if offer.cost_minor not in (None, item.cost_minor) or offer.currency != item.currency:
        found.append(f"cost {item.cost_minor} {item.currency} is now {offer.cost_minor} {offer.currency}")
    if set(offer.ships_to) != set(item.ships_to):
        found.append(f"ships to {sorted(offer.ships_to)}, not {sorted(item.ships_to)}")
    try:
        changed = digest_of(positions_of(item.format, offer.spaces)) != item.print_spec.digest
    except UnknownSpace as unknown:
        return [*found, str(unknown)]
    return [*found, "the printed sides have other ids or sizes"] if changed else found


@transaction.atomic
def _take_over(item: SupplierItem, offer: CatalogItem | None, *, at: datetime) -> None:
    if offer is None:
        SupplierItem.objects.filter(pk=item.pk).update(active=False, checked_at=at)
        return
    positions = positions_of(item.format, offer.spaces)
    spec, _ = PrintSpec.objects.get_or_create(
        supplier=item.supplier, item_code=item.sku, digest=digest_of(positions), defaults={"positions": positions}
    )
    PrintSpec.objects.filter(pk=spec.pk).update(checked_at=at)
    SupplierItem.objects.filter(pk=item.pk).update(
        title=offer.title or item.title,
        cost_minor=item.cost_minor if offer.cost_minor is None else offer.cost_minor,
        currency=offer.currency,
        ships_to=sorted(offer.ships_to),
        print_spec=spec,
        checked_at=at,
    )
