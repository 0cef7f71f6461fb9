from django.urls import path, re_path

from .views import endpoint, mockup

urlpatterns = [
    re_path(r"^(?P<path>v[12]/.+)$", endpoint),
    path("mockup/<str:product>/<int:variant>/<str:position>/<slug:slug>.jpg", mockup),
]
