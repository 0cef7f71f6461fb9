"""Addresses without a log-in: print files for suppliers, listing pictures for the shop. Both unguessable."""

from django.urls import path

from fulfillment import serving

urlpatterns = [
    path("print/<str:token>/<str:sha256>.jpg", serving.print_file, name="print-file"),
    path("listing-pictures/<str:token>.jpg", serving.listing_picture, name="listing-picture"),
]
