"""What a Call takes along: its request as planned, and the bytes of the pictures it starts from."""

from cardmaker.core import storage
from designs import enlarging, images, routing
from designs.imaging.encode import preview_jpeg, thumbnail
from designs.imaging.pictures import srgb_pixels
from designs.models import Call, Image, Photo
from designs.planning import request_of
from designs.providers.base import ImageProvider, ImageRequest, ProviderRejected


def request_for(call: Call, provider: ImageProvider) -> ImageRequest:
    """Reads files: not in a transaction. Raises ProviderRejected when the picture it starts from is gone."""
    references = _references(call, longest_px=provider.capabilities.reference_px)
    if enlarging.is_enlargement(call):
        whole = enlarging.picture_for(call)
        return routing.fitted(request_of(call.request, base=whole, art=storage.read(whole.file)), provider)
    base_id = call.request["base"]
    if not base_id:
        request = request_of(call.request, base=None, art=b"", references=references)
        return routing.fitted(request, provider) if call.offer_id else request
    base = Image.objects.filter(pk=base_id).first()
    if base is None:
        raise ProviderRejected("invalid_request", "The picture this starts from has been deleted.")
    art = _art(base, provider)
    request = request_of(call.request, base=base, art=art, references=references)
    return routing.fitted(request, provider) if call.offer_id else request


def _art(base: Image, provider: ImageProvider) -> bytes:
    """Outside providers get a JPEG without metadata, no larger than they look at: quicker, and refused less often."""
    data = storage.read(base.file)
    if provider.capabilities.own_parents:
        return data
    longest_px = provider.capabilities.reference_px
    return preview_jpeg(srgb_pixels(data, max_px=longest_px), max_px=longest_px)


def _references(call: Call, *, longest_px: int) -> tuple[bytes, ...]:
    """Its Photos in their order, read now and no larger than the provider takes. One deleted meanwhile is not sent."""
    ids = call.request.get("photos", ())
    if not ids:
        return ()
    found = {str(photo.pk): photo for photo in Photo.objects.filter(account=call.run.account_id, pk__in=ids)}
    return tuple(_shrunk(found[pk], longest_px) for pk in ids if pk in found)


def _shrunk(photo: Photo, longest_px: int) -> bytes:
    if photo.display_file and longest_px <= images.DISPLAY_PX:
        return storage.read(photo.display_file)
    original = storage.read(photo.file)
    return original if max(photo.width_px, photo.height_px) <= longest_px else thumbnail(original, max_px=longest_px)
