"""What becomes of orders and checkouts when an Account merges, exports or is erased."""

from datetime import datetime
from typing import Any

from accounts.models import Account
from cardmaker.core.jobs import enqueue
from fulfillment.care import feedback
from fulfillment.models import Cart, Checkout, Draft, Feedback, Listing, Order, Question, Rating
from fulfillment.models.orders import OrderQuerySet
from fulfillment.printing import clearing
from fulfillment.sales import delisting


def merge(guest: Account, person: Account, *, at: datetime) -> None:
    """A guest's orders and open checkouts become the person's. Runs inside the merge's transaction."""
    Order.objects.filter(account=guest).update(account=person)
    Checkout.objects.filter(account=guest).update(account=person)
    Cart.objects.filter(account=guest).update(account=person)
    Rating.objects.filter(account=guest).update(account=person)
    Feedback.objects.filter(account=guest).update(account=person)


def export(account: Account) -> dict[str, Any]:
    """The account's orders as plain data."""
    orders = Order.objects.filter(account=account).prefetch_related("lines", "questions").order_by("created_at", "pk")
    written = Feedback.objects.filter(account=account).prefetch_related("entries")
    given = Rating.objects.filter(account=account, rated_at__isnull=False).select_related("order")
    return {
        "orders": [order_facts(order) for order in orders],
        "feedback": [_feedback(each) for each in written.order_by("created_at", "pk")],
        "ratings": [_rating(rating) for rating in given.order_by("rated_at", "pk")],
    }


def erase(account: Account, *, at: datetime) -> None:
    """Forget who and where; what was sold, paid and printed stays for the books.

    An order under way keeps its address until it is over: the buyer has paid for it.
    """
    Cart.objects.filter(account=account).delete()
    Checkout.objects.filter(account=account).delete()
    delisting.delete_now(Listing.objects.filter(product__proof__account=account), at=at)
    for draft in Draft.objects.filter(proof__account=account, proof__lines__isnull=True):
        enqueue(clearing.CLEAR, draft.pk, account_id=account.pk, at=at)
    forget(Order.objects.filter(account=account, state__in=Order.OVER), at=at)
    Order.objects.filter(account=account).exclude(state__in=Order.OVER).update(forget_when_over=True)
    feedback.forget(Feedback.objects.filter(account=account), at=at)
    Rating.objects.filter(account=account).update(comment="", account=None)  # the stars stay and name nobody


def forget(orders: OrderQuerySet, *, at: datetime) -> int:
    """Wipe who and where from these orders for good: later readings do not write it again. Safe to repeat."""
    fresh = orders.filter(forgotten_at__isnull=True)
    Rating.objects.filter(order__in=fresh).update(comment="")
    Question.objects.filter(order__in=fresh).update(text="", answer="")
    return fresh.update(email="", email_key="", address={}, country="", forget_when_over=False, forgotten_at=at)


def order_facts(order: Order) -> dict[str, Any]:
    """What we keep of one order for whoever bought it."""
    return {
        "name": order.name,
        "state": order.state,
        "placed_at": order.placed_at,
        "email": order.email,
        "address": order.address,
        "total": str(order.total),
        "lines": [{"title": line.title, "quantity": line.quantity} for line in order.lines.all()],
        "questions": [{"asked": asked.text, "answered": asked.answer} for asked in order.questions.all()],
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "order": rating.order.name,
        "stars": rating.stars,
        "comment": rating.comment,
        "rated_at": rating.rated_at,
        "changed_at": rating.changed_at,
    }


def _feedback(written: Feedback) -> dict[str, Any]:
    answers = [entry for entry in written.entries.all() if entry.kind == "reply"]
    return {
        "subject": written.subject,
        "message": written.message,
        "email": written.email,
        "reference": written.reference,
        "created_at": written.created_at,
        "answers": [{"text": answer.text, "at": answer.at} for answer in sorted(answers, key=lambda each: each.pk)],
    }
