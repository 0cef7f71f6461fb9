"""The two views that serve pictures to other people's servers."""

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
from fulfillment.models import Listing, PrintJob

LISTING_PICTURE_PX = 800
STOCK_SAMPLE = "lighthouse"


@require_safe
def print_file(request: HttpRequest, token: str, sha256: str) -> HttpResponse:
    """One print file of one job: 404 unless both match, 410 when its time is over, 500 when the bytes were altered."""
    job = get_object_or_404(PrintJob, token=token)
    file = PrintFile.objects.filter(sha256=sha256, proof__lines__print_lines__job=job).first()
    if file is None:
        raise Http404("No such print file.")
    now = timezone.now()
    if not file.file or not job.links_alive(at=now, days=settings.PRINT_LINK_DAYS_AFTER_DELIVERY):
        return HttpResponse("This print file is no longer offered.", status=410, content_type="text/plain")
    served = printfiles.serve(job, file, at=now)
    if not served.intact:
        return HttpResponse("The stored file is not the approved one.", status=500, content_type="text/plain")
    response = HttpResponse(served.body, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


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
