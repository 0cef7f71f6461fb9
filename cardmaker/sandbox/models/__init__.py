from .gooten import GootenImage, GootenItem, GootenOrder
from .installs import ConsentCode, Installation, OfflineToken
from .printify import (
    PrintifyArt,
    PrintifyChange,
    PrintifyHook,
    PrintifyLine,
    PrintifyOrder,
    PrintifyProduct,
    PrintifyUpload,
)
from .providers import Generation
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
    "ConsentCode",
    "Fault",
    "Fulfillment",
    "FulfillmentOrder",
    "FulfillmentOrderLine",
    "Generation",
    "GootenImage",
    "GootenItem",
    "GootenOrder",
    "HeldBy",
    "Installation",
    "Media",
    "OfflineToken",
    "Order",
    "OrderLine",
    "PrintifyArt",
    "PrintifyChange",
    "PrintifyHook",
    "PrintifyLine",
    "PrintifyOrder",
    "PrintifyProduct",
    "PrintifyUpload",
    "Product",
    "Refund",
    "Variant",
    "Webhook",
]
