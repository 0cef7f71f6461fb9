from datetime import UTC, datetime, timedelta
from uuid import UUID

from designs.models import Image
from designs.products.alike import duplicates

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def picture(number, phash, tier="draft"):
    at = NOON + timedelta(seconds=number)
    return Image(pk=UUID(int=number), phash=phash, tier=tier, position="shot-001", created_at=at)


def test_a_picture_like_an_earlier_one_names_it():
    first, twin, other = (picture(1, "0" * 16), picture(2, "000000000000003f"), picture(3, "f" * 16))

    assert duplicates([other, twin, first]) == {twin.pk: first.pk}


def test_a_picture_is_compared_with_those_that_are_kept():
    chain = [picture(1, "0" * 16), picture(2, "000000000000003f"), picture(3, "0000000000000fff")]

    assert duplicates(chain) == {chain[1].pk: chain[0].pk}


def test_finals_and_pictures_nobody_has_looked_at_are_like_none():
    assert duplicates([picture(1, "0" * 16), picture(2, "0" * 16, tier="final"), picture(3, ""), picture(4, "")]) == {}
