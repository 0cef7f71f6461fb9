"""The two GraphQL endpoints: token, points, faults, execution, error codes."""

import json
import logging
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    execute_sync,
    parse,
    validate,
)
from graphql.execution.values import get_variable_values

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import Product

from . import access, buying, delivery, fulfillments, installs, orders, products, reversals
from .graph import Bucket, Values, connection, requested_cost, schema

log = logging.getLogger(__name__)
SCOPES = (
    "write_products",
    "read_publications",
    "write_publications",
    "read_orders",
    "write_orders",
    "write_merchant_managed_fulfillment_orders",
    "read_shipping",
    "write_app_proxy",
)
OTHER_VERSION = "2027-01"
# What an app without the approval for protected customer data gets as null, with an error beside it.
PROTECTED = ("email", "phone", "shippingAddress")
buckets: dict[str, Bucket] = {}


@require_POST
def admin(request: HttpRequest, domain: str, version: str) -> HttpResponse:
    if not installs.opens(domain, request.headers.get("X-Shopify-Access-Token", ""), at=timezone.now()):
        message = "[API] Invalid API key or access token (unrecognized login or wrong password)"
        return JsonResponse({"errors": message}, status=401)
    scopes = installs.granted(domain)
    granted = SCOPES if scopes is None else scopes
    bucket = buckets.setdefault(domain, Bucket())
    response = _call(request, _Api("admin", _admin_root(domain, granted), bucket, access.gate(granted)))
    # A version that is no longer served falls forward; the header tells which one ran.
    fallen_forward = faults.take("shopify_other_version", "shopify") is not None
    response["X-Shopify-API-Version"] = OTHER_VERSION if fallen_forward else settings.SHOPIFY_API_VERSION
    response["X-Request-ID"] = str(uuid.uuid4())
    return response


@require_POST
def storefront(request: HttpRequest, domain: str, version: str) -> HttpResponse:
    return _call(request, _Api("storefront", {"cartCreate": buying.cart_create(domain, request)}))


@dataclass(frozen=True)
class _Api:
    """What one call may reach. `bucket`: what pays for it; `gate`: what stands before each field."""

    name: str
    root: Values
    bucket: Bucket | None = None
    gate: access.Resolve | None = None


def _call(request: HttpRequest, api: _Api) -> HttpResponse:
    try:
        call = json.loads(request.body)
        document = _parsed(call["query"])
        operation = _operation(document, call.get("operationName"))
    except (ValueError, KeyError, TypeError) as exc:
        return JsonResponse({"errors": f"Required parameter missing or invalid: {exc}"}, status=400)
    except GraphQLError as exc:
        return JsonResponse({"errors": [{"message": exc.message}]})
    name = ",".join(node.name.value for node in operation.selection_set.selections if isinstance(node, FieldNode))

    def answer() -> HttpResponse:
        return JsonResponse(_answer(api, document, operation, call.get("variables") or {}))

    return faults.gate(request, "shopify", name, answer)


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    for each in operations:
        if (each.name and each.name.value == name) or (not name and len(operations) == 1):
            return each
    raise GraphQLError("No operation named " + repr(name))


def _answer(api: _Api, document: DocumentNode, operation: OperationDefinitionNode, variables: Values) -> Values:
    errors = _refused(api.name, document, operation, variables)
    if errors:
        return {"errors": errors}
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    points, name = requested_cost(operation, fragments), operation.name.value if operation.name else ""
    if not _pays(api.bucket, points, name):
        throttled = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
        return {"errors": [throttled], **_cost(points, None, api.bucket)}
    result = execute_sync(
        schema(api.name),
        document,
        root_value=api.root,
        variable_values=variables,
        operation_name=name or None,
        middleware=[api.gate] if api.gate else None,
    )
    answer: Values = {"data": result.data}
    if result.errors:
        answer["errors"] = [_error(error) for error in result.errors]
    if api.name == "admin" and (result.data or {}).get("order") and faults.take("shopify_withheld", "shopify", name):
        _withhold(answer)
    return {**answer, **_cost(points, points, api.bucket)}


def _pays(bucket: Bucket | None, points: int, name: str) -> bool:
    if bucket and (small := faults.take("shopify_small_bucket", "shopify")):
        bucket.drain(to=small.value)
    return not faults.take("throttled", "shopify", name) and (bucket is None or bucket.spend(points))


def _withhold(answer: Values) -> None:
    """Null what names a person, and say so: the rest of the answer is whole."""
    hidden = [field for field in PROTECTED if field in answer["data"]["order"]]
    answer["data"]["order"].update(dict.fromkeys(hidden))
    message = "This app is not approved to access protected customer data."
    denied = [
        {"message": message, "path": ["order", field], "extensions": {"code": "ACCESS_DENIED"}} for field in hidden
    ]
    answer["errors"] = [*answer.get("errors", []), *denied]


