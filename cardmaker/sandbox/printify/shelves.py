"""The catalog's endpoints, v1 and the shipping of v2."""

from .catalog import ABROAD_MINOR, PROVIDERS, Offer, offer_of, offers, shipping_minor
from .envelope import Body, Call, not_found

METHODS = {"standard": 1, "priority": 2, "express": 3, "economy": 4}


def blueprints(call: Call) -> list[Body]:
    return [_blueprint(offer) for offer in {offer.blueprint_id: offer for offer in offers()}.values()]


def blueprint(call: Call) -> Body:
    return _blueprint(_made_of(call)[0])


def blueprint_providers(call: Call) -> list[Body]:
    return [_provider(offer.provider_id) for offer in _made_of(call)]


def providers(call: Call) -> list[Body]:
    return [_provider(number) for number in sorted({offer.provider_id for offer in offers()})]


def provider(call: Call) -> Body:
    number = int(call.where["provider"])
    made = [_blueprint(offer) for offer in offers() if offer.provider_id == number]
    if not made:
        raise not_found("Print provider")
    return {**_provider(number), "blueprints": made}


def variants(call: Call) -> Body:
    """In stock alone, unless asked for all."""
    offer = _offer(call)
    everything = call.param("show-out-of-stock") in {"1", "true"}
    placeholders = [{"position": name, "height": size[1], "width": size[0]} for name, size in offer.spaces]
    return {
        "id": offer.provider_id,
        "title": PROVIDERS[offer.provider_id][0],
        "variants": [
            {"id": each.id, "title": each.title, "options": {"size": each.title}, "placeholders": placeholders}
            for each in offer.variants
            if each.in_stock or everything
        ],
    }


def shipping(call: Call) -> Body:
    offer = _offer(call)
    profiles = [
        {
            "variant_ids": [each.id for each in offer.variants],
            "first_item": _cost(offer.shipping_minor + more),
            "additional_items": _cost(offer.additional_minor),
            "countries": list(group),
        }
        for group, more in ABROAD_MINOR.items()
    ]
    return {"handling_time": {"value": 4, "unit": "day"}, "profiles": profiles}


def shipping_methods(call: Call) -> Body:
    _offer(call)
    links = call.request.path.removesuffix(".json")
    methods = [
        {
            "type": "shipping_method",
            "id": str(number),
            "attributes": {"name": name},
            "links": {"self": f"{links}/{name}.json"},
        }
        for name, number in METHODS.items()
    ]
    return {"data": methods}


def shipping_prices(call: Call) -> Body:
    """v2: one entry for a variant and a country. Economy prices exist here alone."""
    offer, name = _offer(call), call.where["method"]
    if name not in METHODS:
        raise not_found("Shipping method")
    countries = [country for group in ABROAD_MINOR for country in group]
    return {
        "data": [
            _price(offer, variant.id, name, country, number)
            for number, (variant, country) in enumerate((v, c) for v in offer.variants for c in countries)
        ]
    }


def _price(offer: Offer, variant_id: int, method: str, country: str, number: int) -> Body:
    first = shipping_minor(offer, country, 1, method=METHODS[method])
    more = shipping_minor(offer, country, 2, method=METHODS[method]) - first
    attributes = {
        "shippingType": method,
        "country": {"code": country},
        "variantId": variant_id,
        "shippingPlanId": f"plan-{offer.blueprint_id}",
        "handlingTime": {"from": 2, "to": 5},
        "shippingCost": {
            "firstItem": {"amount": first, "currency": "USD"},
            "additionalItems": {"amount": more, "currency": "USD"},
        },
    }
    kind = f"variant_shipping_{method}_{country.lower()}"
    return {"type": kind, "id": f"{offer.blueprint_id}-{number}", "attributes": attributes}


def _made_of(call: Call) -> list[Offer]:
    found = [offer for offer in offers() if offer.blueprint_id == int(call.where["blueprint"])]
    if not found:
        raise not_found("Blueprint")
    return found


def _offer(call: Call) -> Offer:
    offer = offer_of(int(call.where["blueprint"]), int(call.where["provider"]))
    if offer is None:
        raise not_found("Blueprint or print provider")
    return offer


def _cost(cents: int) -> Body:
    return {"cost": cents, "currency": "USD"}


def _blueprint(offer: Offer) -> Body:
    return {
        "id": offer.blueprint_id,
        "title": offer.title,
        "description": f"{offer.title} (sandbox)",
        "brand": "Generic brand",
        "model": str(offer.blueprint_id),
        "images": [],
    }


def _provider(number: int) -> Body:
    title, country = PROVIDERS[number]
    place = {"address1": "1 Press Lane", "address2": None, "city": "Example", "region": "", "zip": "00000"}
    return {"id": number, "title": title, "location": {**place, "country": country}}
