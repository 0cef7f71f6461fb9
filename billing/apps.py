from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from billing import alerts, panels
        from cardmaker.core import console
        from cardmaker.core.jobs import register

        register(alerts.SEND_ALERT, alerts.send_alert)
        register(alerts.WATCH_BUDGETS, alerts.watch, every_s=60)
        console.register("admin/panels/gauges.html", panels.gauges, order=20, permission="billing.view_budget")
        console.register(
            "admin/panels/switches.html", panels.kill_switches, order=25, permission="billing.view_guardrails"
        )
        console.register_page(
            "switches/<slug:name>/", panels.throw_switch, name="switch", permission="billing.change_guardrails"
        )
