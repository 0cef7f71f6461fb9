"""What a description says about a product: its kind, materials, colors, features, for whom. No model, no Django.

A first reading, made to be corrected: it names what is written and invents nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

LONGEST_TEXT = 60  # characters of one attribute
MOST = 6  # of one list
# Longest names first where one is part of another: "phone case" before "case".
CATEGORIES = (
    "phone case", "cutting board", "picture frame", "tote bag", "throw pillow", "water bottle", "wall clock",
    "desk lamp", "greeting card", "gift box", "yoga mat", "teapot", "backpack", "necklace", "earrings", "bracelet",
    "notebook", "cushion", "pillow", "blanket", "candle", "coaster", "planter", "poster", "puzzle", "hoodie",
    "t-shirt", "sweater", "scarf", "apron", "towel", "bottle", "basket", "lantern", "stool", "chair", "table",
    "shelf", "mirror", "clock", "jewelry", "ring", "watch", "wallet", "belt", "shoes", "boots", "socks", "mittens",
    "gloves", "hat", "cap", "dress", "shirt", "jacket", "coat", "soap", "cream", "perfume", "tea", "coffee",
    "chocolate", "cookies", "honey", "jam", "wine", "beer", "toy", "doll", "teddy bear", "ball", "kite", "guitar",
    "drum", "book", "journal", "pen", "pencil", "calendar", "sticker", "print", "plate", "bowl", "vase", "mug",
    "cup", "jug", "pot", "pan", "knife", "spoon", "lamp", "rug", "quilt", "bag", "box", "case", "tent", "bicycle",
    "umbrella", "sunglasses", "headphones", "speaker", "phone", "bird house", "leash", "collar",
)  # fmt: skip
MATERIALS = (
    "stainless steel", "ceramic", "porcelain", "stoneware", "earthenware", "terracotta", "glass", "crystal", "oak",
    "walnut", "bamboo", "beech", "maple", "pine", "olive wood", "wood", "cork", "leather", "suede", "cotton",
    "linen", "wool", "merino", "cashmere", "silk", "velvet", "felt", "denim", "canvas", "jute", "rattan", "wicker",
    "silver", "gold", "brass", "copper", "steel", "iron", "enamel", "aluminum", "marble", "granite", "concrete",
    "clay", "paper", "cardboard", "beeswax", "soy wax", "wax", "resin", "acrylic", "rubber", "silicone", "plastic",
    "polyester",
)  # fmt: skip
COLORS = (
    "navy blue", "sky blue", "forest green", "olive green", "sage green", "mint green", "burgundy", "turquoise",
    "teal", "navy", "blue", "green", "sage", "mint", "olive", "yellow", "mustard", "ochre", "orange", "coral",
    "peach", "red", "pink", "rose", "purple", "lavender", "lilac", "violet", "brown", "beige", "tan", "cream",
    "ivory", "white", "gray", "grey", "charcoal", "black", "golden", "silvery", "multicolored", "rainbow",
)  # fmt: skip
FEATURES = (
    "handmade", "hand-painted", "hand-thrown", "hand-knitted", "hand-carved", "hand-poured", "personalized",
    "engraved", "embroidered", "quilted", "striped", "dotted", "checked", "floral", "geometric", "speckled",
    "glazed", "matte", "glossy", "polished", "brushed", "vintage", "minimalist", "rustic", "modern", "waterproof",
    "organic", "recycled", "vegan", "scented", "foldable", "stackable", "lightweight", "large", "small", "round",
    "square", "oval", "tall",
)  # fmt: skip
AUDIENCES = {
    "for babies": ("baby", "babies", "newborn", "infant"),
    "for children": ("child", "children", "kids", "kid", "toddler", "nursery"),
    "for dogs": ("dog", "dogs", "puppy"),
    "for cats": ("cat", "cats", "kitten"),
    "for women": ("women", "woman", "her", "ladies"),
    "for men": ("men", "man", "him", "gentlemen"),
    "for families": ("family", "families"),
}


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the pictures have to show. Everything may be empty: then the name alone says it."""

    category: str = ""
    materials: list[str] = field(default_factory=list)
    colors: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)
    audience: str = ""

    def stored(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)


def extract(name: str, description: str, words: str = "") -> Attributes:
    """Read the texts; what stands in the name comes first, `words` of the shop's own order last. Nothing is guessed."""
    text = f"{name}\n{description}\n{words}"
    materials = _named(text, MATERIALS)
    return Attributes(
        category=next((found[0] for each in (name, words, description) if (found := _named(each, CATEGORIES))), ""),
        materials=materials[:MOST],
        colors=[color for color in _named(text, COLORS) if color not in materials][:MOST],
        features=_named(text, FEATURES)[:MOST],
        audience=_audience(text),
    )


def subject_of(name: str, attributes: Mapping[str, Any]) -> str:
    """The product in one phrase, as a picture shows it: "handmade, blue ceramic mug". Numbers and sizes stay out."""
    thing = str(attributes.get("category") or "") or _bare(name)
    described = [*_list(attributes, "colors")[:2], *_list(attributes, "materials")[:2]]
    words = " ".join([word for word in described if not _says(thing, word)] + [thing])
    features = [feature for feature in _list(attributes, "features")[:2] if not _says(words, feature)]
    return ", ".join([*features, words]) if features else words


def _named(text: str, known: Sequence[str]) -> list[str]:
    """Those that stand in the text as whole words, in the order of the text; "blue" not again inside "navy blue"."""
    found: dict[str, int] = {}
    left = text.casefold()
    for name in known:
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?:e?s)?(?![\w-])")
        match = pattern.search(left)
        if match:
            found[name] = match.start()
            left = pattern.sub(lambda taken: " " * len(taken.group()), left)
    return sorted(found, key=lambda name: found[name])


def _audience(text: str) -> str:
    words = set(re.findall(r"[a-z]+", text.casefold()))
    return next((audience for audience, signs in AUDIENCES.items() if words & set(signs)), "")


def _list(attributes: Mapping[str, Any], name: str) -> list[str]:
    return [str(value) for value in attributes.get(name, [])]


def _says(text: str, word: str) -> bool:
    return word.casefold() in text.casefold()


def _bare(name: str) -> str:
    """A name without what no picture shows: numbers, units, brackets, what follows a dash."""
    first = re.split(r"\s[–—|-]\s|[(\[]", name)[0]
    words = [word for word in first.split() if not any(letter.isdigit() for letter in word)]
    return " ".join(words).strip(" ,.;:") or name
