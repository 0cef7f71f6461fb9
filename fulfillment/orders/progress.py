"""An order's state after submission is what its print jobs say."""

from datetime import datetime

from fulfillment.models import Order, PrintJob

J = PrintJob.State
Placed = Order.State
UNDER_WAY = {J.ACCEPTED, J.IN_PRODUCTION, J.PARTLY_SHIPPED, J.SHIPPED, J.DELIVERED}


def follow(order: Order, *, at: datetime) -> None:
    """Move the order to where its jobs are, unless it has news that a person must see first. Safe to repeat."""
    if order.state == Placed.NEEDS_ATTENTION and order.unseen_news():
        return
    to = state_of(_states(list(order.print_jobs.exclude(state=J.CANCELLED))))
    if to and to != order.state:
        order.try_move(to, at=at, note="by its print jobs")


def _states(jobs: list[PrintJob]) -> set[str]:
    """What was delivered says nothing any more once something is printed again."""
    last = max((job.round for job in jobs), default=0)
    return {job.state for job in jobs if job.round == last or job.state != J.DELIVERED}


def state_of(states: set[str]) -> str | None:
    """The order state that a set of job states adds up to; None: nothing to say yet."""
    if not states:
        return None
    if states & {J.NEEDS_ATTENTION, J.REJECTED}:
        return Placed.NEEDS_ATTENTION
    if states == {J.DELIVERED}:
        return Placed.DELIVERED
    if states <= {J.SHIPPED, J.DELIVERED}:
        return Placed.SHIPPED
    if states & {J.PARTLY_SHIPPED, J.SHIPPED, J.DELIVERED}:
        return Placed.PARTLY_SHIPPED
    if J.IN_PRODUCTION in states:
        return Placed.IN_PRODUCTION
    return Placed.SUBMITTED if states <= UNDER_WAY else None
