"""The mails about orders and sales with fictional facts, for ops to look at."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from cardmaker.core import mails
from fulfillment.sales import losses


def register_mails() -> None:
    mails.register("order_received", "Order: payment received", _order)
    mails.register("order_shipped", "Order: shipped, with tracking", lambda: _order() | {"shipment": SHIPMENT})
    mails.register("order_delivered", "Order: delivered", _order)
    mails.register("order_rating", "Order: how was it, with stars", lambda: _order() | {"rate_url": _rate_url()})
    mails.register("order_question", "Order: ops ask the buyer", lambda: _order() | {"question": QUESTION})
    mails.register("feedback_reply", "Feedback: our answer", _answer)
    mails.register(losses.MAIL, "Ops: not sold, because it would cost us money", losses.sample)


QUESTION = "Your card says “Hapy birthday”. Shall we print it like that, or do you want to change it first?"
SHIPMENT = {
    "carrier": "USPS",
    "tracking_number": "9400 1000 0000 0000 0000 00",
    "tracking_url": "https://example.com/track",
}


def _answer() -> dict[str, Any]:
    answer = "Thank you for telling us.\n\nWe print it again, on us."
    return {"answer": answer, "message": "One corner was bent.", "url": settings.PUBLIC_URL + reverse("feedback")}


def _rate_url() -> str:
    return settings.PUBLIC_URL + reverse("rate", args=["sample"])


def _order() -> dict[str, Any]:
    lines = {"all": [{"quantity": 1, "title": "Wall calendar 2027"}, {"quantity": 2, "title": "Folded card"}]}
    return {"order": {"name": "#1042", "lines": lines}, "order_url": settings.PUBLIC_URL + reverse("orders")}
