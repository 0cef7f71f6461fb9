"""Time zones by name: they decide where somebody's days, weeks and months begin."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError


def valid_zone(name: str) -> None:
    """Raises ValidationError for a name the zone database does not know."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as exc:
        raise ValidationError(f"{name} is not a time zone, such as Europe/Paris.") from exc
