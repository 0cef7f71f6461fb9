"""The page behind the mail that asks for stars. Looking changes nothing: mail scanners follow every link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cardmaker.core.errors import Refused
from fulfillment.care import ratings
from fulfillment.models import Rating
from fulfillment.models.ratings import MOST_STARS


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Five buttons, one press. A comment can follow, and stars can be changed for a while."""
    rating = ratings.rating_of(token)
    if request.method != "POST":
        return _page(request, rating, chosen=_number(request.GET.get("stars", "")))
    stars = _number(request.POST.get("stars", "")) or rating.stars or 0
    comment = request.POST.get("comment")
    try:
        ratings.rate(rating, stars=stars, comment=comment, at=timezone.now())
    except Refused as refusal:
        return _page(request, rating, chosen=stars, comment=comment, refusal=refusal)
    return redirect("rate", token)


def _page(
    request: HttpRequest,
    rating: Rating,
    *,
    chosen: int,
    comment: str | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    facts = {
        "rating": rating,
        "chosen": chosen if 1 <= chosen <= MOST_STARS else rating.stars,
        "scale": range(1, MOST_STARS + 1),
        "comment": rating.comment if comment is None else comment,
        "refusal": refusal,
        "open": ratings.open_to_change(rating, at=timezone.now()),
    }
    response = render(request, "feedback/rate.html", facts, status=400 if refusal else 200)
    # The address is the key, and our same-origin policy keeps it from others. `no-referrer` would also hide the origin
    # of the form's own POST, which the check against forged requests then refuses.
    response["Cache-Control"] = "no-store"
    return response


def _number(text: str) -> int:
    return int(text) if len(text) == 1 and text in "12345" else 0
