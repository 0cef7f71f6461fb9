from django.urls import path, re_path

from . import cart, pages, proxy

DOMAIN = r"(?P<domain>[a-z0-9][a-z0-9-]*\.myshopify\.com)"

urlpatterns = [
    re_path(rf"^shopify/{DOMAIN}/$", pages.theme),
    re_path(rf"^shopify/{DOMAIN}/cart/?$", pages.cart),
    re_path(rf"^shopify/{DOMAIN}/cart\.js$", cart.shown),
    re_path(rf"^shopify/{DOMAIN}/cart/(?P<verb>add|change|update|clear)\.js$", cart.changed),
    re_path(rf"^shopify/{DOMAIN}/(?P<prefix>apps/[a-z0-9-]+)/(?P<rest>.*)$", proxy.forward),
    path("webflow/", pages.webflow),
    path("storefront/cardmaker-studio.js", pages.extension_asset),
]
