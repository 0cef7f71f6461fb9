"""What the pretended Printify sells.

Ids and pixels of blueprints below 10,000 were read from published uses of the real catalog; those above 990,000 are
assumed, for nobody has published the calendars of the coming year. All costs are assumed: the real catalog names none.
"""

from dataclasses import dataclass, replace

from cardmaker.sandbox.models import PrintifyChange

REST = "REST_OF_THE_WORLD"
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)  # fmt: skip
CALENDAR_PAGES = ("front_cover", *MONTHS)
# What a shipment costs more than within the United States, by the groups that the shipping profiles are made of.
ABROAD_MINOR: dict[tuple[str, ...], int] = {("US",): 0, ("CA",): 400, ("GB", "DE"): 600, ("AU",): 700, (REST,): 900}
PROVIDERS = {
    1: ("SPOKE Custom Products", "US"),
    36: ("Print Pigeons", "GB"),
    69: ("Prodigi", "GB"),
    73: ("Sticker Works", "US"),
    99: ("Printify Choice", "US"),
    228: ("Taylor", "US"),
    234: ("Today's Graphics", "US"),
}
Size = tuple[int, int]


@dataclass(frozen=True)
class Variant:
    id: int
    title: str
    cost_minor: int
    in_stock: bool = True


@dataclass(frozen=True)
class Offer:
    """A blueprint as one provider makes it. Availability and pixels belong to the pair, never to the blueprint."""

    blueprint_id: int
    provider_id: int
    title: str
    variants: tuple[Variant, ...]
    spaces: tuple[tuple[str, Size], ...]
    shipping_minor: int
    additional_minor: int
    year: int = 0  # of the grid that is printed under the pictures

    def variant(self, variant_id: object) -> Variant | None:
        return next((variant for variant in self.variants if variant.id == variant_id), None)

    def size(self, position: str) -> Size | None:
        return dict(self.spaces).get(position)


def _pages(size: Size) -> tuple[tuple[str, Size], ...]:
    return tuple((name, size) for name in CALENDAR_PAGES)


def _calendar(blueprint_id: int, variant_id: int, title: str, label: str, size: Size, year: int) -> Offer:
    variants = (Variant(variant_id, label, 1439),)
    return Offer(blueprint_id, 234, f"{title} ({year})", variants, _pages(size), 579, 289, year)


SHIRT_SIZES = ("L", "M", "S", "XL", "2XL")
TEE = tuple(Variant(12124 + number, f"{size} / Black", 1096) for number, size in enumerate(SHIRT_SIZES))
OFFERS = (
    Offer(
        1094,
        228,
        "Greeting Cards",
        (
            Variant(81858, "5x7 vertical / 1 pc", 245),
            Variant(81859, "5x7 vertical / 10 pcs", 1250),
            Variant(81860, "5x7 vertical / 30 pcs", 2950),
            Variant(81861, "5x7 vertical / 50 pcs", 4400, in_stock=False),
        ),
        (("front", (2175, 1538)),),
        499,
        99,
    ),
    Offer(524, 36, "Greeting Cards (7 pcs)", (Variant(68326, "7 pcs", 1150),), (("front", (2409, 1819)),), 489, 150),
    Offer(
        842,
        69,
        "Fine Art Postcards",
        (Variant(76317, "6x4 / 1 pc / Glossy", 130), Variant(76318, "7x5 / 1 pc / Glossy", 150)),
        (("front", (1854, 1264)),),
        379,
        50,
    ),
    _calendar(1253, 94860, "Calendar", '10.8" x 8.4"', (3454, 2725), 2026),
    _calendar(990_253, 990_860, "Calendar", '10.8" x 8.4"', (3454, 2725), 2027),
    _calendar(990_254, 990_861, "Portrait Calendar", '8.5" x 11"', (2755, 3514), 2027),
    _calendar(990_255, 990_862, "Square Calendar", '12" x 12"', (3814, 3814), 2027),
    Offer(
        965,
        99,
        "Standard Wall Calendar (2026)",
        (Variant(103102, '11" x 8.5"', 1320),),
        _pages((3375, 2625)),
        549,
        249,
        2026,
    ),
    Offer(6, 99, "Unisex Heavy Cotton Tee", TEE, (("front", (3951, 4919)), ("neck", (750, 750))), 475, 240),
    Offer(
        661,
        73,
        "Sticker Sheets",
        (Variant(72840, '4" x 6" / White', 412),),
        tuple((f"front_{number}", (1575, 1200)) for number in range(1, 5)),
        419,
        30,
    ),
    Offer(68, 1, "Mug 11oz", (Variant(33719, "11oz", 504),), (("front", (2700, 1120)),), 639, 239),
)


def offers() -> list[Offer]:
    """All there is now, with what tests changed."""
    changes = {change.blueprint_id: change for change in PrintifyChange.objects.all()}
    changed = (_changed(offer, changes.get(offer.blueprint_id)) for offer in OFFERS)
    return [offer for offer in changed if offer is not None]


def offer_of(blueprint_id: int, provider_id: int) -> Offer | None:
    wanted = (blueprint_id, provider_id)
    return next((offer for offer in offers() if (offer.blueprint_id, offer.provider_id) == wanted), None)


def shipping_minor(offer: Offer, country: str, quantity: int, *, method: int = 1) -> int:
    """What one line costs to ship. Methods: 1 standard, 2 priority, 3 express, 4 economy."""
    abroad = next((more for group, more in ABROAD_MINOR.items() if country in group), ABROAD_MINOR[(REST,)])
    standard = offer.shipping_minor + abroad + offer.additional_minor * (quantity - 1)
    return {1: standard, 2: standard * 2, 3: standard * 3, 4: standard * 7 // 10}[method]


def _changed(offer: Offer, change: PrintifyChange | None) -> Offer | None:
    if change is None:
        return offer
    if change.dropped:
        return None
    spaces = tuple((name, _size(change.sizes.get(name) or size)) for name, size in offer.spaces)
    gone = set(change.out_of_stock)
    variants = tuple(replace(each, in_stock=each.in_stock and each.id not in gone) for each in offer.variants)
    return replace(offer, spaces=spaces, variants=variants)


def _size(given: list[int] | Size) -> Size:
    width, height = given
    return int(width), int(height)
