"""What a merchant had in the shop before our app came: a few products without a good picture."""

from datetime import datetime

from cardmaker.sandbox.models import Product, Variant

GOODS = (
    ("meadow-mug", "Meadow mug", "A hand-painted ceramic mug in sage green, glazed, for tea in the garden.", 2400),
    ("oak-board", "Oak cutting board", "A cutting board of solid oak with a hole to hang it by.", 3900),
    ("harbor-scarf", "Harbor scarf", "A striped scarf of navy blue wool, soft and long.", 4500),
    ("beeswax-candle", "Beeswax candle", "A candle of pure beeswax in a glass, lightly scented.", 1800),
    ("pocket-notebook", "Pocket notebook", "A red notebook with blank paper and a ribbon.", 1200),
)
# Their type in the shop, and their tags.
SORTED = {
    "meadow-mug": ("Mugs", ["kitchen", "handmade"]),
    "oak-board": ("Cutting boards", ["kitchen", "rustic"]),
    "harbor-scarf": ("Scarves", ["winter", "women"]),
    "beeswax-candle": ("Candles", ["gift"]),
    "pocket-notebook": ("Notebooks", ["paper", "small"]),
}


def stock(domain: str, *, at: datetime) -> None:
    """Put them into a shop that lacks them. Safe to repeat."""
    for handle, title, description, price_minor in GOODS:
        kind, tags = SORTED[handle]
        fields = {"title": title, "description": description, "product_type": kind, "tags": tags}
        product, made = Product.objects.get_or_create(
            domain=domain, handle=handle, defaults={**fields, "created_at": at, "updated_at": at}
        )
        if made:
            Variant.objects.create(product=product, price_minor=price_minor, sku=handle.upper())
