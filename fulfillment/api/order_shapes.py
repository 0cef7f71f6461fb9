"""What the API shows of orders, in the buyer's words."""

from typing import Any

from rest_framework import serializers

from fulfillment.api.money_shapes import MoneyOut
from fulfillment.api.page_shapes import first_page_link
from fulfillment.models import Order, OrderLine, Shipment

# What the buyer reads; ops see the states themselves.
STATE_TEXTS = {
    "awaiting_payment": "We are waiting for the payment.",
    "received": "We have your order.",
    "held": "We are looking at your order before it is printed.",
    "approved": "Checked. It goes to the printer now.",
    "submitted": "The printer has your order.",
    "in_production": "Your order is being printed.",
    "partly_shipped": "Part of your order is on its way.",
    "shipped": "Your order is on its way.",
    "delivered": "Your order has arrived.",
    "rejected": "We could not print this order.",
    "cancelled": "This order was cancelled.",
    "needs_attention": "We are taking care of a problem with this order.",
    "refunded": "This order was refunded.",
}


class OrderLineOut(serializers.Serializer[OrderLine]):
    title = serializers.CharField()
    quantity = serializers.IntegerField()
    proof = serializers.UUIDField(source="proof_id", allow_null=True)
    digest = serializers.CharField(source="proof_digest")
    preview_url = serializers.SerializerMethodField()

    def get_preview_url(self, line: OrderLine) -> str:
        return first_page_link(line.proof) if line.proof else ""


class ShipmentOut(serializers.Serializer[Shipment]):
    carrier = serializers.CharField()
    tracking_number = serializers.CharField()
    tracking_url = serializers.CharField(allow_blank=True)
    shipped_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)


class StepOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    text = serializers.CharField()


class OrderOut(serializers.Serializer[Order]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=Order.State.choices)
    state_text = serializers.SerializerMethodField()
    placed_at = serializers.DateTimeField(allow_null=True)
    total = MoneyOut()
    lines = OrderLineOut(many=True)
    shipments = serializers.SerializerMethodField()

    def get_state_text(self, order: Order) -> str:
        return STATE_TEXTS.get(order.state, "")

    def get_shipments(self, order: Order) -> list[dict[str, Any]]:
        parcels = [shipment for job in order.print_jobs.all() for shipment in job.shipments.all()]
        return [dict(ShipmentOut(parcel).data) for parcel in sorted(parcels, key=lambda parcel: parcel.shipped_at)]


class OrderDetailOut(OrderOut):
    history = serializers.SerializerMethodField()

    def get_history(self, order: Order) -> list[dict[str, Any]]:
        return [dict(StepOut(step).data) for step in history_of(order)]


def history_of(order: Order) -> list[dict[str, Any]]:
    """The order's own steps, oldest first, in the buyer's words; what is between ops and the printer is left out."""
    steps = [step for step in order.transitions.all() if step.print_job_id is None]
    told = sorted((step for step in steps if step.after in STATE_TEXTS), key=lambda step: (step.at, step.pk))
    first = {"at": order.placed_at or order.created_at, "text": "You placed the order."}
    return [first, *({"at": step.at, "text": STATE_TEXTS[step.after]} for step in told)]
