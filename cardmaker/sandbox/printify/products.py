"""Products: a blueprint with somebody's art on it. What is wrong with the art is told here, before anything is paid."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import PrintifyProduct, PrintifyUpload

from . import events
from .catalog import Offer, offer_of
from .envelope import Body, Call, Refusal, invalid, not_found, page_of, when

PRINT_DPI = 300  # placeholders are sized in pixels at 300 an inch
FIXED = ("blueprint_id", "print_provider_id")


def create(call: Call) -> Body:
    body = call.body
    offer = offer_of(_number(body, "blueprint_id"), _number(body, "print_provider_id"))
    if offer is None:
        raise invalid(8_101, blueprint_id="The blueprint or print provider does not exist.")
    if not str(body.get("title") or ""):
        raise invalid(8_101, title="The title field is required.")
    variants, areas = _variants(body.get("variants"), offer), _areas(body.get("print_areas"), offer)
    _cover_all(variants, areas)
    product = PrintifyProduct.objects.create(
        title=str(body["title"])[:300],
        description=str(body.get("description") or ""),
        tags=[str(tag) for tag in body.get("tags") or []],
        blueprint_id=offer.blueprint_id,
        provider_id=offer.provider_id,
        variants=variants,
        print_areas=areas,
        mockups_at=call.at + timedelta(seconds=mockup_delay_s()),
        created_at=call.at,
        updated_at=call.at,
    )
    events.emit("product:created", product.key, {"shop_id": events.shop_id()}, at=call.at)
    return shown(product)


def change(call: Call) -> Body:
    product, body = row(call), call.body
    if product.locked:
        raise Refusal(400, "Product is locked.", "The product is being published", 8_150)
    if any(body.get(name) not in (None, _own(product)[name]) for name in FIXED):
        raise invalid(8_101, blueprint_id="The blueprint and print provider cannot be changed.")
    offer = offer_of(product.blueprint_id, product.provider_id)
    if offer is None:
        raise invalid(8_101, blueprint_id="The blueprint is no longer offered.")
    if "variants" in body:
        product.variants = _variants(body["variants"], offer)
    if "print_areas" in body:
        product.print_areas = _areas(body["print_areas"], offer)
        product.mockups_at = call.at + timedelta(seconds=mockup_delay_s())
    product.title = str(body.get("title") or product.title)[:300]
    product.updated_at = call.at
    product.save()
    events.emit("product:updated", product.key, {"shop_id": events.shop_id()}, at=call.at)
    return shown(product)


def products(call: Call) -> Body:
    return page_of(call, PrintifyProduct.objects.order_by("-pk"), shown, limit=10, most=100)


def one(call: Call) -> Body:
    return shown(row(call))


def delete(call: Call) -> Body:
    product = row(call)
    product.delete()
    events.emit("product:deleted", product.key, {"shop_id": events.shop_id()}, at=call.at)
    return {}


def publish(call: Call) -> Body:
    """On an API store this does nothing but lock the product and tell: somebody has to answer."""
    product = row(call)
    PrintifyProduct.objects.filter(pk=product.pk).update(locked=True)
    details = dict.fromkeys(("title", "description", "images", "variants", "tags"), True)
    told = {"shop_id": events.shop_id(), "publish_details": details, "action": "create"}
    events.emit("product:publish:started", product.key, {**told, "out_of_stock_publishing": 0}, at=call.at)
    return {}


def published(call: Call) -> Body:
    external = call.body.get("external") or {}
    return _unlocked(call, [external] if external else [])


def unpublished(call: Call) -> Body:
    return _unlocked(call, [])


def row(call: Call) -> PrintifyProduct:
    """The product that the address names. Raises Refusal."""
    return by_key(call.where["key"])


def by_key(key: str) -> PrintifyProduct:
    product = PrintifyProduct.objects.filter(key=key).first()
    if product is None:
        raise not_found("Product")
    return product


def shown(product: PrintifyProduct) -> Body:
    offer = offer_of(product.blueprint_id, product.provider_id)
    return {
        "id": product.key,
        "title": product.title,
        "description": product.description,
        "tags": product.tags,
        "options": [],
        "variants": [_shown_variant(each, offer) for each in product.variants],
        "images": list(_mockups(product)),
        "created_at": when(product.created_at),
        "updated_at": when(product.updated_at),
        "visible": True,
        "is_locked": product.locked,
        "blueprint_id": product.blueprint_id,
        "print_provider_id": product.provider_id,
        "shop_id": int(settings.PRINTIFY_SHOP_ID),
        "print_areas": _shown_areas(product),
        "external": product.external[0] if product.external else None,
        "sales_channel_properties": [],
        "is_printify_express_eligible": False,
        "is_economy_shipping_eligible": True,
    }


def uploads_by_position(product: PrintifyProduct, variant_id: int) -> dict[str, str]:
    """Upload ids of one variant's art."""
    found = {}
    for area in product.print_areas:
        if variant_id in area["variant_ids"]:
            for placeholder in area["placeholders"]:
                found[placeholder["position"]] = placeholder["images"][0]["id"]
    return found


