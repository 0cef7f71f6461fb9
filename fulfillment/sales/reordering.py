"""The same card again: from the stored print files when nothing about its Route changed."""

from datetime import datetime

from cardmaker.core.errors import Refused
from fulfillment.models import Checkout, Order
from fulfillment.sales import selling


class CannotReorder(Refused):
    """The files are gone or the printer has changed: the design needs a new proof."""

    code = "needs_new_proof"


def reorder(order: Order, *, at: datetime) -> Checkout:
    """Start a checkout for the first line of an earlier order. Raises CannotReorder."""
    ours = order.lines.filter(problem="", proof__isnull=False, product__isnull=False)
    line = ours.select_related("proof__route__item").first()
    if line is None or line.proof is None or line.product is None or order.account is None:
        raise CannotReorder("This order has no card that could be printed again.")
    item = line.proof.route.item
    unchanged = item.active and item.print_spec_id == line.proof.print_spec_id and item.serves(line.proof.country)
    if not unchanged or not all(file.file for file in line.proof.files.all()):
        raise CannotReorder("Please look at a new proof first.", details={"design": str(line.proof.design_id)})
    # The buyer accepted the warnings and the dates of these very files before, and said whether the shop may show them.
    before = line.product.checkouts.order_by("-created_at").first()
    shows_design = before is not None and before.shows_design
    purchase = selling.Purchase(
        max(line.quantity, 1), shows_design=shows_design, accepts_warnings=True, confirms_dates=True
    )
    return selling.start_checkout(line.proof, purchase, account=order.account, shop=order.shop, at=at)
