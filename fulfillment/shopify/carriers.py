"""Carriers by the names that Shopify recognizes exactly, for its own tracking links and delivery status.

From the schema's FulfillmentTrackingInfo.company, 2026-10. Any other name works too, but only with a link to follow.
"""

SHOPIFY_NAMES = [
    "An Post", "Asendia USA", "Australia Post", "BPost", "Canada Post", "Canpar", "Colissimo", "DHL eCommerce",
    "DHL eCommerce Asia", "DHL Express", "DPD", "DPD Local", "DPD UK", "Deutsche Post", "Evri", "FedEx", "GLS",
    "Japan Post (EN)", "Lasership", "New Zealand Post", "OnTrac", "Pitney Bowes", "PostNL", "Poste Italiane",
    "Purolator", "Royal Mail", "Sendle", "Singapore Post", "Swiss Post", "UPS", "USPS", "Whistl", "YunExpress",
]  # fmt: skip
# What Gooten and Printify write, as far as seen; spelled without case, blanks and marks.
ALIASES = {
    "asendia": "Asendia USA",
    "dhl": "DHL Express",
    "dhlglobalmail": "DHL eCommerce",
    "federalexpress": "FedEx",
    "fedexground": "FedEx",
    "fedexsmartpost": "FedEx",
    "hermes": "Evri",
    "unitedparcelservice": "UPS",
    "unitedstatespostalservice": "USPS",
    "upsground": "UPS",
    "upsmailinnovations": "UPS",
    "uspsfirstclass": "USPS",
    "uspspriority": "USPS",
}


def shopify_carrier(name: str) -> str:
    """Shopify's spelling of a supplier's carrier, or the supplier's own when Shopify knows no such carrier."""
    return _BY_KEY.get(_key(name), name)


def _key(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


_BY_KEY = {_key(name): name for name in SHOPIFY_NAMES} | ALIASES
