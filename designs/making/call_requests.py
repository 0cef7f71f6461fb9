"""What a Call takes along: its request as planned, and the bytes of the pictures it starts from."""

from dataclasses import replace

from cardmaker.core import storage
from designs.imaging.encode import preview_jpeg, thumbnail
from designs.imaging.pictures import srgb_pixels
from designs.making import enlarging, images, routing
from designs.making.planning import request_of
from designs.models import Call, Image, Photo
from designs.providers.base import ImageProvider, ImageRequest, ProviderRejected
from designs.screening.pictures import withheld_message


def request_for(call: Call, provider: ImageProvider) -> ImageRequest:
    """Reads files: not in a transaction. Raises ProviderRejected when the picture it starts from is gone."""
    if enlarging.is_enlargement(call):
        whole = enlarging.picture_for(call)
        return routing.fitted(request_of(call.request, base=whole, art=storage.read(whole.file)), provider)
    base = _base(call)
    request = request_of(call.request, base=base, art=_art(base, provider) if base else b"")
    request = _with_photos(request, _photos(call), longest_px=provider.capabilities.reference_px)
    return routing.fitted(request, provider) if call.offer_id else request


def _base(call: Call) -> Image | None:
    if not call.request["base"]:
        return None
    base = Image.objects.filter(pk=call.request["base"]).first()
    if base is None:
        raise ProviderRejected("invalid_request", "The picture this starts from has been deleted.")
    if base.withheld:
        raise ProviderRejected("invalid_request", withheld_message(base.withheld))
    return base


def _art(base: Image, provider: ImageProvider) -> bytes:
    """Outside providers get a JPEG without metadata, no larger than they look at: quicker, and refused less often."""
    data = storage.read(base.file)
    if provider.capabilities.own_parents:
        return data
    longest_px = provider.capabilities.reference_px
    return preview_jpeg(srgb_pixels(data, max_px=longest_px), max_px=longest_px)


def _photos(call: Call) -> list[Photo]:
    """Its Photos in their order. One that is gone or withheld by then is not sent."""
    ids = call.request.get("photos", ())
    if not ids:
        return []
    mine = Photo.objects.filter(account=call.run.account_id, withheld="")
    found = {str(photo.pk): photo for photo in mine.filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


def _with_photos(request: ImageRequest, photos: list[Photo], *, longest_px: int) -> ImageRequest:
    """With the Photos as the provider takes them, read now. Faces were looked for once, when the Photo arrived."""
    references = tuple(_shrunk(photo, longest_px) for photo in photos)
    return replace(request, references=references, faces=tuple(photo.known_faces() for photo in photos))


def _shrunk(photo: Photo, longest_px: int) -> bytes:
    if photo.display_file and longest_px <= images.DISPLAY_PX:
        return storage.read(photo.display_file)
    original = storage.read(photo.file)
    return original if max(photo.width_px, photo.height_px) <= longest_px else thumbnail(original, max_px=longest_px)
