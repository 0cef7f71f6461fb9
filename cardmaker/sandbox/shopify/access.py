"""What an application may read and do, field by field: without its scope Shopify answers null and ACCESS_DENIED.

Source: the scope table of shopify.dev/docs/api/usage/access-scopes and each mutation's page.
"""

from collections.abc import Callable, Collection
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

DOCUMENTATION = "https://shopify.dev/api/usage/access-scopes"
PRODUCTS = "write_products"
SHIPPING_OUT = "write_merchant_managed_fulfillment_orders"
SCOPE_OF = {
    "QueryRoot.product": "read_products",
    "QueryRoot.productByIdentifier": "read_products",
    "QueryRoot.products": "read_products",
    "QueryRoot.publications": "read_publications",
    "QueryRoot.deliveryProfiles": "read_shipping",
    "QueryRoot.order": "read_orders",
    "QueryRoot.orders": "read_orders",
    "QueryRoot.fulfillmentOrder": "read_merchant_managed_fulfillment_orders",
    "Order.fulfillmentOrders": "read_merchant_managed_fulfillment_orders",
    "LineItem.product": "read_products",
    "LineItem.variant": "read_products",
    "Mutation.productSet": PRODUCTS,
    "Mutation.productUpdate": PRODUCTS,
    "Mutation.productDelete": PRODUCTS,
    "Mutation.productVariantsBulkUpdate": PRODUCTS,
    "Mutation.publishablePublish": "write_publications",
    "Mutation.fulfillmentOrderHold": SHIPPING_OUT,
    "Mutation.fulfillmentOrderReleaseHold": SHIPPING_OUT,
    "Mutation.fulfillmentCreate": SHIPPING_OUT,
    "Mutation.fulfillmentTrackingInfoUpdate": SHIPPING_OUT,
    "Mutation.refundCreate": "write_orders",
    "Mutation.orderCancel": "write_orders",
}
# Without its scope Shopify does not deliver a topic either.
SCOPE_OF_TOPICS = {"orders/": "read_orders", "refunds/": "read_orders", "products/": "read_products"} | {
    "fulfillment_orders/": "read_merchant_managed_fulfillment_orders"
}

Resolve = Callable[..., Any]


def allows(granted: Collection[str], scope: str) -> bool:
    """Who may write may read."""
    return scope in granted or scope.replace("read_", "write_", 1) in granted


def delivers(granted: Collection[str], topic: str) -> bool:
    return all(allows(granted, scope) for begin, scope in SCOPE_OF_TOPICS.items() if topic.startswith(begin))


def gate(granted: Collection[str]) -> Resolve:
    """Middleware for `execute`: a field whose scope is not among `granted` is refused before anything is done."""

    def resolve(following: Resolve, root: Any, info: "GraphQLResolveInfo[Any]", **arguments: Any) -> Any:
        scope = SCOPE_OF.get(f"{info.parent_type.name}.{info.field_name}")
        if scope and not allows(granted, scope):
            raise denied(info.field_name, scope)
        return following(root, info, **arguments)

    return resolve


def denied(field: str, scope: str) -> GraphQLError:
    required = f"`{scope}` access scope."
    extensions = {"code": "ACCESS_DENIED", "documentation": DOCUMENTATION, "requiredAccess": required}
    return GraphQLError(f"Access denied for {field} field. Required access: {required}", extensions=extensions)
