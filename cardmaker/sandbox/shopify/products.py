"""Products: productSet and its relatives, publishing, and the later fetch of product pictures."""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone
from graphql import GraphQLError

from cardmaker.sandbox import pictures
from cardmaker.sandbox.models import Media, Product, Variant
from cardmaker.sandbox.money import decimal, minor

from . import installs
from .graph import Invalid, Values, connection, mutation, not_found

MAX_CHARS = 255
MAX_SOURCE_CHARS = 2048
MAX_ALT_CHARS = 512
MAX_ITEMS = 250
MAX_VARIANTS = 2048
MAX_PICTURE_BYTES = 20 * pictures.MEBIBYTE
MAX_PICTURE_PX = 20_000_000
ONLINE_STORE, OWN_APP = "gid://shopify/Publication/154800001", "gid://shopify/Publication/154800002"
PUBLICATIONS = {ONLINE_STORE: ("Online Store", "online_store"), OWN_APP: ("Cardmaker", "cardmaker")}
GRAMS = {"GRAMS": 1.0, "KILOGRAMS": 1000.0, "OUNCES": 28.3495, "POUNDS": 453.592}


def find(domain: str, gid: object) -> Product | None:
    return Product.objects.filter(domain=domain, pk=Product.key_of(gid)).first()


def product_set(domain: str) -> Any:
    @mutation
    def resolve(input: Values, identifier: Values | None = None, **_: Any) -> Values:
        _check_sizes(input)
        product = _identified(domain, identifier, input)
        _check(input)
        product = _save(domain, product, input, at=timezone.now())
        return {"product": product_view(product)}

    return resolve


def product_update(domain: str) -> Any:
    @mutation
    def resolve(product: Values, media: list[Values] | None = None, **_: Any) -> Values:
        found = find(domain, product.get("id"))
        if found is None:
            raise Invalid("Product does not exist", ["id"])
        _check_files(media or [])
        _add_media(found, media or [])
        for name, field in (("title", "title"), ("status", "status"), ("vendor", "vendor"), ("tags", "tags")):
            if name in product:
                setattr(found, field, product[name])
        found.updated_at = timezone.now()
        found.save()
        return {"product": product_view(found)}

    return resolve


def product_delete(domain: str) -> Any:
    @mutation
    def resolve(input: Values, **_: Any) -> Values:
        product = find(domain, input["id"])
        if product is None:
            raise Invalid("Product does not exist", ["id"])
        gid, number = product.gid, product.number
        product.delete()
        installs.tell(domain, "products/delete", {"id": number}, subject=gid, at=timezone.now())
        return {"deletedProductId": gid}

    return resolve


def variants_update(domain: str) -> Any:
    """productVariantsBulkUpdate: prices of variants that there are. All or nothing."""

    @mutation
    def resolve(productId: str, variants: list[Values], **_: Any) -> Values:  # noqa: N803 - Shopify's argument name
        product = find(domain, productId)
        if product is None:
            raise Invalid("Product does not exist", ["productId"], "PRODUCT_DOES_NOT_EXIST")
        changed = [_repriced(product, str(index), given) for index, given in enumerate(variants)]
        Product.objects.filter(pk=product.pk).update(updated_at=timezone.now())
        return {"product": product_view(product), "productVariants": [variant_view(variant) for variant in changed]}

    return resolve


def _repriced(product: Product, index: str, given: Values) -> Variant:
    variant = product.variants.filter(pk=Variant.key_of(given.get("id"))).first()
    if variant is None:
        message = "Product variant does not exist"
        raise Invalid(message, ["variants", index, "id"], "PRODUCT_VARIANT_DOES_NOT_EXIST")
    if given.get("price") is not None:
        try:
            variant.price_minor = minor(given["price"])
        except ValueError as exc:
            message = "Price must be greater than or equal to 0"
            raise Invalid(message, ["variants", index, "price"], "NEGATIVE_PRICE_VALUE") from exc
        variant.save(update_fields=["price_minor"])
    return variant


