"""Times on pages: in UTC and saying so, until static/site/moments.js tells them in the reader's zone."""

from datetime import UTC, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def moment(at: datetime) -> SafeString:
    """Day and time: "Nov. 22, 2026, 1:44 a.m. UTC"."""
    at = at.astimezone(UTC)
    said = date_format(at, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" data-moment="time">{} UTC</time>', at.isoformat(), said)


@register.filter
def day(at: datetime) -> SafeString:
    """The day alone, which near midnight is another one elsewhere."""
    at = at.astimezone(UTC)
    said = date_format(at, "DATE_FORMAT")
    return format_html('<time datetime="{}" data-moment="day">{}</time>', at.isoformat(), said)
