from django.urls import path

from cardmaker.sandbox.shopify.checkout import buy

from . import controls, printify, shops, views

urlpatterns = [
    path("", views.console),
    path("state/", views.state),
    path("storefront/", views.storefront),
    path("healthz/", views.healthz),
    path("files/<str:sha256>/", views.file),
    path("faults/", controls.faults_switch),
    path("reset/", controls.reset),
    path("clock/", controls.clock),
    path("gooten/advance/", controls.advance_all),
    path("gooten/orders/<str:reference>/advance/", controls.advance),
    path("gooten/orders/<str:reference>/fail/", controls.fail),
    path("printify/catalog/", printify.change_catalog),
    path("printify/orders/<str:reference>/advance/", printify.advance),
    path("printify/orders/<str:reference>/fail/", printify.fail),
    path("shopify/<str:domain>/checkouts/", buy),
    path("shopify/orders/<str:reference>/<slug:action>/", controls.staff_action),
    path("shopify/shops/<str:domain>/<slug:action>/", shops.act),
    path("webhooks/flush/", controls.flush_webhooks),
    path("webhooks/<int:key>/", controls.delivery),
    path("webhooks/<int:key>/replay/", controls.replay_webhook),
]
