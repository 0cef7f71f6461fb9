"""Giving money back: what the shop suggests, and the one plan that is sent under one key. Pure functions."""

from collections.abc import Iterable, Mapping
from typing import Any

from cardmaker.core.money import Money
from fulfillment.shopify.answers import ACCESS_DENIED, ShopifyRejected, UserError

Node = Mapping[str, Any]
MAX_NOTE = 255


class NothingToGiveBack(ShopifyRejected):
    """All that was paid is given back already, or less is left than was asked for."""


def why(refusal: ShopifyRejected) -> str:
    """Shopify's refusal in words that tell ops what to do about it."""
    if ACCESS_DENIED in refusal.codes:
        return "The merchant has not allowed the app to change orders (write_orders). Do it in the Shopify admin."
    return refusal.message


def line_inputs(lines: Iterable[Node]) -> list[dict[str, Any]]:
    """Our lines as RefundLineItemInput; printed to order, nothing goes back on a shelf."""
    return [{"lineItemId": line["line"], "quantity": line["quantity"], "restockType": "NO_RESTOCK"} for line in lines]


def refund_input(
    order_gid: str, suggested: Node, *, lines: Iterable[Node], amount: Money | None, delivery: bool, note: str
) -> dict[str, Any]:
    """RefundInput with the payments that the shop named. Raises NothingToGiveBack.

    The shop writes to the buyer: it is about money, and the money is the shop's.
    """
    wanted = amount if amount is not None else _money(suggested["amountSet"], "shopMoney")
    parts = _taken(suggested["suggestedTransactions"], wanted)
    refund: dict[str, Any] = {
        "orderId": order_gid,
        "note": note[:MAX_NOTE],
        "notify": True,
        "currency": parts[0][1].currency,
        "refundLineItems": line_inputs(lines),
        "transactions": [_transaction(order_gid, payment, money) for payment, money in parts],
    }
    return {**refund, "shipping": {"fullRefund": True}} if delivery else refund


def suggested_lines(suggested: Node) -> list[dict[str, Any]]:
    return [{"line": line["lineItem"]["id"], "quantity": line["quantity"]} for line in suggested["refundLineItems"]]


def _taken(suggested: Iterable[Node], wanted: Money) -> list[tuple[Node, Money]]:
    """So much of each payment, in the shop's order, as far as it can be given back; in the buyer's currency."""
    left, parts = wanted.minor, []
    for payment in suggested:
        most = payment["maximumRefundableSet"] or payment["amountSet"]
        ours, buyers = _money(most, "shopMoney"), _money(most, "presentmentMoney")
        taken = min(left, ours.minor) if ours.currency == wanted.currency else 0
        if taken > 0:
            # To the nearest unit: what the buyer paid in another currency is a matter of the rate of that day.
            parts.append((payment, Money((2 * taken * buyers.minor + ours.minor) // (2 * ours.minor), buyers.currency)))
            left -= taken
    if left > 0 or not parts:
        raise NothingToGiveBack(f"Less than {wanted} is left to give back", errors=[UserError("", "NOTHING_LEFT")])
    return parts


def _transaction(order_gid: str, payment: Node, amount: Money) -> dict[str, Any]:
    parent = (payment["parentTransaction"] or {}).get("id")
    part = {"orderId": order_gid, "kind": "REFUND", "gateway": payment["gateway"] or "", "amount": amount.decimal()}
    return {**part, "parentId": parent} if parent else part


def _money(bag: Node, whose: str) -> Money:
    return Money.parse(bag[whose]["amount"], bag[whose]["currencyCode"])
