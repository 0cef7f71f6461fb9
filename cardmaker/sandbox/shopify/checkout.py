"""The hosted checkout: cart links, the checkout page, paying, the thank-you page."""

import base64
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cardmaker.sandbox.models import Cart, Order, Variant
from cardmaker.sandbox.money import decimal

from .api import shop_view
from .buying import (
    EXAMPLE_ADDRESS,
    EXAMPLE_EMAIL,
    FINANCIAL_STATUSES,
    SHIPPING,
    SOURCES,
    NotForSale,
    Purchase,
    checkout_path,
    discount_percent,
    for_sale,
    pay,
    start_cart,
)
from .graph import Values
from .orders import subtotal_minor, total_minor

MAX_PROPERTIES = 25
LINK_FIELDS = {
    "first_name": "firstName",
    "last_name": "lastName",
    "company": "company",
    "address1": "address1",
    "address2": "address2",
    "city": "city",
    "province": "provinceCode",
    "country": "countryCode",
    "zip": "zip",
}
COUNTRIES = {
    "US": "United States",
    "CA": "Canada",
    "GB": "United Kingdom",
    "AU": "Australia",
    "DE": "Germany",
    "FR": "France",
}


class BadLink(Exception):
    """A cart link or an order by JSON that no shop would understand."""


@require_GET
def permalink(request: HttpRequest, domain: str, items: str) -> HttpResponse:
    """`/cart/<variant>:<qty>,...?properties=...`: make the cart and go to its checkout.

    The properties are the first line's; the others have none.
    """
    try:
        lines = [_link_line(domain, item) for item in items.strip("/").split(",")]
        lines[0]["properties"] = _link_properties(request.GET.get("properties", ""))
    except (BadLink, NotForSale) as exc:
        return _lost(request, domain, str(exc))
    cart = start_cart(
        domain,
        lines,
        at=timezone.now(),
        attributes={key[11:-1]: request.GET[key] for key in request.GET if key.startswith("attributes[")},
        contact=_link_contact(request),
        discount_code=request.GET.get("discount", "").split(",")[0],
        note=request.GET.get("note", ""),
    )
    return HttpResponseRedirect(checkout_path(cart))


def _link_line(domain: str, item: str) -> Values:
    variant_id, _, quantity = item.partition(":")
    if not quantity.isascii() or not quantity.isdecimal() or int(quantity) < 1:
        raise BadLink("The cart link names no quantity")
    return {"variant": for_sale(domain, variant_id).number, "quantity": int(quantity), "properties": {}}


def _link_properties(text: str) -> dict[str, str]:
    """base64url of a JSON object, without padding."""
    if not text:
        return {}
    try:
        properties = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError as exc:
        raise BadLink("The properties of the cart link cannot be read") from exc
    return texts(properties)


def texts(properties: object) -> dict[str, str]:
    """Properties as an object of at most 25 texts; a list of name and value will do. Raises BadLink."""
    if isinstance(properties, list):
        properties = {each.get("name"): each.get("value") for each in properties if isinstance(each, dict)}
    if not isinstance(properties, dict) or len(properties) > MAX_PROPERTIES:
        raise BadLink("Properties are an object of at most 25 texts")
    return {str(name): str(value) for name, value in properties.items()}


def _link_contact(request: HttpRequest) -> dict[str, str]:
    contact = {"email": request.GET.get("checkout[email]", "")}
    for theirs, ours in LINK_FIELDS.items():
        if value := request.GET.get(f"checkout[shipping_address][{theirs}]"):
            contact[ours] = value
    return contact


def _lost(request: HttpRequest, domain: str, message: str) -> HttpResponse:
    context = {"shop": shop_view(domain), "message": message}
    return render(request, "sandbox/lost.html", context, status=404)


@require_http_methods(["GET", "POST"])
def checkout(request: HttpRequest, domain: str, token: str) -> HttpResponse:
    cart = get_object_or_404(Cart, domain=domain, token=token)
    if request.method == "POST":
        return _paid(request, cart)
    if cart.order:
        return HttpResponseRedirect(f"/shopify/{domain}/orders/{cart.order.token}/")
    return _checkout_page(request, cart)


def _paid(request: HttpRequest, cart: Cart) -> HttpResponse:
    as_json = request.content_type == "application/json"
    try:
        given = json.loads(request.body or b"{}") if as_json else request.POST.dict()
        order = pay(cart, _purchase(given, cart), at=timezone.now())
    except (BadLink, NotForSale, ValueError) as exc:
        if as_json:
            return JsonResponse({"error": str(exc)}, status=422)
        return _checkout_page(request, cart, problem=str(exc))
    if as_json:
        return JsonResponse({"order": order_summary(order)}, status=201)
    return HttpResponseRedirect(f"/shopify/{cart.domain}/orders/{order.token}/")


def _checkout_page(request: HttpRequest, cart: Cart, problem: str = "") -> HttpResponse:
    lines = [_shown_line(cart.domain, index, line) for index, line in enumerate(cart.lines)]
    subtotal = sum(line["total_minor"] for line in lines)
    percent = discount_percent(cart.discount_code)
    context = {
        "shop": shop_view(cart.domain),
        "cart": cart,
        "lines": lines,
        "subtotal_minor": subtotal,
        "discount_minor": subtotal * percent // 100,
        "shipping": [{"code": code, "title": title, "minor": minor} for code, (title, minor) in SHIPPING.items()],
        "address": {
            **EXAMPLE_ADDRESS,
            **{name: value for name, value in cart.contact.items() if value and name != "email"},
        },
        "email": cart.contact.get("email") or EXAMPLE_EMAIL,
        "countries": COUNTRIES,
        "financial_statuses": FINANCIAL_STATUSES,
        "problem": problem,
    }
    return render(request, "sandbox/checkout.html", context, status=422 if problem else 200)


