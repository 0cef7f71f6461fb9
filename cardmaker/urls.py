"""Every address of the web process."""

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from cardmaker.core import links, views


def existing(route: str, module: str) -> list[URLResolver | URLPattern]:
    try:
        found = find_spec(module) is not None
    except ModuleNotFoundError:
        found = False
    return [path(route, include(module))] if found else []


api: list[Any] = [
    *existing("", "accounts.api.urls"),
    *existing("", "designs.api.urls"),
    *existing("", "fulfillment.api.urls"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
]

urlpatterns: list[URLResolver | URLPattern] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("files/<str:token>", links.file_view, name="file"),
    path("api/v1/", include(api)),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    *existing("", "fulfillment.print_urls"),
    *existing("", "accounts.urls"),
    *existing("", "designs.page_urls"),
    *existing("", "fulfillment.page_urls"),
]
if settings.SANDBOX:
    urlpatterns += [path("sandbox/", views.sandbox), path("sandbox/<path:path>", views.sandbox)]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