def publish(domain: str) -> Any:
    @mutation
    def resolve(id: str, input: list[Values]) -> Values:
        product = find(domain, id)
        if product is None:
            raise not_found(id)
        wanted = [publication.get("publicationId") for publication in input]
        for index, gid in enumerate(wanted):
            _check_publication(str(index), gid, wanted)
        product.publications = sorted({*product.publications, *wanted})
        product.save(update_fields=["publications"])
        return {"publishable": product_view(product)}

    return resolve


def _check_publication(index: str, gid: str | None, wanted: list[str | None]) -> None:
    where = ["input", index, "publicationId"]
    if not gid:
        raise Invalid("PublicationId cannot be empty", where)
    if gid not in PUBLICATIONS:
        raise Invalid("Publication does not exist or is not publishable", where)
    if wanted.count(gid) > 1:
        raise Invalid("The same publication was specified more than once", where)


def _check_sizes(input: Values) -> None:
    too_many = len(input.get("variants") or []) > MAX_VARIANTS
    if too_many or any(len(input.get(name) or []) > MAX_ITEMS for name in ("files", "metafields", "tags")):
        message = "The input array size is greater than the maximum allowed of 250."
        raise GraphQLError(message, extensions={"code": "MAX_INPUT_SIZE_EXCEEDED"})


def _identified(domain: str, identifier: Values | None, input: Values) -> Product | None:
    """The product an upsert means, or None for a new one."""
    if "id" in input:
        raise Invalid("The id field is not allowed if identifier is provided.", ["input"], "ID_NOT_ALLOWED")
    identifier = identifier or {}
    if "id" in identifier:
        product = find(domain, identifier["id"])
        if product is None:
            raise Invalid("Product does not exist", ["input"], "PRODUCT_DOES_NOT_EXIST")
        return product
    if "handle" not in identifier:
        return None
    if not input.get("handle"):
        raise Invalid(
            "The input field corresponding to the identifier is required.", ["input"], "MISSING_FIELD_REQUIRED"
        )
    if input["handle"] != identifier["handle"]:
        message = "The identifier value does not match the value of the corresponding field in the input."
        raise Invalid(message, ["input"], "INPUT_MISMATCH")
    return Product.objects.filter(domain=domain, handle=handle_of(identifier["handle"])).first()


def _check(input: Values) -> None:
    for name in ("title", "handle", "vendor", "productType"):
        if len(input.get(name) or "") > MAX_CHARS:
            label = {"productType": "Product type"}.get(name, name.capitalize())
            raise Invalid(f"{label} is too long (maximum is 255 characters)", ["input", name], "INVALID_INPUT")
    if "variants" in input and "productOptions" not in input:
        message = "Product options input is required when updating variants"
        raise Invalid(message, ["input"], "PRODUCT_OPTIONS_INPUT_MISSING")
    if "productOptions" in input and "variants" not in input:
        message = "Variants input is required when updating product options"
        raise Invalid(message, ["input", "variants"], "VARIANTS_INPUT_MISSING")
    _check_variants(input.get("variants") or [])
    _check_files(input.get("files") or [])


def _check_variants(variants: list[Values]) -> None:
    seen: set[str] = set()
    for index, variant in enumerate(variants):
        where = ["input", "variants", str(index)]
        title = " / ".join(str(value.get("name")) for value in variant["optionValues"])
        if title in seen:
            message = f"The variant '{title}' already exists. Please change at least one option value."
            raise Invalid(message, where, "INVALID_VARIANT")
        seen.add(title)
        try:
            minor(variant.get("price") or "0")
        except ValueError as exc:
            raise Invalid("Price must be greater than or equal to 0", [*where, "price"], "INVALID_VARIANT") from exc


