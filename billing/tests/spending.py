from billing.budget import Spend
from billing.models import Budget


def spend(amount, **fields):
    return Spend("sketch", "sketch-1", 1, "request-1", amount, **fields)


def committed(meter="ai"):
    """(scope, spent, reserved) of every budget of the meter, in a fixed order."""
    rows = Budget.objects.filter(meter=meter).order_by("scope", "period", "pk")
    return list(rows.values_list("scope", "spent_micros", "reserved_micros"))


def all_scopes(spent, reserved):
    return [(scope, spent, reserved) for scope in ("account", "platform", "shop")]
