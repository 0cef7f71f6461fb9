from django.urls import path

from fulfillment import pages

urlpatterns = [
    path("dashboard/", pages.dashboard, name="dashboard"),
    path("proofs/<uuid:proof_id>/", pages.proof, name="proof"),
    path("orders/", pages.orders, name="orders"),
    path("orders/<uuid:order_id>/", pages.order, name="order"),
    path("account/", pages.account, name="account"),
    path("account/export/", pages.account_export, name="account_export"),
    path("account/erase/", pages.account_erase, name="account_erase"),
]
