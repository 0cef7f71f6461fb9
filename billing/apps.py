from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from billing import alerts
        from cardmaker.core.jobs import register

        register(alerts.SEND_ALERT, alerts.send_alert)
        register(alerts.WATCH_BUDGETS, alerts.watch, every_s=60)
