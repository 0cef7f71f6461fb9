from django.urls import path

from fulfillment import account_pages, pages
from fulfillment.care import feedback_pages, rating_pages
from fulfillment.merchants import app_proxy

urlpatterns = [
    path("dashboard/", pages.dashboard, name="dashboard"),
    path("cart/", pages.cart, name="cart"),
    path("proofs/<uuid:proof_id>/", pages.proof, name="proof"),
    path("orders/", pages.orders, name="orders"),
    path("orders/<uuid:order_id>/", pages.order, name="order"),
    path("feedback/", feedback_pages.form, name="feedback"),
    path("feedback/thanks/", feedback_pages.thanks, name="feedback_thanks"),
    path("rate/<str:token>/", rating_pages.rate, name="rate"),
    path("shopify/proxy/home/", app_proxy.home, name="app_proxy_home"),
    path("shopify/proxy/session/", app_proxy.session, name="app_proxy_session"),
    path("account/", account_pages.account, name="account"),
    path("account/export/", account_pages.export, name="account_export"),
    path("account/erase/", account_pages.erase, name="account_erase"),
]