def mockup_delay_s() -> float:
    late = faults.take("printify_late_mockups", "printify")
    return late.value if late else settings.MOCKUP_S


def _unlocked(call: Call, external: list[Any]) -> Body:
    PrintifyProduct.objects.filter(pk=row(call).pk).update(locked=False, external=external)
    return {}


def _own(product: PrintifyProduct) -> dict[str, int]:
    return {"blueprint_id": product.blueprint_id, "print_provider_id": product.provider_id}


def _number(body: Body, name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid(8_101, **{name: "The field is required and must be an integer."})
    return value


def _variants(given: Any, offer: Offer) -> list[Body]:
    if not isinstance(given, list) or not given:
        raise invalid(8_101, variants="At least one variant is required.")
    found = []
    for each in given:
        known = offer.variant(each.get("id"))
        if known is None:
            raise invalid(8_101, variants=f"Variant {each.get('id')} does not exist for this print provider.")
        if not isinstance(each.get("price"), int) or each["price"] < 1:
            raise invalid(8_101, variants="A price in cents is required.")
        sku = str(each.get("sku") or f"{offer.blueprint_id}{known.id:06d}"[-20:])
        enabled = bool(each.get("is_enabled", True))
        found.append({"id": known.id, "price": each["price"], "is_enabled": enabled, "sku": sku})
    return found


def _areas(given: Any, offer: Offer) -> list[Body]:
    if not isinstance(given, list) or not given:
        raise invalid(8_101, print_areas="At least one print area is required.")
    for area in given:
        for placeholder in area.get("placeholders") or []:
            size = offer.size(str(placeholder.get("position")))
            if size is None:
                raise invalid(8_101, print_areas=f"Position {placeholder.get('position')} does not exist.")
            for image in placeholder.get("images") or [{}]:
                _check_image(image, size)
    return list(given)


def _check_image(image: Body, size: tuple[int, int]) -> None:
    if not isinstance(image.get("angle"), int) or isinstance(image["angle"], bool):
        raise invalid(8_101, print_areas="The angle must be an integer.")
    upload = PrintifyUpload.objects.filter(key=str(image.get("id"))).first()
    if upload is None or not upload.width_px:
        raise invalid(8_101, print_areas="An image does not exist.")
    scale = float(image.get("scale") or 0)
    if scale <= 0 or not all(isinstance(image.get(name), int | float) for name in ("x", "y")):
        raise invalid(8_101, print_areas="An image needs x, y and a scale above zero.")
    dpi = PRINT_DPI * upload.width_px / (size[0] * scale)
    if dpi < settings.PRINTIFY_DPI_FLOOR:
        raise Refusal(400, "Validation failed.", "Image has low quality", 8_203)


def _cover_all(variants: list[Body], areas: list[Body]) -> None:
    printed = {variant_id for area in areas for variant_id in area.get("variant_ids") or []}
    if {variant["id"] for variant in variants} != printed:
        raise invalid(8_101, print_areas="Every variant must be in exactly one print area.")


def _shown_variant(given: Body, offer: Offer | None) -> Body:
    known = offer.variant(given["id"]) if offer else None
    return {
        "id": given["id"],
        "sku": given["sku"],
        "cost": known.cost_minor if known else 0,
        "price": given["price"],
        "title": known.title if known else "",
        "grams": 250,
        "is_enabled": given["is_enabled"],
        "is_default": True,
        "is_available": bool(known and known.in_stock),
        "is_printify_express_eligible": False,
        "options": [],
    }


def _shown_areas(product: PrintifyProduct) -> list[Body]:
    rich = faults.take("printify_rich_images", "printify") is not None
    return [
        {
            "variant_ids": area["variant_ids"],
            "placeholders": [
                {"position": each["position"], "images": [_shown_image(image, rich) for image in each["images"]]}
                for each in area["placeholders"]
            ],
            "background": "#ffffff",
        }
        for area in product.print_areas
    ]


def _shown_image(image: Body, rich: bool) -> Body:
    """As it was given; `rich` answers repeat what the upload is."""
    if not rich:
        return image
    upload = PrintifyUpload.objects.get(key=image["id"])
    facts = {"name": upload.file_name, "type": upload.mime_type, "width": upload.width_px, "height": upload.height_px}
    return {**image, **facts}


def _mockups(product: PrintifyProduct) -> Iterable[Body]:
    """One picture a printed position. The addresses are there at once, the pictures later."""
    slug = slugify(product.title) or "product"
    for number, variant in enumerate(product.variants):
        for position in uploads_by_position(product, variant["id"]):
            yield {
                "src": f"{settings.SANDBOX_URL}/printify/mockup/{product.key}/{variant['id']}/{position}/{slug}.jpg",
                "variant_ids": [variant["id"]],
                "position": "front" if number == 0 else "other",
                "is_default": number == 0 and position in {"front", "front_cover"},
                "is_selected_for_publishing": True,
            }
