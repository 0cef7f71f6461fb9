"""Addresses without a log-in: print files for suppliers, listing pictures for the shop. Both unguessable."""

from django.urls import path

from fulfillment.api.product_media import product_picture
from fulfillment.printing import serving

urlpatterns = [
    path("print/<str:token>/<str:sha256>.jpg", serving.print_file, name="print-file"),
    path("cart-pictures/<str:token>.jpg", serving.cart_picture, name="cart-picture"),
    path("product-pictures/<str:token>.jpg", product_picture, name="product-picture"),
    path("listing-pictures/<str:token>.jpg", serving.listing_picture, name="listing-picture"),
]
