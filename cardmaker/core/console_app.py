from django.contrib.admin.apps import AdminConfig


class ConsoleConfig(AdminConfig):
    """Django's admin under our own site, so that its start page can show the business."""

    default_site = "cardmaker.core.console.ConsoleSite"
