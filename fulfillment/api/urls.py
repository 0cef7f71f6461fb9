"""The part of /api/v1/ that knows routes, shops and orders."""

from django.urls import path

from fulfillment import webhooks
from fulfillment.api import views
from fulfillment.api.feedback import FeedbackCreate
from fulfillment.api.product_media import Publications, ShopProductBriefs, ShopProducts

urlpatterns = [
    path("designs/<uuid:design_id>/proofs/", views.DesignProofs.as_view(), name="design-proofs"),
    path("proofs/<uuid:proof_id>/", views.ProofDetail.as_view(), name="proof-detail"),
    path("proofs/<uuid:proof_id>/offer/", views.ProofOffer.as_view(), name="proof-offer"),
    path("proofs/<uuid:proof_id>/checkout/", views.ProofCheckout.as_view(), name="proof-checkout"),
    path("checkouts/<uuid:checkout_id>/", views.CheckoutDetail.as_view(), name="checkout-detail"),
    path("carts/", views.Carts.as_view(), name="carts"),
    path("carts/latest/", views.LatestCart.as_view(), name="latest-cart"),
    path("carts/<uuid:cart_id>/", views.CartDetail.as_view(), name="cart-detail"),
    path("orders/", views.OrderList.as_view(), name="order-list"),
    path("orders/<uuid:order_id>/", views.OrderDetail.as_view(), name="order-detail"),
    path("orders/<uuid:order_id>/reorder/", views.Reorder.as_view(), name="order-reorder"),
    path("shop-products/", ShopProducts.as_view(), name="shop-products"),
    path("shop-products/briefs/", ShopProductBriefs.as_view(), name="shop-product-briefs"),
    path("product-briefs/<uuid:pk>/publications/", Publications.as_view(), name="publications"),
    path("feedback/", FeedbackCreate.as_view(), name="feedback-create"),
    path("webhooks/shopify/", webhooks.shopify, name="webhook-shopify"),
    path("webhooks/printify/", webhooks.printify, name="webhook-printify"),
    path("webhooks/gooten/<str:token>/", webhooks.gooten, name="webhook-gooten"),
]
