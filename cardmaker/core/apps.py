from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cardmaker.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cardmaker.core import console, panels

        console.register("admin/panels/machinery.html", panels.machinery, order=30)
        console.register("admin/panels/funnel.html", panels.funnel, order=40)
        console.register("admin/panels/mails.html", panels.mail_kinds, order=50)
