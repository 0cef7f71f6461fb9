"""Gooten's HTTP: `/api/v/5/source/api/<endpoint>/` and `/api/<endpoint>/`, with or without the last slash."""

import json
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import GootenOrder

from . import bodies, changes, placing
from .catalog import COUNTRIES, ITEMS, SHIP_METHODS, Item, Space, ship_method, shipping_minor
from .envelope import Params, Refusal, check_billing_key, check_recipe, money, refused
from .envelope import ignoring_case as member

Body = dict[str, Any]
Handler = Callable[[HttpRequest, Params], Body]


def endpoint(request: HttpRequest, name: str) -> HttpResponse:
    handler = HANDLERS.get((request.method or "GET", name.lower()))
    if handler is None:
        return JsonResponse({"Message": f"No HTTP resource was found for {request.method} {name}"}, status=404)
    params = Params(request)

    def answer() -> HttpResponse:
        try:
            return check_recipe(params) or JsonResponse(handler(request, params))
        except Refusal as refusal:
            return refused(refusal)

    return faults.gate(request, "gooten", f"{request.method} {name.lower()}", answer)


def _json(request: HttpRequest) -> Body:
    try:
        body = json.loads(request.body)
    except ValueError as exc:
        raise Refusal(("", "The request body is no JSON", None)) from exc
    if not isinstance(body, dict):
        raise Refusal(("", "The request body is no object", None))
    return body


def products(request: HttpRequest, params: Params) -> Body:
    names = {item.product_id: item.product for item in ITEMS.values()}
    cheapest = {
        number: min(item.price_minor for item in ITEMS.values() if item.product_id == number) for number in names
    }
    return {
        "Products": [
            {
                "Id": number,
                "UId": name.replace(" ", ""),
                "Name": name,
                "ShortDescription": f"{name} (sandbox)",
                "HasAvailableProductVariants": params.named("countryCode", "US") in COUNTRIES,
                "HasProductTemplates": True,
                "IsFeatured": False,
                "IsComingSoon": False,
                "MaxZoom": 1,
                "RetailPrice": money(cheapest[number]),
                "Info": [],
            }
            for number, name in names.items()
        ],
        "HadError": False,
    }


def product_variants(request: HttpRequest, params: Params) -> Body:
    if params.named("countryCode", "US") not in COUNTRIES:
        return {"ProductVariants": [], "Options": [], "HadError": False}
    found = [item for item in ITEMS.values() if str(item.product_id) == params.named("productId")]
    return {"ProductVariants": [_variant(item) for item in found], "Options": [], "HadError": False}


def _variant(item: Item) -> Body:
    return {
        "Sku": item.sku,
        "MaxImages": len(item.spaces),
        "HasTemplates": True,
        "Options": [{"OptionId": "size", "ValueId": item.size, "Name": "Size", "Value": item.size, "SortValue": "1"}],
        "PriceInfo": money(item.price_minor),
        "PartnerPriceInfo": money(item.price_minor),
    }


def product_templates(request: HttpRequest, params: Params) -> Body:
    item = ITEMS.get(params.named("sku"))
    if item is None:
        raise Refusal(("Sku", "SKU is unknown", params.named("sku")))
    spaces = [_space(space) for space in item.spaces]
    option = {"Name": "Single", "ImageUrl": None, "IsDefault": True, "Category": None, "IsPartnerSpecific": False}
    return {"Options": [{**option, "Spaces": spaces}], "HadError": False}


def _space(space: Space) -> Body:
    layer = {
        "Id": f"{space.id}L",
        "Description": space.description,
        "Type": "Image",
        "ZIndex": 0,
        "X1": space.x1,
        "X2": space.x2,
        "Y1": space.y1,
        "Y2": space.y2,
        "IncludeInPrint": True,
        "FontVAlighment": None,
    }
    return {
        "Id": space.id,
        "Description": space.description,
        "Index": space.index,
        "DefaultRotation": 0,
        "FinalX1": space.x1,
        "FinalX2": space.x2,
        "FinalY1": space.y1,
        "FinalY2": space.y2,
        "Layers": [layer],
    }


