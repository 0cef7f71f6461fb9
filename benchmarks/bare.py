"""A bare Django view that makes one query and answers, behind the same middleware as the product's own addresses."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cardmaker.urls import urlpatterns as the_product
from designs.models import Run


def bare(request: HttpRequest, pk: UUID) -> HttpResponse:
    Run.objects.filter(pk=pk).first()
    return HttpResponse(status=304)


urlpatterns = [path("bare/<uuid:pk>/", bare), *the_product]