def _check_files(files: list[Values]) -> None:
    for index, file in enumerate(files):
        where = ["input", "files", str(index)]
        if len(file.get("originalSource") or "") > MAX_SOURCE_CHARS:
            raise Invalid("Original source is too long (maximum is 2048 characters)", where, "INVALID_INPUT")
        if len(file.get("alt") or "") > MAX_ALT_CHARS:
            raise Invalid("The alt value exceeds the maximum limit of 512 characters.", where, "INVALID_INPUT")
        if not str(file.get("originalSource") or "").startswith(("http://", "https://")):
            raise Invalid("Image URL is invalid", where, "INVALID_INPUT")


def handle_of(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _free_handle(domain: str, handle: str) -> str:
    """The handle, numbered when it is taken: a repeated call without identifier makes a second product."""
    free, number = handle, 0
    while Product.objects.filter(domain=domain, handle=free).exists():
        number += 1
        free = f"{handle}-{number}"
    return free


def _save(domain: str, product: Product | None, input: Values, *, at: datetime) -> Product:
    if product is None:
        if not input.get("title"):
            raise Invalid("Title can't be blank", ["input", "title"], "INVALID_PRODUCT")
        handle = _free_handle(domain, handle_of(input.get("handle") or input["title"]))
        product = Product(domain=domain, handle=handle, created_at=at)
    names = {"title": "title", "status": "status", "vendor": "vendor", "productType": "product_type", "tags": "tags"}
    for name, field in {**names, "productOptions": "options", "metafields": "metafields"}.items():
        if name in input:
            setattr(product, field, input[name])
    product.updated_at = at
    product.save()
    if "variants" in input or not product.variants.exists():
        _replace_variants(
            product, input.get("variants") or [{"optionValues": [{"optionName": "Title", "name": "Default Title"}]}]
        )
    if "files" in input:
        _replace_files(product, input["files"])
    return product


def _replace_variants(product: Product, variants: list[Values]) -> None:
    """List fields are replaced as a whole; a variant with the same option values keeps its id."""
    existing = {variant.title: variant for variant in product.variants.all()}
    for position, given in enumerate(variants, start=1):
        options = [
            {"name": str(value.get("optionName")), "value": str(value.get("name"))} for value in given["optionValues"]
        ]
        title = " / ".join(option["value"] for option in options)
        variant = existing.pop(title, None) or Variant(product=product)
        variant.selected_options, variant.position = options, position
        _fill(variant, given)
        variant.save()
    for left_out in existing.values():
        left_out.delete()


def _fill(variant: Variant, given: Values) -> None:
    item = given.get("inventoryItem") or {}
    weight = (item.get("measurement") or {}).get("weight")
    variant.sku = given.get("sku") or item.get("sku") or variant.sku
    if "price" in given:
        variant.price_minor = minor(given["price"])
    variant.requires_shipping = item.get("requiresShipping", variant.requires_shipping)
    variant.tracked = item.get("tracked", variant.tracked)
    if weight:
        variant.grams = round(weight["value"] * GRAMS[weight["unit"]])


def _replace_files(product: Product, files: list[Values]) -> None:
    product.media.all().delete()
    for position, file in enumerate(files, start=1):
        Media.objects.create(
            product=product, position=position, source=file["originalSource"], alt=file.get("alt") or ""
        )


def _add_media(product: Product, media: list[Values]) -> None:
    there = product.media.count()
    for position, file in enumerate(media, start=there + 1):
        Media.objects.create(
            product=product, position=position, source=file["originalSource"], alt=file.get("alt") or ""
        )


def listed(domain: str, query: str | None, *, reverse: bool) -> list[Values]:
    """Products that match `-tag:x` and `title:"x*"`, joined with blanks, or `id:1 OR id:2`; no other conditions."""
    found = Product.objects.filter(domain=domain).order_by("-pk" if reverse else "pk")
    numbers = re.findall(r"\bid:(\d+)", query or "")
    if numbers:
        found = found.filter(pk__in=[int(number) - Product.BASE for number in numbers])
    title = re.search(r'title:"([^"]*)"', query or "")
    if title:
        found = found.filter(title__icontains=title[1].rstrip("*"))
    without = re.findall(r"-tag:(\S+)", query or "")
    return [product_view(product) for product in found if not set(without) & set(product.tags)]


def fetch_picture(media: Media) -> None:
    """Fetch one product picture. Called by the clock, some time after the call that named it."""
    if not Media.objects.filter(pk=media.pk, status="UPLOADED").update(status="PROCESSING"):
        return
    try:
        picture = pictures.fetch(media.source, max_bytes=MAX_PICTURE_BYTES)
        changes = _judged(picture)
    except pictures.Unfetchable as exc:
        changes = {"status": "FAILED", "error_code": "IMAGE_DOWNLOAD_FAILURE", "error_message": str(exc)[:300]}
    Media.objects.filter(pk=media.pk).update(**changes)


def _judged(picture: pictures.Picture) -> dict[str, Any]:
    if picture.width_px * picture.height_px > MAX_PICTURE_PX:
        message = "Image exceeds 20 megapixels"
        return {"status": "FAILED", "error_code": "INVALID_IMAGE_RESOLUTION", "error_message": message}
    if picture.format not in {"JPEG", "PNG", "GIF", "WEBP", "HEIF"}:
        message = f"{picture.format} is not supported"
        return {"status": "FAILED", "error_code": "UNSUPPORTED_IMAGE_FILE_TYPE", "error_message": message}
    return {"status": "READY", **picture.columns()}


def product_view(product: Product) -> Values:
    published = [
        {"isPublished": True, "publication": publication_view(gid), "publishDate": product.updated_at.isoformat()}
        for gid in product.publications
    ]
    return {
        "__typename": "Product",
        "id": product.gid,
        "legacyResourceId": str(product.number),
        "handle": product.handle,
        "title": product.title,
        "description": product.description,
        "status": product.status,
        "vendor": product.vendor,
        "productType": product.product_type,
        "tags": product.tags,
        "onlineStoreUrl": f"https://{product.domain}/products/{product.handle}"
        if ONLINE_STORE in product.publications
        else None,
        "createdAt": product.created_at.isoformat(),
        "updatedAt": product.updated_at.isoformat(),
        "variants": connection([variant_view(variant) for variant in product.variants.order_by("position", "pk")]),
        "media": connection([_media_view(media) for media in product.media.order_by("position", "pk")]),
        "resourcePublications": connection(published),
        "resourcePublicationsCount": {"count": len(published)},
    }


def variant_view(variant: Variant) -> Values:
    item = {
        "id": f"gid://shopify/InventoryItem/{variant.number + 2_000_000_000_000}",
        "tracked": variant.tracked,
        "requiresShipping": variant.requires_shipping,
    }
    return {
        "id": variant.gid,
        "sku": variant.sku,
        "price": decimal(variant.price_minor),
        "title": variant.title,
        "selectedOptions": variant.selected_options,
        "inventoryItem": item,
    }


def _media_view(media: Media) -> Values:
    errors = [{"code": media.error_code, "message": media.error_message, "details": None}] if media.error_code else []
    return {
        "__typename": "MediaImage",
        "id": media.gid,
        "alt": media.alt,
        "status": media.status,
        "mediaErrors": errors,
    }


def publication_view(gid: str) -> Values:
    title, handle = PUBLICATIONS[gid]
    number = gid.rsplit("/", 1)[1]
    app = {"id": f"gid://shopify/App/{number}", "title": title, "handle": handle}
    catalog = {
        "__typename": "AppCatalog",
        "id": f"gid://shopify/AppCatalog/{number}",
        "title": title,
        "apps": connection([app]),
    }
    return {"id": gid, "autoPublish": False, "catalog": catalog}
