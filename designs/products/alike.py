"""Pictures of one product that look alike: one of them is enough."""

from collections.abc import Iterable
from uuid import UUID

from designs.imaging.phash import distance
from designs.models import Image

ALIKE = 6  # bits of 64 in which two views of one thing may differ and still be the same picture to a buyer


def duplicates(images: Iterable[Image]) -> dict[UUID, UUID]:
    """Drafts that look like an earlier one, and which. Those that nobody has looked at yet are like none."""
    kept: list[Image] = []
    found: dict[UUID, UUID] = {}
    for image in sorted(images, key=lambda image: (image.created_at, image.position, str(image.pk))):
        if image.tier != Image.Tier.DRAFT or not image.phash:
            continue
        twin = next((earlier for earlier in kept if distance(image.phash, earlier.phash) <= ALIKE), None)
        if twin is None:
            kept.append(image)
        else:
            found[image.pk] = twin.pk
    return found
