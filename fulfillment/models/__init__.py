"""The rows of fulfillment: what can be printed where, what is sold, what was bought, what was printed."""

from fulfillment.models.catalog import ProofRoute, Route, SupplierItem
from fulfillment.models.drafts import Draft
from fulfillment.models.orders import Approval, Order, OrderLine, Transition
from fulfillment.models.printing import FileServe, PrintJob, PrintJobLine, Shipment
from fulfillment.models.rates import DeliveryOption, ShippingQuote
from fulfillment.models.selling import Checkout, Listing, Product

__all__ = [
    "Approval",
    "Checkout",
    "DeliveryOption",
    "Draft",
    "FileServe",
    "Listing",
    "Order",
    "OrderLine",
    "PrintJob",
    "PrintJobLine",
    "Product",
    "ProofRoute",
    "Route",
    "Shipment",
    "ShippingQuote",
    "SupplierItem",
    "Transition",
]
