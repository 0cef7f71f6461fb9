from django.apps import AppConfig
from django.conf import settings


class UnguardedConfig(AppConfig):
    name = "fulfillment.torture.unguarded"
    label = "unguarded"

    def ready(self) -> None:
        from fulfillment.torture.unguarded.guards import OFF

        OFF[str(getattr(settings, "TORTURE_UNGUARDED"))]()  # noqa: B009 - only in these settings
