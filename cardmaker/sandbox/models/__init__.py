from .gooten import GootenImage, GootenItem, GootenOrder
from .shopify import (
    Cart,
    Fulfillment,
    FulfillmentOrder,
    FulfillmentOrderLine,
    HeldBy,
    Media,
    Order,
    OrderLine,
    Product,
    Refund,
    Variant,
)
from .wire import ApiCall, Clock, Fault, Webhook

__all__ = [
    "ApiCall",
    "Cart",
    "Clock",
    "Fault",
    "Fulfillment",
    "FulfillmentOrder",
    "FulfillmentOrderLine",
    "GootenImage",
    "GootenItem",
    "GootenOrder",
    "HeldBy",
    "Media",
    "Order",
    "OrderLine",
    "Product",
    "Refund",
    "Variant",
    "Webhook",
]
