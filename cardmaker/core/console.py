"""The ops console: Django's admin with a start page of what needs a person now.

Each app hangs up its own parts in `AppConfig.ready()`: needs (counts of what waits), panels (a template and what fills
it), figures (with goal and chart) and pages of its own. Who may not see a part does not get it, and no query is made
for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, path, reverse
from django.utils import timezone

from cardmaker.core.figures import Figure

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Need:
    """So many things wait for a person. `urgent`: something is broken, and does not just want a decision."""

    title: str
    count: int
    url: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the start page: a template and the function that fills it. `order` sorts, lowest first.

    With a `permission` only who has it gets the panel, and only for them it is filled. `reckoned`: its facts are plain
    data that a job reckons every few minutes.
    """

    order: int
    template: str
    facts: Callable[[datetime], dict[str, Any]]
    permission: str = ""
    reckoned: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A function of the moment that answers needs or figures."""

    order: int
    answer: Callable[[datetime], Sequence[Any]]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the console that is no list of rows. `name` is its address's name, below `admin:`."""

    route: str
    view: View
    name: str
    permission: str


PANELS: list[Panel] = []
NEEDS: list[Source] = []
FIGURES: list[Source] = []
PAGES: list[Page] = []


def register(
    template: str,
    facts: Callable[[datetime], dict[str, Any]],
    *,
    order: int,
    permission: str = "",
    reckoned: bool = False,
) -> None:
    """Hang a panel up, in `AppConfig.ready()`."""
    PANELS.append(Panel(order, template, facts, permission, reckoned))


def register_needs(needs: Callable[[datetime], Sequence[Need]], *, order: int, permission: str = "") -> None:
    """Name what may wait for a person. Counts of nought are shown as such: quiet is news too."""
    NEEDS.append(Source(order, needs, permission))


def register_figures(figures: Callable[[datetime], Sequence[Figure]], *, order: int, permission: str = "") -> None:
    """Name figures. The function answers all of its own; a job calls it every few minutes."""
    FIGURES.append(Source(order, figures, permission))


def register_page(route: str, view: View, *, name: str, permission: str) -> None:
    """Add a page for staff who have `permission`; others get 403, strangers the log-in."""
    PAGES.append(Page(route, view, name, permission))


def list_of(model: str, query: str = "") -> str:
    """The address of a list, "app_model"; the start page while nobody has made that list."""
    try:
        return reverse(f"admin:{model}_changelist") + (f"?{query}" if query else "")
    except NoReverseMatch:
        return reverse("admin:index")


class ConsoleSite(AdminSite):
    site_header = "Cardmaker console"
    site_title = "Cardmaker console"
    index_title = "What needs a person now"
    index_template = "admin/console_index.html"
    enable_nav_sidebar = False  # the head of every page leads to what ops use; lists and proofs need the room

    def get_urls(self) -> list[URLResolver | URLPattern]:
        from cardmaker.core import mail_views

        own = [
            path("mails/", self.admin_view(mail_views.mail_list), name="mails"),
            path("mails/<slug:name>/", self.admin_view(mail_views.mail_detail), name="mail"),
            path("mails/<slug:name>/html/", self.admin_view(mail_views.mail_html), name="mail_html"),
            *(path(page.route, self.admin_view(_guarded(page)), name=page.name) for page in PAGES),
        ]
        return [*own, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from cardmaker.core import reckoning

        now = timezone.now()
        panels = [panel for panel in sorted(PANELS, key=lambda panel: panel.order) if _may(request, panel.permission)]
        sources = [each for each in sorted(FIGURES, key=lambda each: each.order) if _may(request, each.permission)]
        known = reckoning.latest([*(panel for panel in panels if panel.reckoned), *sources], at=now)
        context = {
            "needs": _needs(request, now),
            "panels": [
                {"order": panel.order, "template": panel.template, "facts": known.facts(panel) or panel.facts(now)}
                for panel in panels
            ],
            "figures": known.figures(),
            "reckoned_at": known.at,
        }
        return super().index(request, {**(extra_context or {}), **context})


def _needs(request: HttpRequest, now: datetime) -> list[Need]:
    allowed = [source for source in NEEDS if _may(request, source.permission)]
    return [need for source in sorted(allowed, key=lambda source: source.order) for need in source.answer(now)]


def _may(request: HttpRequest, permission: str) -> bool:
    return not permission or request.user.has_perm(permission)


def _guarded(page: Page) -> View:
    from django.contrib.auth.decorators import permission_required

    return permission_required(page.permission, raise_exception=True)(page.view)
