"""What we push of a product, as pure mappings to ProductSetInput."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cardmaker.core.money import Money

MAX_TEXT = 255  # Shopify refuses longer titles, handles and types
MAX_ALT = 512
FORMAT_OPTION = "Format"


@dataclass(frozen=True, slots=True)
class ProductPush:
    """One product with one variant. `handle` is [a-z0-9-], unguessable for a design; `price` in the shop's currency.

    `image_url` is fetched by Shopify some time later and becomes public: a preview, never a print file.
    """

    handle: str
    title: str
    description: str
    price: Money
    sku: str
    format_title: str
    image_url: str | None
    image_alt: str
    product_type: str
    status: str = "UNLISTED"


@dataclass(frozen=True, slots=True)
class PushedProduct:
    """Keep all three. `publication_gid` is the shop's Online Store, the same for every product of a shop."""

    product_gid: str
    variant_gid: str
    publication_gid: str


def product_set_variables(push: ProductPush) -> dict[str, Any]:
    """An upsert by handle: sent twice it makes one product. Lists replace what was there, so each is sent whole."""
    option_value = {"optionName": FORMAT_OPTION, "name": push.format_title}
    variant = {
        "optionValues": [option_value],
        "price": push.price.decimal(),
        "sku": push.sku,
        "taxable": True,
        "inventoryPolicy": "CONTINUE",
        "inventoryItem": {"tracked": False, "requiresShipping": True},
    }
    product = {
        "handle": push.handle,
        "title": push.title[:MAX_TEXT],
        "descriptionHtml": f"<p>{html.escape(push.description)}</p>" if push.description else "",
        "status": push.status,
        "productType": push.product_type[:MAX_TEXT],
        "tags": [OURS],
        "productOptions": [{"name": FORMAT_OPTION, "position": 1, "values": [{"name": push.format_title}]}],
        "files": _files(push),
        "variants": [variant],
    }
    return {"identifier": {"handle": push.handle}, "input": product}


def variant_gid_of(product: Mapping[str, Any], sku: str) -> str:
    """The variant that carries `sku`. Raises LookupError when the product has none."""
    for node in product["variants"]["nodes"]:
        if node["sku"] == sku:
            return str(node["id"])
    raise LookupError(sku)


def _files(push: ProductPush) -> list[dict[str, str]]:
    if push.image_url is None:
        return []
    return [{"originalSource": push.image_url, "contentType": "IMAGE", "alt": push.image_alt[:MAX_ALT]}]


OWN_PRODUCTS = 100  # of a merchant, shown at a time
OURS = "cardmaker"  # the tag of what we pushed


@dataclass(frozen=True, slots=True)
class OwnProduct:
    """A product that the merchant made, as far as pictures of it need to know."""

    gid: str
    title: str
    handle: str
    description: str
    product_type: str = ""
    tags: tuple[str, ...] = ()


def own_product(node: Mapping[str, Any]) -> OwnProduct:
    words = {"product_type": node["productType"], "tags": tuple(node["tags"])}
    return OwnProduct(node["id"], node["title"], node["handle"], node["description"], **words)


def search_text(text: str) -> str:
    """What somebody typed, as one phrase of Shopify's search: nothing in it acts as an operator."""
    bare = " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())
    return f'title:"{bare}*"' if bare else ""


def media_gid_of(product: Mapping[str, Any], alt: str) -> str | None:
    """The newest media with this alternative text that did not fail."""
    found = [node["id"] for node in product["media"]["nodes"] if node["alt"] == alt and node["status"] != "FAILED"]
    return str(found[-1]) if found else None
