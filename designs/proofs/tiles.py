"""A print file looked at closely: squares cut out of its own pixels, for whoever may see the proof just now.

The whole file has no address. Its squares live behind a signed link as its preview does, and as long.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from cardmaker.core import links, storage
from designs.imaging.encode import screen_jpeg
from designs.imaging.geometry import Box
from designs.imaging.pictures import UnreadablePicture, cut
from designs.models import PrintFile

# A fixed grid, so that a browser keeps what it has seen; two by two of them fill a desk's window.
TILE_PX = 800
# Not the salt of links to files: with that, this token would open the whole print file.
SALT = "cardmaker.print-tile"


def tiles_link(file: PrintFile, *, at: datetime) -> str:
    """The address of its squares without their "<column>-<row>.jpg"; empty once the file is purged."""
    if not file.file:
        return ""
    facts = [file.file, file.width_px, file.height_px, links.expiry(at)]
    return f"/print-tiles/{Signer(salt=SALT).sign_object(facts, compress=True)}/"


@require_safe
def tile_view(request: HttpRequest, token: str, column: int, row: int) -> HttpResponseBase:
    """One square as a JPEG: 410 when the link's time is over, 404 beyond the page or when the file is gone."""
    name, width_px, height_px, expires = _read(token)
    remaining = links.seconds_left(expires, at=timezone.now())
    if remaining <= 0:
        return links.expired()
    box = _square(column, row, width_px, height_px)
    try:
        tile = screen_jpeg(cut(storage.read(name), box))
    except (FileNotFoundError, UnreadablePicture) as exc:
        raise Http404("This file is gone or damaged.") from exc
    return links.kept_privately(HttpResponse(tile, content_type="image/jpeg"), remaining)


def _read(token: str) -> tuple[str, int, int, int]:
    try:
        name, width_px, height_px, expires = Signer(salt=SALT).unsign_object(token)
    except BadSignature as exc:
        raise Http404("No such page.") from exc
    return name, width_px, height_px, expires


def _square(column: int, row: int, width_px: int, height_px: int) -> Box:
    """Smaller at the right and lower edges."""
    left, top = column * TILE_PX, row * TILE_PX
    if left >= width_px or top >= height_px:
        raise Http404("The page ends before.")
    return Box(left, top, min(TILE_PX, width_px - left), min(TILE_PX, height_px - top))
