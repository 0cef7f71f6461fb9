"""The console's two pages about product pictures: what they cost and how they are liked, and the blind vote."""

import random
from typing import cast
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from cardmaker.core.errors import BadInput
from cardmaker.core.money import dollars
from designs.making import images
from designs.models import Image
from designs.products import figures, votes


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Time, cost, success and votes of the last thirty days."""
    found = figures.figures(at=timezone.now())
    context = {
        **admin.site.each_context(request),
        "title": "Product pictures",
        "tables": [("Who draws", _shown(found.makers)), ("How it is shown", _shown(found.templates))],
        "days": figures.DAYS,
        "goal": f"{figures.GOAL_S:g} s and {dollars(figures.GOAL_MICROS)} a picture",
        "baseline": f"{figures.BASELINE_S:g} s and {dollars(figures.BASELINE_MICROS)}",
    }
    return TemplateResponse(request, "admin/products/figures.html", context)


@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest) -> HttpResponseBase:
    """Two pictures side by side, unnamed; a press keeps the judgment and shows the next two."""
    voter = cast(User, request.user)
    if request.method == "POST":
        return _counted(request, voter)
    pair = votes.next_pair(voter, chance=random.Random())  # noqa: S311 - which side a picture is on is no secret
    at = timezone.now()
    shown = (pair.left, pair.right) if pair else ()
    sides = [{"image": image, "url": images.show(image.display_file, at=at)} for image in shown]
    context = {**admin.site.each_context(request), "title": "Which one is better?", "sides": sides}
    return TemplateResponse(request, "admin/products/ballot.html", context)


def _counted(request: HttpRequest, voter: User) -> HttpResponseBase:
    left, right = _image(request.POST.get("left", "")), _image(request.POST.get("right", ""))
    try:
        votes.vote(voter, left, right, better=request.POST.get("better", ""), at=timezone.now())
    except BadInput as exc:
        messages.warning(request, exc.message)
    return redirect("admin:product-ballot")


def _image(text: str) -> Image:
    try:
        return get_object_or_404(Image.objects.filter(design__brief__isnull=False), pk=UUID(text))
    except ValueError as exc:
        raise Http404("No such picture.") from exc


def _shown(scores: list[figures.Score]) -> list[dict[str, object]]:
    return [
        {
            "title": score.title,
            "pictures": score.pictures,
            "seconds": score.seconds_each,
            "fast": (score.seconds_each or 0) <= figures.GOAL_S,
            "cost": dollars(score.micros_each) if score.micros_each is not None else None,
            "cheap": (score.micros_each or 0) <= figures.GOAL_MICROS,
            "success": score.success,
            "sound": (score.success or 0) >= figures.GOAL_SUCCESS,
            "liked": score.liked,
            "votes": score.votes,
        }
        for score in scores
    ]
