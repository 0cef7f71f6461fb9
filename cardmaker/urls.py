"""Every address of the web process."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

from cardmaker.core import api_docs, links, views

api: list[URLResolver | URLPattern] = [
    path("", include("accounts.api.urls")),
    path("", include("designs.api.urls")),
    path("", include("fulfillment.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", api_docs.page, name="docs"),
]

urlpatterns: list[URLResolver | URLPattern] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("files/<str:token>", links.file_view, name="file"),
    path("api/v1/", include(api)),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("shopify/", include("fulfillment.merchants.app_urls")),
    path("", include("fulfillment.printing.print_urls")),
    path("", include("designs.studio.page_urls")),
    path("", include("fulfillment.page_urls")),
]
if settings.SANDBOX:
    urlpatterns += [path("sandbox/", views.sandbox), path("sandbox/<path:path>", views.sandbox)]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