def _refused(api: str, document: DocumentNode, operation: OperationDefinitionNode, variables: Values) -> list[Values]:
    """What the schema has against the document or its variables; nothing runs then."""
    invalid = _invalid(api, document)
    if invalid:
        return [{"message": message, "extensions": {"code": "undefinedField"}} for message in invalid]
    values = get_variable_values(schema(api), operation.variable_definitions or (), variables)
    if isinstance(values, list):
        return [{"message": error.message, "extensions": {"code": "INVALID_VARIABLE"}} for error in values]
    return []


# The client sends some two dozen documents, over and over: to hold one against the schema takes longer than to answer.
@lru_cache(maxsize=100)
def _parsed(text: str) -> DocumentNode:
    return parse(text)


@lru_cache(maxsize=100)
def _invalid(api: str, document: DocumentNode) -> tuple[str, ...]:
    return tuple(error.message for error in validate(schema(api), document))


def _error(error: GraphQLError) -> Values:
    if error.original_error is not None and not isinstance(error.original_error, GraphQLError):
        log.error("A resolver failed", exc_info=error.original_error)
        message = f"Internal error. Looks like something went wrong on our end. Request ID: {uuid.uuid4()}"
        return {"message": message, "extensions": {"code": "INTERNAL_SERVER_ERROR"}}
    return {"message": error.message, "path": error.path, "extensions": error.extensions or {}}


def _cost(requested: int, actual: int | None, bucket: Bucket | None) -> Values:
    if bucket is None:
        return {}
    cost = {"requestedQueryCost": requested, "actualQueryCost": actual, "throttleStatus": bucket.status()}
    return {"extensions": {"cost": cost}}


def _admin_root(domain: str, granted: Collection[str]) -> Values:
    return {
        "shop": shop_view(domain),
        "currentAppInstallation": {
            "id": "gid://shopify/AppInstallation/530100001",
            "accessScopes": [{"handle": scope, "description": scope} for scope in granted],
        },
        "product": lambda _info, **named: _product(domain, named),
        "productByIdentifier": lambda _info, identifier: _product(domain, identifier),
        "deliveryProfiles": connection(delivery.profiles),
        "publications": connection([products.publication_view(gid) for gid in products.PUBLICATIONS]),
        "order": lambda _info, **named: _order(domain, named["id"]),
        "orders": _orders(domain),
        "products": _products(domain),
        "productSet": products.product_set(domain),
        "productUpdate": products.product_update(domain),
        "productDelete": products.product_delete(domain),
        "publishablePublish": products.publish(domain),
        "fulfillmentOrderHold": fulfillments.hold(domain),
        "fulfillmentOrderReleaseHold": fulfillments.release(domain),
        "fulfillmentCreate": fulfillments.create(domain),
        "fulfillmentTrackingInfoUpdate": fulfillments.update_tracking(domain),
        "fulfillmentOrder": lambda _info, **named: fulfillments.shown(domain, named["id"]),
        "productVariantsBulkUpdate": products.variants_update(domain),
        "refundCreate": reversals.refund_create(domain),
        "orderCancel": reversals.order_cancel(domain),
    }


def shop_view(domain: str) -> Values:
    return {
        "id": f"gid://shopify/Shop/{installs.shop_number(domain)}",
        "name": installs.shop_name(domain),
        "myshopifyDomain": domain,
        "currencyCode": settings.CURRENCY,
        "ianaTimezone": "America/New_York",
        "primaryDomain": {"id": "gid://shopify/Domain/1", "url": f"{settings.SANDBOX_URL}/shopify/{domain}"},
        "shopAddress": {"id": "gid://shopify/ShopAddress/1", "countryCodeV2": "US"},
        "plan": {"publicDisplayName": "Sandbox", "partnerDevelopment": True, "shopifyPlus": False},
    }


def _product(domain: str, identifier: Values) -> Values | None:
    if "id" in identifier:
        product = products.find(domain, identifier["id"])
    else:
        product = Product.objects.filter(domain=domain, handle=identifier["handle"]).first()
    return products.product_view(product) if product else None


def _order(domain: str, gid: str) -> Values | None:
    order = orders.order_of(domain, gid)
    return orders.order_view(order) if order else None


def _products(domain: str) -> Callable[..., Any]:
    def resolve(info: object, *, query: str | None = None, reverse: bool = False, **page: Any) -> Values:
        found: Values = connection(products.listed(domain, query, reverse=reverse))(info, **page)
        return found

    return resolve


def _orders(domain: str) -> Callable[..., Any]:
    def resolve(info: object, *, query: str | None = None, reverse: bool = False, **page: Any) -> Values:
        nodes = orders.listed(domain, query, page.pop("sortKey"), reverse=reverse)
        found: Values = connection(nodes)(info, **page)
        return found

    return resolve
