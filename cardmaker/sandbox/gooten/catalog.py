"""What the pretended Gooten prints. SKUs that begin with SIM are assumed: their real names and sizes are not published.

CanvsWrp-BlkWrp-5x7 is the sample of Gooten's own documentation.
"""

from dataclasses import dataclass

COUNTRIES = {"US": "United States", "CA": "Canada", "GB": "United Kingdom", "AU": "Australia", "DE": "Germany"}


@dataclass(frozen=True)
class Space:
    """One printed side. The art it wants is (x2 - x1) by (y2 - y1) pixels."""

    id: str
    index: int
    description: str
    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def size_px(self) -> tuple[int, int]:
        return self.x2 - self.x1, self.y2 - self.y1


@dataclass(frozen=True)
class Item:
    sku: str
    product_id: int
    product: str
    title: str
    price_minor: int
    shipping_minor: int  # standard, within the country of the printer
    spaces: tuple[Space, ...]
    size: str = "5x7"


def _side(space_id: str, index: int, description: str, width: int, height: int) -> Space:
    return Space(space_id, index, description, 450, 450, 450 + width, 450 + height)


def _calendar(name: str, size: str, price_minor: int, width: int, height: int) -> Item:
    """Whole pages: the grid is part of the art, so any month can come first."""
    names = ("Cover", *(f"Month {number}" for number in range(1, 13)))
    spaces = tuple(_side(f"C{name[0]}{index:02d}", index, title, width, height) for index, title in enumerate(names, 1))
    return Item(f"SIM-WallCal-{name}", 104, "Wall Calendars", f"Wall calendar {size}", price_minor, 499, spaces, size)


ITEMS = {
    item.sku: item
    for item in (
        Item(
            "SIM-FlatCard-5x7-1Pack",
            82,
            "Flat Cards",
            "Flat card 5x7, single",
            195,
            349,
            (_side("A41F0", 1, "Front", 1575, 2175), _side("A41B0", 2, "Back", 1575, 2175)),
        ),
        Item(
            "SIM-Greet-Fold-5x7-1Pack",
            76,
            "Folded Cards",
            "Folded card 5x7, single",
            265,
            349,
            (
                _side("F70C1", 1, "Front", 1538, 2175),
                _side("F70C2", 2, "Inside Left", 1538, 2175),
                _side("F70C3", 3, "Inside Right", 1538, 2175),
                _side("F70C4", 4, "Back", 1538, 2175),
            ),
        ),
        Item(
            "CanvsWrp-BlkWrp-5x7",
            41,
            "Canvas Wraps",
            "Canvas wrap 5x7, black",
            1495,
            899,
            (Space("3FCDC", 1, "Front", 450, 450, 2550, 1950),),
        ),
        _calendar("Landscape", "10.8x8.4", 1690, 3315, 2595),
        _calendar("Portrait", "8.5x11", 1690, 2625, 3375),
        _calendar("Square", "12x12", 1890, 3675, 3675),
    )
}


@dataclass(frozen=True)
class ShipMethod:
    id: int
    type: str
    name: str
    carrier: str
    factor: int  # times the item's standard price
    days: int
    countries: frozenset[str]


EVERYWHERE = frozenset(COUNTRIES)
SHIP_METHODS = (
    ShipMethod(1, "Standard", "Standard", "USPS", 1, 5, EVERYWHERE),
    ShipMethod(2, "Expedited", "Expedited", "UPS", 3, 3, EVERYWHERE),
    ShipMethod(3, "Overnight", "Overnight", "FedEx", 6, 1, frozenset({"US"})),
)
ABROAD_MINOR = 300  # more for standard shipping out of the US


def ship_method(name_or_id: object, country: str) -> ShipMethod | None:
    for method in SHIP_METHODS:
        if str(name_or_id).lower() in {method.type.lower(), str(method.id)} and country in method.countries:
            return method
    return None


def shipping_minor(item: Item, method: ShipMethod, country: str) -> int:
    abroad = 0 if country == "US" else ABROAD_MINOR
    return item.shipping_minor * method.factor + abroad
