from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(url="/sandbox/")),
    path("", include("cardmaker.sandbox.storefront.urls")),
    path("shopify/", include("cardmaker.sandbox.shopify.urls")),
    path("gooten/", include("cardmaker.sandbox.gooten.urls")),
    path("printify/", include("cardmaker.sandbox.printify.urls")),
    path("", include("cardmaker.sandbox.providers.urls")),
    path("sandbox/", include("cardmaker.sandbox.console.urls")),
]
