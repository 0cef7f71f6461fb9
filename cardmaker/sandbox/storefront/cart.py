"""The theme's Ajax cart: add.js, change.js, update.js, clear.js and cart.js, with the shapes that themes read.

Source: shopify.dev/docs/api/ajax/reference/cart, read November 2026.
"""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from cardmaker.sandbox.models import Cart, Variant
from cardmaker.sandbox.shopify.buying import NotForSale, for_sale, start_cart
from cardmaker.sandbox.shopify.checkout import BadLink, texts

COOKIE = "cart"
MOST_SECTIONS = 5
KEPT_S = 14 * 24 * 3600
Values = dict[str, Any]


class Refusal(Exception):
    """What the cart answers instead: a status with its message and description."""

    def __init__(self, status: int, message: str, description: str) -> None:
        super().__init__(description)
        self.status, self.message, self.description = status, message, description


def cart_of(request: HttpRequest, domain: str) -> Cart | None:
    """The visitor's cart in this shop, unless it became an order."""
    token = request.COOKIES.get(COOKIE, "")
    return Cart.objects.filter(token=token, domain=domain, order=None).first() if token else None


@require_GET
@never_cache
def shown(request: HttpRequest, domain: str) -> HttpResponse:
    return JsonResponse(view(cart_of(request, domain)))


@csrf_exempt
@require_POST
@never_cache
def changed(request: HttpRequest, domain: str, verb: str) -> HttpResponse:
    """One of the four verbs; `sections` asks for fresh HTML of at most five."""
    try:
        given = json.loads(request.body or b"{}")
        sections = _sections(given.get("sections"))
        cart = cart_of(request, domain) or start_cart(domain, [], at=timezone.now())
        answer = VERBS[verb](cart, given)
    except Refusal as refusal:
        facts = {"status": refusal.status, "message": refusal.message, "description": refusal.description}
        return JsonResponse(facts, status=refusal.status)
    except (ValueError, TypeError, AttributeError, BadLink) as exc:
        return JsonResponse({"status": 400, "message": "Bad Request", "description": str(exc)}, status=400)
    if sections:
        answer["sections"] = {name: f'<span class="cart-count">{count_of(cart)}</span>' for name in sections}
    response = JsonResponse(answer)
    response.set_cookie(COOKIE, cart.token, max_age=KEPT_S, samesite="Lax")
    return response


def add(cart: Cart, given: Values) -> Values:
    lines = [_line(cart.domain, each) for each in given.get("items") or [given]]
    for line in lines:
        same = [known for known in cart.lines if _key(known) == _key(line)]
        if same:
            same[0]["quantity"] += line["quantity"]
        else:
            cart.lines.insert(0, line)  # themes show the newest first
    cart.save(update_fields=["lines"])
    return {"items": [_item(line) for line in lines]}


def change(cart: Cart, given: Values) -> Values:
    """By `id` (a line's key or a variant) or by `line`, counted from one. A quantity of 0 removes it."""
    if "line" in given:
        found = cart.lines[int(given["line"]) - 1 : int(given["line"])] if int(given["line"]) > 0 else []
    else:
        found = [line for line in cart.lines if str(given.get("id")) in (_key(line), str(line["variant"]))]
    if not found:
        raise Refusal(400, "no valid id or line parameter", "no valid id or line parameter")
    if "properties" in given:
        found[0]["properties"] = texts(given["properties"])
    if "quantity" in given:
        found[0]["quantity"] = max(0, int(given["quantity"]))
    return _kept(cart)


def update(cart: Cart, given: Values) -> Values:
    """`updates` {key or variant: quantity} or a list in the order of the lines; `note`; `attributes`."""
    updates = given.get("updates") or {}
    if isinstance(updates, list):
        updates = {_key(line): quantity for line, quantity in zip(cart.lines, updates, strict=False)}
    for line in cart.lines:
        wanted = updates.get(_key(line), updates.get(str(line["variant"])))
        if wanted is not None:
            line["quantity"] = max(0, int(wanted))
    cart.note = str(given.get("note", cart.note))
    cart.attributes |= {str(name): str(value) for name, value in (given.get("attributes") or {}).items()}
    return _kept(cart)


def clear(cart: Cart, given: Values) -> Values:
    cart.lines = []
    return _kept(cart)


VERBS = {"add": add, "change": change, "update": update, "clear": clear}


def count_of(cart: Cart | None) -> int:
    return sum(line["quantity"] for line in cart.lines) if cart else 0


def view(cart: Cart | None) -> Values:
    """The cart as cart.js has it; amounts in the currency's smallest unit."""
    items = [_item(line) for line in cart.lines] if cart else []
    total = sum(item["line_price"] for item in items)
    return {
        "token": cart.token if cart else "",
        "note": cart.note if cart else "",
        "attributes": cart.attributes if cart else {},
        "items": items,
        "item_count": count_of(cart),
        "items_subtotal_price": total,
        "total_price": total,
        "original_total_price": total,
        "total_discount": 0,
        "currency": settings.CURRENCY,
        "requires_shipping": bool(items),
    }


def _kept(cart: Cart) -> Values:
    cart.lines = [line for line in cart.lines if line["quantity"]]
    cart.save(update_fields=["lines", "note", "attributes"])
    return view(cart)


def _line(domain: str, given: Values) -> Values:
    try:
        variant = for_sale(domain, given.get("id"))
    except NotForSale as exc:
        raise Refusal(404, "Cart Error", "Cannot find variant") from exc
    quantity = int(given.get("quantity", 1))
    if quantity < 1:
        raise Refusal(422, "Cart Error", "Quantity must be greater than 0")
    return {"variant": variant.number, "quantity": quantity, "properties": texts(given.get("properties") or {})}


def _key(line: Values) -> str:
    """Lines with other properties are other lines."""
    text = json.dumps([line["variant"], line["properties"]], sort_keys=True)
    return f"{line['variant']}:{hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()}"


def _item(line: Values) -> Values:
    variant = Variant.objects.select_related("product").filter(pk=Variant.key_of(line["variant"])).first()
    picture = variant.product.media.filter(status="READY").order_by("position", "pk").first() if variant else None
    price = variant.price_minor if variant else 0
    return {
        "id": line["variant"],
        "variant_id": line["variant"],
        "key": _key(line),
        "quantity": line["quantity"],
        "properties": line["properties"],
        "product_id": variant.product.number if variant else None,
        "product_title": variant.product.title if variant else "No longer available",
        "variant_title": variant.title if variant else "",
        "title": variant.product.title if variant else "No longer available",
        "handle": variant.product.handle if variant else "",
        "sku": variant.sku if variant else "",
        "price": price,
        "final_price": price,
        "line_price": price * line["quantity"],
        "final_line_price": price * line["quantity"],
        "image": f"/sandbox/files/{picture.sha256}/?thumb=1" if picture else None,
        "requires_shipping": True,
    }


def _sections(given: object) -> list[str]:
    names = given.split(",") if isinstance(given, str) else list(given) if isinstance(given, list) else []
    if len(names) > MOST_SECTIONS:
        raise ValueError("At most 5 sections")
    return [str(name) for name in names]