def shipping_prices(request: HttpRequest, params: Params) -> Body:
    body = _json(request)
    country = str(member(body, "ShipToCountry") or "")
    items = _known_items(member(body, "Items") or [])
    if country not in COUNTRIES:
        raise Refusal(("ShipToCountry", "We do not ship to this country", country))
    return {
        "Result": [{"SKUs": [item.sku for item, _ in items], "ShipOptions": _ship_options(items, country)}],
        "HadError": False,
    }


def _known_items(given: list[Body]) -> list[tuple[Item, int]]:
    """Catalog items with their quantities. Raises Refusal."""
    if not given:
        raise Refusal(("Items", "At least one item is required", None))
    items = []
    for index, each in enumerate(given):
        item = ITEMS.get(str(member(each, "SKU") or ""))
        if item is None:
            raise Refusal((f"Items[{index}].SKU", "SKU is unknown", member(each, "SKU")))
        items.append((item, int(member(each, "Quantity") or 1)))
    return items


def _ship_options(items: list[tuple[Item, int]], country: str) -> list[Body]:
    return [
        {
            "Id": method.id,
            "MethodType": method.type,
            "Name": method.name,
            "CarrierName": method.carrier,
            "Price": money(sum(shipping_minor(item, method, country) for item, _ in items)),
            "EstBusinessDaysTilDelivery": method.days,
        }
        for method in SHIP_METHODS
        if country in method.countries
    ]


def price(request: HttpRequest, params: Params) -> Body:
    body = _json(request)
    country = str(member(member(body, "ShipToAddress") or {}, "CountryCode") or "US")
    items = _known_items(member(body, "Items") or [])
    method = ship_method(member(member(body, "Items")[0], "ShipType") or "standard", country)
    if method is None:
        raise Refusal(("Items[0].ShipType", "ShipType is not available for this item", None))
    goods = sum(item.price_minor * quantity for item, quantity in items)
    shipping = sum(shipping_minor(item, method, country) for item, _ in items)
    totals = {"Items": money(goods), "Shipping": money(shipping), "Tax": money(0), "Total": money(goods + shipping)}
    return {**totals, "HadCouponApply": False, "HadError": False}


def submit_order(request: HttpRequest, params: Params) -> Body:
    return {"Id": placing.place(_json(request), at=timezone.now()).safe_id}


def read_order(request: HttpRequest, params: Params) -> Body:
    return bodies.order_body(changes.order_of(params), with_images=params.named("withImages").lower() == "true")


def search_orders(request: HttpRequest, params: Params) -> Body:
    check_billing_key(params.named("partnerBillingKey"))
    orders = GootenOrder.objects.order_by("-pk")
    if wanted := params.named("genericValues"):
        orders = orders.filter(source_id=wanted)
    for name in ("lastName", "postalCode", "email"):
        if value := params.named(name):
            orders = orders.filter(**{f"ship_to__{name[0].upper()}{name[1:]}": value})
    pages = Paginator(orders, int(params.named("pageSize", "25")))
    page = pages.get_page(params.named("page", "1"))
    found = [bodies.order_body(order, with_images=False) for order in page]
    return {"Orders": found, "TotalPages": pages.num_pages, "Page": page.number, "HadError": False}


def countries(request: HttpRequest, params: Params) -> Body:
    return {"Countries": [{"Name": name, "Code": code, "IsSupported": True} for code, name in COUNTRIES.items()]}


HANDLERS: dict[tuple[str, str], Handler] = {
    ("GET", "products"): products,
    ("GET", "productvariants"): product_variants,
    ("GET", "producttemplates"): product_templates,
    ("GET", "countries"): countries,
    ("POST", "shippingprices"): shipping_prices,
    ("POST", "price"): price,
    ("POST", "priceestimate"): price,
    ("POST", "orders"): submit_order,
    ("GET", "orders"): read_order,
    ("GET", "ordersearch"): search_orders,
    ("POST", "orderstatus"): changes.change_status,
}
