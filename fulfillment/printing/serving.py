"""The two views that serve pictures to other people's servers."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from cardmaker.core import storage
from designs.imaging.credentials import SourceType
from designs.models import Image, PrintFile
from designs.proofs import provenance
from designs.studio.sample_files import sample_picture
from fulfillment.models import Draft, Listing, PrintJob, Product
from fulfillment.printing import printfiles
from fulfillment.sales import strategies

LISTING_PICTURE_PX = 800
STOCK_SAMPLE = "lighthouse"


@require_safe
def print_file(request: HttpRequest, token: str, sha256: str) -> HttpResponse:
    """One print file of one job or draft: 404 unless both match, 410 when its time is over, 500 when it was altered."""
    owner, file = _printed(token, sha256)
    now = timezone.now()
    if not file.file or not _alive(owner, at=now):
        return HttpResponse("This print file is no longer offered.", status=410, content_type="text/plain")
    served = printfiles.serve(owner, file, at=now)
    if not served.intact:
        return HttpResponse("The stored file is not the approved one.", status=500, content_type="text/plain")
    response = HttpResponse(served.body, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


def _printed(token: str, sha256: str) -> tuple[PrintJob | Draft, PrintFile]:
    files = PrintFile.objects.filter(sha256=sha256)
    owner: PrintJob | Draft
    job = PrintJob.objects.filter(token=token).first()
    if job is not None:
        owner, file = job, files.filter(proof__lines__print_lines__job=job).first()
    else:
        owner = draft = get_object_or_404(Draft, token=token)
        file = files.filter(proof=draft.proof_id).first()
    if file is None:
        raise Http404("No such print file.")
    return owner, file


def _alive(owner: PrintJob | Draft, *, at: datetime) -> bool:
    """A draft's files are offered until its product is deleted at the supplier."""
    if isinstance(owner, Draft):
        return owner.cleared_at is None
    return owner.links_alive(at=at, days=settings.PRINT_LINK_DAYS_AFTER_DELIVERY)


@require_safe
def listing_picture(request: HttpRequest, token: str) -> HttpResponse:
    """The preview that the shop shows, at most 800 px, decoded from the print file of the front."""
    try:
        key = signing.TimestampSigner(salt=strategies.PICTURE_SALT).unsign(token, max_age=strategies.PICTURE_LINK_S)
    except signing.BadSignature as exc:
        raise Http404("No such picture.") from exc
    listing = get_object_or_404(Listing.objects.select_related("product__proof"), pk=key)
    return HttpResponse(_picture_of(listing), content_type="image/jpeg")


def _picture_of(listing: Listing) -> bytes:
    """The card's front as it is printed; a stock picture where the buyer did not want to show it."""
    if listing.product is None or not listing.shows_design:
        return _small(sample_picture(STOCK_SAMPLE, "front"), [], without="algorithmicMedia")
    return _front_of(listing.product)


@require_safe
def cart_picture(request: HttpRequest, token: str) -> HttpResponse:
    """A design's preview for the cart of a theme, which shows the format's picture for all of them."""
    try:
        signer = signing.TimestampSigner(salt=strategies.CART_PICTURE_SALT)
        key = signer.unsign(token, max_age=strategies.CART_PICTURE_LINK_S)
    except signing.BadSignature as exc:
        raise Http404("No such picture.") from exc
    product = get_object_or_404(Product.objects.select_related("proof"), pk=key)
    response = HttpResponse(_front_of(product), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _front_of(product: Product) -> bytes:
    """The first page as it is printed, small: a card's front, a calendar's cover. None that only ops may see."""
    if product.proof.withheld:
        raise Http404("No such picture.")
    shown = product.proof.files.exclude(preview_file="")
    file = shown.filter(position__in=["front", "cover"]).first() or shown.order_by("position").first()
    if file is None:
        raise Http404("No such picture.")
    return _small(storage.read(file.preview_file), provenance.images_on(product.proof, file.position))


def _small(picture: bytes, shown: list[Image], *, without: SourceType = "digitalCreation") -> bytes:
    """At most 800 px, and telling how it was made."""
    from designs.imaging import encode, pictures  # heavy: on first use only

    pixels = pictures.srgb_pixels(picture, max_px=LISTING_PICTURE_PX)
    jpeg = encode.preview_jpeg(pixels, max_px=LISTING_PICTURE_PX)
    return provenance.credentialed(jpeg, "image/jpeg", shown, without=without)
