"""The ops console: Django's admin with a start page of what needs a person now. Each app hangs up its own panels."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone


@dataclass(frozen=True)
class Panel:
    """One part of the start page: a template and the function that fills it. `order` sorts, lowest first.

    With a `permission` only who has it gets the panel, and only for them it is filled.
    """

    order: int
    template: str
    facts: Callable[[datetime], dict[str, Any]]
    permission: str = ""


PANELS: list[Panel] = []


def register(template: str, facts: Callable[[datetime], dict[str, Any]], *, order: int, permission: str = "") -> None:
    """Hang a panel up, in `AppConfig.ready()`."""
    PANELS.append(Panel(order, template, facts, permission))


class ConsoleSite(AdminSite):
    site_header = "Cardmaker console"
    site_title = "Cardmaker console"
    index_title = "What needs a person now"
    index_template = "admin/console_index.html"

    def get_urls(self) -> list[URLResolver | URLPattern]:
        from cardmaker.core import mail_views

        own = [
            path("mails/", self.admin_view(mail_views.mail_list), name="mails"),
            path("mails/<slug:name>/", self.admin_view(mail_views.mail_detail), name="mail"),
            path("mails/<slug:name>/html/", self.admin_view(mail_views.mail_html), name="mail_html"),
        ]
        return [*own, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        now = timezone.now()
        panels = [
            {"template": panel.template, "facts": panel.facts(now)}
            for panel in sorted(PANELS, key=lambda panel: panel.order)
            if not panel.permission or request.user.has_perm(panel.permission)
        ]
        return super().index(request, {**(extra_context or {}), "panels": panels})
