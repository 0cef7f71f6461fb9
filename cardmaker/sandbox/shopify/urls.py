from django.urls import path, re_path

from . import admin_pages, api, checkout, oauth

DOMAIN = r"(?P<domain>[a-z0-9][a-z0-9-]*\.myshopify\.com)"

urlpatterns = [
    re_path(r"^app-bridge\.js$", admin_pages.bridge),
    re_path(rf"^{DOMAIN}/admin/?$", admin_pages.home),
    re_path(rf"^{DOMAIN}/admin/oauth/install$", admin_pages.grant),
    re_path(rf"^{DOMAIN}/admin/oauth/authorize$", oauth.authorize),
    re_path(rf"^{DOMAIN}/admin/oauth/access_token$", oauth.access_token),
    re_path(rf"^{DOMAIN}/admin/apps/(?P<client_id>[^/]+)/?$", admin_pages.app),
    re_path(rf"^{DOMAIN}/admin/session-token$", admin_pages.session_token),
    re_path(rf"^{DOMAIN}/admin/scopes$", admin_pages.allow),
    re_path(rf"^{DOMAIN}/admin/uninstall$", admin_pages.uninstall),
    re_path(rf"^{DOMAIN}/admin/themes/current/editor$", admin_pages.editor),
    re_path(rf"^{DOMAIN}/admin/orders/(?P<number>[0-9]+)/?$", admin_pages.order),
    re_path(rf"^{DOMAIN}/admin/api/(?P<version>[a-z0-9-]+)/graphql\.json$", api.admin),
    re_path(rf"^{DOMAIN}/api/(?P<version>[a-z0-9-]+)/graphql\.json$", api.storefront),
    re_path(rf"^{DOMAIN}/cart/(?P<items>[^/]+)/?$", checkout.permalink),
    re_path(rf"^{DOMAIN}/checkouts/(?P<token>[0-9a-f]+)/?$", checkout.checkout),
    re_path(rf"^{DOMAIN}/orders/(?P<token>[0-9a-f]+)/?$", checkout.thanks),
]
console = [path("<str:domain>/checkouts/", checkout.buy)]
