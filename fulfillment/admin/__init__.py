"""The ops console's pages for selling and printing. States are read-only: actions make the API's domain calls."""

from fulfillment.admin import catalog, orders, printing, selling

__all__ = ["catalog", "orders", "printing", "selling"]
