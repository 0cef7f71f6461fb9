from django import template
from django.conf import settings

from cardmaker.sandbox.money import decimal

register = template.Library()


@register.filter
def amount(minor: int) -> str:
    """1299 -> "$12.99"."""
    currency = str(settings.CURRENCY)
    return {"USD": "$", "EUR": "€", "GBP": "£"}.get(currency, currency + " ") + decimal(minor)
