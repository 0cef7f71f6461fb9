from django.urls import re_path

from .views import endpoint

urlpatterns = [re_path(r"^api/(?i:v/\d+/source/[a-z]+/)?(?P<name>[A-Za-z]+)/?$", endpoint)]
