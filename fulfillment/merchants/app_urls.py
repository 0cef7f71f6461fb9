"""What Shopify's admin opens: the embedded page with its calls, and installing by redirects."""

from django.urls import include, path

from fulfillment.api import merchant
from fulfillment.merchants import app_pages, install_redirect

calls = [
    path("formats/<slug:code>/", merchant.FormatDetail.as_view(), name="merchant-format"),
    path("strategy/", merchant.StrategyDetail.as_view(), name="merchant-strategy"),
    path("origins/", merchant.OriginsDetail.as_view(), name="merchant-origins"),
    path("brands/", merchant.BrandsDetail.as_view(), name="merchant-brands"),
    path("connection/", merchant.ConnectionDetail.as_view(), name="merchant-connection"),
    path("waiting/", merchant.WaitingList.as_view(), name="merchant-waiting"),
    path("spend/", merchant.SpendDetail.as_view(), name="merchant-spend"),
    path("privacy/<uuid:request_id>/", merchant.PrivacyAnswer.as_view(), name="merchant-privacy"),
]
urlpatterns = [
    path("app/", app_pages.app_page, name="shopify-app"),
    path("app/session/", app_pages.token_page, name="shopify-app-session"),
    path("app/api/", include(calls)),
    path("auth/", install_redirect.begin, name="shopify-auth"),
    path("auth/callback/", install_redirect.callback, name="shopify-auth-callback"),
]
