"""The rows of fulfillment: what can be printed where, what is sold, what was bought, what was printed."""

from fulfillment.models.catalog import ProofRoute, Route, SupplierItem
from fulfillment.models.drafts import Draft
from fulfillment.models.feedback import Feedback, FeedbackEntry
from fulfillment.models.orders import Approval, Order, OrderLine, Transition
from fulfillment.models.printing import FileServe, PrintJob, PrintJobLine, Shipment
from fulfillment.models.privacy import PrivacyRequest
from fulfillment.models.publishing import PublishedPicture
from fulfillment.models.questions import Question
from fulfillment.models.rates import DeliveryOption, ShippingQuote
from fulfillment.models.ratings import RatedPrint, Rating
from fulfillment.models.reading import OrderCursor, ShopPoints
from fulfillment.models.reversals import Cancellation, Refund
from fulfillment.models.selling import Cart, Checkout, Listing, Product

__all__ = [
    "Approval",
    "Cancellation",
    "Cart",
    "Checkout",
    "DeliveryOption",
    "Draft",
    "Feedback",
    "FeedbackEntry",
    "FileServe",
    "Listing",
    "Order",
    "OrderCursor",
    "OrderLine",
    "PrintJob",
    "PrintJobLine",
    "PrivacyRequest",
    "Product",
    "ProofRoute",
    "PublishedPicture",
    "Question",
    "RatedPrint",
    "Rating",
    "Refund",
    "Route",
    "Shipment",
    "ShippingQuote",
    "ShopPoints",
    "SupplierItem",
    "Transition",
]
