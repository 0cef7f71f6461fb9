"""Where product pictures go, and what is taken there: sizes, file formats and weights, as those places ask for them.

Each is what the place recommends for a main picture, below what it refuses.
"""

from dataclasses import dataclass

from designs.imaging.exporting import Wanted


@dataclass(frozen=True, slots=True)
class Place:
    """`wanted.ground` "white" is the place's own rule; elsewhere the person chooses."""

    code: str
    title: str
    wanted: Wanted


PLACES = {
    place.code: place
    for place in (
        Place("full", "Full size, PNG", Wanted(0, 0, "image/png")),
        Place("shopify", "Shopify, 2048 × 2048", Wanted(2048, 2048, "image/jpeg", 5_000_000)),
        Place("amazon", "Amazon, 2000 × 2000 on white", Wanted(2000, 2000, "image/jpeg", 10_000_000, "white")),
        Place("etsy", "Etsy, 2700 × 2025", Wanted(2700, 2025, "image/jpeg", 1_000_000)),
        Place("ebay", "eBay, 1600 × 1600", Wanted(1600, 1600, "image/jpeg", 7_000_000)),
        Place("google", "Google Shopping, 1500 × 1500", Wanted(1500, 1500, "image/jpeg", 10_000_000)),
        Place("instagram", "Instagram, 1080 × 1350", Wanted(1080, 1350, "image/jpeg", 8_000_000)),
        Place("pinterest", "Pinterest, 1000 × 1500", Wanted(1000, 1500, "image/jpeg", 10_000_000)),
        Place("web", "Web page, WebP of at most 300 kB", Wanted(1600, 1600, "image/webp", 300_000)),
    )
}
