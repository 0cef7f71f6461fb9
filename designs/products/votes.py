"""Blind votes: two pictures of one product, shown alike, nobody told who drew them."""

import itertools
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from cardmaker.core.errors import BadInput
from designs.models import Image, PictureVote, Shot

NEWEST = 400  # pictures among which pairs are sought


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures to compare; which one is left is left to chance."""

    left: Image
    right: Image


def next_pair(voter: User, *, chance: random.Random) -> Pair | None:
    """A pair that this person has not judged. None: all are judged. Three queries."""
    judged = set(PictureVote.objects.filter(voter=voter).values_list("first", "second"))
    pairs = [pair for group in _groups() for pair in _pairs(group) if (pair[0].pk, pair[1].pk) not in judged]
    if not pairs:
        return None
    pair = list(chance.choice(pairs))
    chance.shuffle(pair)
    return Pair(*pair)


def vote(voter: User, left: Image, right: Image, *, better: str, at: datetime) -> None:
    """Keep the judgment: `better` is left, right or equal. Once a pair and person: the first stands."""
    if better not in ("left", "right", "equal"):
        raise BadInput.beside("better", "Say which one is better.")
    if not any({left.pk, right.pk} == {one.pk, other.pk} for group in _groups() for one, other in _pairs(group)):
        raise BadInput.beside("better", "These two cannot be compared.")
    first, second = sorted((left, right), key=lambda image: image.pk)
    won = {"left": left, "right": right}.get(better)
    choice = "equal" if won is None else "first" if won == first else "second"
    PictureVote.objects.get_or_create(voter=voter, first=first, second=second, defaults={"choice": choice, "at": at})


def _groups() -> Iterable[list[Image]]:
    """Drafts of the same product and options. Two queries."""
    drafts = Image.objects.filter(design__brief__isnull=False, tier="draft", withheld="")
    images = list(drafts.order_by("-created_at")[:NEWEST])
    shots = Shot.objects.filter(page__design__in={image.design_id for image in images}).select_related("page")
    options: dict[object, tuple[str, ...]] = {
        (shot.page.design_id, shot.page.position): tuple(sorted(shot.options.values())) for shot in shots
    }
    groups: dict[object, list[Image]] = {}
    for image in images:
        seen = options.get((image.design_id, image.position))
        if seen is not None:
            groups.setdefault((image.design_id, seen), []).append(image)
    return groups.values()


def _pairs(group: list[Image]) -> Iterable[tuple[Image, Image]]:
    return itertools.combinations(sorted(group, key=lambda image: image.pk), 2)
