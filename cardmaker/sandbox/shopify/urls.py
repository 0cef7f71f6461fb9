from django.urls import path, re_path

from . import api, checkout

DOMAIN = r"(?P<domain>[a-z0-9][a-z0-9-]*\.myshopify\.com)"

urlpatterns = [
    re_path(rf"^{DOMAIN}/admin/api/(?P<version>[a-z0-9-]+)/graphql\.json$", api.admin),
    re_path(rf"^{DOMAIN}/api/(?P<version>[a-z0-9-]+)/graphql\.json$", api.storefront),
    re_path(rf"^{DOMAIN}/cart/(?P<items>[^/]+)/?$", checkout.permalink),
    re_path(rf"^{DOMAIN}/checkouts/(?P<token>[0-9a-f]+)/?$", checkout.checkout),
    re_path(rf"^{DOMAIN}/orders/(?P<token>[0-9a-f]+)/?$", checkout.thanks),
]
console = [path("<str:domain>/checkouts/", checkout.buy)]