def _shown_line(domain: str, index: int, line: Values) -> Values:
    variant = Variant.objects.select_related("product").filter(pk=Variant.key_of(line["variant"])).first()
    picture = variant.product.media.filter(status="READY").order_by("position", "pk").first() if variant else None
    price = variant.price_minor if variant else 0
    return {
        "index": index,
        "title": variant.product.title if variant else "No longer available",
        "variant": variant.title if variant else "",
        "picture": picture.sha256 if picture else "",
        "quantity": line["quantity"],
        "total_minor": price * line["quantity"],
        "visible": {name: value for name, value in line["properties"].items() if not name.startswith("_")},
        "properties": json.dumps(line["properties"], indent=1, ensure_ascii=False),
    }


def _purchase(given: Values, cart: Cart) -> Purchase:
    """The buyer's choices from a form or from JSON; what is missing is the example's. Raises BadLink."""
    purchase = Purchase(email=str(given.get("email") or cart.contact.get("email") or EXAMPLE_EMAIL))
    purchase.address = _address(given, cart)
    purchase.shipping = str(given.get("shipping") or "standard")
    purchase.financial_status = str(given.get("financial_status") or "paid")
    purchase.test = str(given.get("test", "")).lower() in {"true", "on", "1"}
    purchase.discount_percent = int(given.get("discount_percent") or 0)
    purchase.locale = str(given.get("locale") or "en-US")
    purchase.source = str(given.get("source") or "web")
    purchase.properties = _altered(given, len(cart.lines))
    if purchase.source not in SOURCES:
        raise BadLink("Unknown source of an order")
    if purchase.shipping not in SHIPPING or purchase.financial_status not in FINANCIAL_STATUSES:
        raise BadLink("Unknown shipping method or financial status")
    if not 0 <= purchase.discount_percent <= 100:
        raise BadLink("A discount is 0 to 100 percent")
    return purchase


def _address(given: Values, cart: Cart) -> dict[str, str] | None:
    base = {**EXAMPLE_ADDRESS, **{name: value for name, value in cart.contact.items() if value and name != "email"}}
    if "address" in given:
        address = given["address"]
        if address is None:
            return None
        if address.get("countryCode", base["countryCode"]) != base["countryCode"]:
            base["provinceCode"] = ""
        return {**base, **{name: str(value) for name, value in address.items() if name in EXAMPLE_ADDRESS}}
    return {**base, **{name: str(given[name]).strip() for name in EXAMPLE_ADDRESS if name in given}}


def _altered(given: Values, count: int) -> dict[int, dict[str, str]]:
    """Properties changed before paying: a list with one object a line (null: unchanged), or the form's text fields."""
    altered = {}
    for index in range(count):
        field = f"properties-{index}"
        if str(given.get(field) or "").strip():
            altered[index] = texts(json.loads(given[field]))
    for index, properties in enumerate(given.get("properties") or []):
        if properties is not None:
            altered[index] = texts(properties)
    return altered


@require_GET
def thanks(request: HttpRequest, domain: str, token: str) -> HttpResponse:
    order = get_object_or_404(Order, domain=domain, token=token)
    context = {
        "shop": shop_view(domain),
        "order": order,
        "lines": order.lines.order_by("pk"),
        "subtotal_minor": subtotal_minor(order),
        "total_minor": total_minor(order),
        "app_url": settings.APP_URL,
    }
    return render(request, "sandbox/thanks.html", context)


@require_POST
def buy(request: HttpRequest, domain: str) -> HttpResponse:
    """One call from lines to an order: {lines: [{variant_id, quantity, properties}], and what `_purchase` takes}."""
    try:
        given = json.loads(request.body)
        lines = [_json_line(domain, line) for line in given["lines"]]
        attributes = texts(given.get("attributes") or {})
        cart = start_cart(domain, lines, at=timezone.now(), attributes=attributes, note=str(given.get("note") or ""))
        order = pay(cart, _purchase(given, cart), at=timezone.now())
    except (BadLink, NotForSale, ValueError, KeyError, TypeError) as exc:
        return JsonResponse({"error": str(exc)}, status=422)
    return JsonResponse({"order": order_summary(order)}, status=201)


def again(order: Order, given: Values, *, at: datetime) -> Order:
    """The same lines once more by another way: at the till (which asks for no address), or as a draft order."""
    lines = [
        {"variant": line.variant_number, "quantity": line.quantity, "properties": line.properties}
        for line in order.lines.order_by("pk")
    ]
    cart = start_cart(order.domain, lines, at=at)
    without = {"address": None} if given.get("source") == "pos" else {}
    try:
        return pay(cart, _purchase({"email": order.email, **given, **without}, cart), at=at)
    except NotForSale as exc:
        raise BadLink(str(exc)) from exc


def _json_line(domain: str, line: Values) -> Values:
    gid = str(line["variant_id"]).rsplit("/", 1)[-1]
    quantity = int(line.get("quantity", 1))
    if quantity < 1:
        raise BadLink("A quantity is at least 1")
    return {
        "variant": for_sale(domain, gid, channel=None).number,
        "quantity": quantity,
        "properties": texts(line.get("properties") or {}),
    }


def order_summary(order: Order) -> dict[str, Any]:
    return {
        "id": order.gid,
        "number": order.number,
        "name": order.name,
        "domain": order.domain,
        "financial_status": order.financial_status,
        "total": decimal(total_minor(order)),
        "currency": order.currency,
        "thanks_url": f"/shopify/{order.domain}/orders/{order.token}/",
        "app_orders_url": f"{settings.APP_URL}/orders/",
    }
