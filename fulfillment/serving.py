"""The two views that serve pictures to other people's servers."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from cardmaker.core import storage
from designs.models import PrintFile
from designs.sample_files import sample_picture
from fulfillment import printfiles, selling
from fulfillment.models import Draft, Listing, PrintJob

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
        key = signing.TimestampSigner(salt=selling.PICTURE_SALT).unsign(token, max_age=selling.PICTURE_LINK_S)
    except signing.BadSignature as exc:
        raise Http404("No such picture.") from exc
    listing = get_object_or_404(Listing.objects.select_related("product__proof"), pk=key)
    return HttpResponse(_small(_picture_of(listing)), content_type="image/jpeg")


def _picture_of(listing: Listing) -> bytes:
    """The card's front as it is printed; a stock picture where the buyer did not want to show it."""
    if not listing.shows_design:
        return sample_picture(STOCK_SAMPLE, "front")
    file = listing.product.proof.files.filter(position="front").exclude(preview_file="").first()
    if file is None:
        raise Http404("No such picture.")
    return storage.read(file.preview_file)


def _small(picture: bytes) -> bytes:
    from designs.imaging import encode, pictures  # heavy: on first use only

    pixels = pictures.srgb_pixels(picture, max_px=LISTING_PICTURE_PX)
    return bytes(encode.preview_jpeg(pixels, max_px=LISTING_PICTURE_PX))
