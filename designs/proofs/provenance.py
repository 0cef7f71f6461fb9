"""How a picture was made, told with it wherever it leaves us as a picture; print files are paper's and carry nothing.

What we keep ourselves stands on the Image: provider, model, version, seed, digest of the prompt, cost.
"""

import logging
from collections.abc import Iterable

from designs.imaging.credentials import CannotSign, SourceType, signed, with_source_type
from designs.models import Image, Proof
from designs.proofs.signing_certificate import certificate

logger = logging.getLogger(__name__)
OUR_OWN = ("sketch", "fake")  # drawn by rules, with no trained model in it
CREDENTIAL_BYTES = 24_000  # what they add at most: who must keep to a weight leaves so much room


def credentialed(
    data: bytes, media_type: str, images: Iterable[Image], *, without: SourceType = "digitalCreation"
) -> bytes:
    """The picture with IPTC source type and signed credentials, for what shows these Images. Not for print files.

    `without`: the source type of what shows none of them. The last change before it leaves: every later one breaks the
    signature. A picture that cannot be signed is told of in the log, and leaves with its source type alone.
    """
    shown = list(images)
    kind = source_type(shown) if shown else without
    told = with_source_type(data, media_type, kind)
    own = certificate()
    if own is None:
        return told
    try:
        return signed(told, media_type, kind, made_with=made_with(shown), certificate=own)
    except CannotSign:
        logger.exception("a picture leaves without content credentials")
        return told


def source_type(images: Iterable[Image]) -> SourceType:
    """IPTC's term for what shows these pictures."""
    shown = list(images)
    trained = any(image.provider not in OUR_OWN for image in shown)
    with_photos = any(_has_photos(image) for image in shown)
    if trained:
        return "compositeWithTrainedAlgorithmicMedia" if with_photos else "trainedAlgorithmicMedia"
    if with_photos:
        return "composite"
    return "algorithmicMedia"


def made_with(images: Iterable[Image]) -> str:
    """Which models drew it, in a reader's words."""
    named = {f"{image.provider} {image.model}".strip() for image in images}
    return ", ".join(sorted(named)) or "Cardmaker"


def images_on(proof: Proof, position: str) -> list[Image]:
    """The pictures that a page of a proof shows; none once its design was erased. One query."""
    pages = proof.snapshot.get("pages") or []
    wanted = [page.get("image") for page in pages if page.get("position") == position and page.get("image")]
    return list(Image.objects.filter(pk__in=wanted).select_related("call"))


def _has_photos(image: Image) -> bool:
    return bool(image.call and image.call.request.get("photos"))
