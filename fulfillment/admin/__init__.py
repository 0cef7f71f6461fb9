"""The ops console's pages for selling and printing. States are read-only: actions make the API's domain calls."""

from fulfillment.admin import catalog, feedback, orders, printing, privacy, ratings, selling

__all__ = ["catalog", "feedback", "orders", "printing", "privacy", "ratings", "selling"]
