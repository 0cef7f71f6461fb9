"""The landing page, the studio, and the pictures they show. The studio itself speaks to the API."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.identity import caller_of
from accounts.models import Shop
from designs.catalog import offers
from designs.models import Format, Kind, StyleTemplate
from designs.studio import sample_files
from designs.studio.samples import SAMPLES

PROMPT_MAX = 500
DAY_S = 86_400
# Stands for the id in an address until the studio knows it.
NO_ID = UUID(int=0)


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    samples = list(SAMPLES.values())
    context = {"hero": samples[0], "samples": samples, "prompt_max": PROMPT_MAX, "year": sample_files.next_year()}
    return render(request, "pages/landing.html", context | _prices(caller_of(request).shop))


@require_safe
@ensure_csrf_cookie
def studio(request: HttpRequest, design_id: UUID | None = None) -> HttpResponse:
    """The card studio, new or on a design. Whose design it is, the API decides."""
    prompt = "" if design_id else request.GET.get("prompt", "").strip()[:PROMPT_MAX]
    return _studio(request, "card", design_id, prompt=prompt)


@require_safe
@ensure_csrf_cookie
def calendar_studio(request: HttpRequest, design_id: UUID | None = None) -> HttpResponse:
    """The calendar studio: the same element, another kind."""
    return _studio(request, "calendar", design_id)


@require_safe
@ensure_csrf_cookie
def products(request: HttpRequest) -> HttpResponse:
    """Product pictures: taking products in, and those that are here."""
    formats = Format.objects.on_offer().filter(kind=Kind.PRODUCT_IMAGE)
    return render(request, "pages/products.html", {"formats": formats, "brief_path": _with_slot("product", "{id}")})


@require_safe
@ensure_csrf_cookie
def product(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """The workbench of one product. Whose it is, the API decides."""
    return render(request, "pages/product.html", {"brief_id": brief_id})


def _prices(shop: Shop) -> dict[str, Any]:
    """What is printed and what a piece of it costs in this shop, and the least that a card costs."""
    priced = [offer for offer in offers(shop) if offer.price and offer.format.kind in (Kind.CARD, Kind.CALENDAR)]
    cards = [offer.price for offer in priced if offer.price and offer.format.kind == Kind.CARD]
    return {"priced": priced, "card_from": min(cards, key=lambda price: price.minor, default=None)}


def _studio(request: HttpRequest, kind: str, design_id: UUID | None, *, prompt: str = "") -> HttpResponse:
    return render(request, "pages/studio.html", studio_places(kind) | {"design_id": design_id, "prompt": prompt})


def studio_places(kind: str) -> dict[str, str]:
    """What the studio element is told of our own pages: addresses with a slot."""
    return {
        "kind": kind,
        "studio_path": _with_slot("studio_design" if kind == Kind.CARD else "calendar_studio_design", "{id}"),
        "proof_path": _with_slot("proof", "{id}"),
        "face_path": reverse("face", args=["{name}"]).replace("%7B", "{").replace("%7D", "}"),
    }


@require_safe
def sample(request: HttpRequest, name: str, side: str = "front") -> HttpResponse:
    """A side of a sample card, drawn by the built-in illustrator at the first request."""
    if name not in SAMPLES or side not in SAMPLES[name].sides:
        raise Http404("No such sample.")
    return _picture(sample_files.sample_picture(name, side))


@require_safe
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """A sheet of a sample calendar for next year."""
    try:
        return _picture(sample_files.sheet_picture(name, sample_files.next_year()))
    except KeyError as exc:
        raise Http404("No such sample.") from exc


@require_safe
def style(request: HttpRequest, code: str) -> HttpResponse:
    """What the built-in illustrator makes of a look that is on offer."""
    return _picture(sample_files.style_picture(get_object_or_404(StyleTemplate, pk=code)))


@require_safe
def face(request: HttpRequest, name: str) -> HttpResponse:
    """The name of a font, set in that font."""
    try:
        return _picture(sample_files.face_picture(name))
    except KeyError as exc:
        raise Http404("No such font.") from exc


def _picture(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={DAY_S}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # the studio also runs inside other people's shops
    return response


def _with_slot(name: str, slot: str) -> str:
    return reverse(name, args=[NO_ID]).replace(str(NO_ID), slot)
