from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cardmaker.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cardmaker.core import console, jobs, panels, reckoning

        console.register_needs(panels.needs, order=50, permission="core.view_job")
        console.register_figures(panels.conversion, order=10, permission="core.view_event")
        console.register(
            "admin/panels/funnel.html", panels.funnel, order=60, permission="core.view_event", reckoned=True
        )
        console.register("admin/panels/machinery.html", panels.machinery, order=70, permission="core.view_job")
        console.register("admin/panels/mails.html", panels.mail_kinds, order=80)
        jobs.register(reckoning.RECKON, reckoning.reckon, lane="slow", timeout_s=120, every_s=reckoning.EVERY_S)
