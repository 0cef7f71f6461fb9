import numpy as np
import pytest
from django.conf import settings as shipped

from cardmaker.core.errors import BadInput
from designs.editing import write_page
from designs.imaging import nudity
from designs.imaging.nudity import ScoringFailed
from designs.making import images
from designs.models import BannedPicture, Flag, Image, Photo
from designs.proofs.composing import contents, screen_area
from designs.providers.sketch.sheet import cell, lines_of
from designs.screening import flags, pictures
from designs.screening.pictures import Seen, apply_ban, look, screen, screen_older
from designs.tests.factories import NOON, DesignFactory, ImageFactory, caller, drawn_image, pick
from designs.uploading.photos import attach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
HASH, NEAR_IT, FAR = "00000000ffffffff", "00000000fffffff0", "ffffffff00000000"


def ban(phash=HASH, mirrored=FAR):
    return BannedPicture.objects.create(created_at=NOON, phash=phash, mirrored=mirrored, note="seen", banned_by="7")


def flagged():
    return list(Flag.objects.order_by("reason").values_list("reason", "withholds", "state"))


@pytest.mark.parametrize(
    ("score", "flags_raised", "withheld"),
    [
        (None, [], ""),
        (0.39, [], ""),
        (0.4, [("nudity", False, "open")], ""),
        (0.79, [("nudity", False, "open")], ""),
        (0.8, [("nudity", True, "open")], "nudity"),
    ],
)
def test_the_score_decides_who_looks_before_whom(score, flags_raised, withheld):
    image = ImageFactory(nudity=score)
    for _ in range(2):
        screen([image], at=NOON)

    assert (flagged(), image.withheld) == (flags_raised, withheld)


@pytest.mark.parametrize(("phash", "withheld"), [(NEAR_IT, "banned_picture"), ("f" * 16, ""), ("", "")])
@pytest.mark.parametrize("side", ["phash", "mirrored"])
def test_a_banned_picture_is_known_again_also_mirrored(phash, withheld, side):
    ban(**({"phash": HASH} if side == "phash" else {"phash": FAR, "mirrored": HASH}))
    image = ImageFactory(phash=phash, nudity=0.0)
    screen([image], at=NOON)

    assert image.withheld == withheld


def test_what_a_person_allowed_stays_shown():
    image = ImageFactory(nudity=0.9)
    screen([image], at=NOON)
    flags.allow(Flag.objects.get(), by="7", at=NOON)
    screen([image], at=NOON)

    assert (image.withheld, flagged()) == ("", [("nudity", True, "allowed")])


def test_a_ban_reaches_what_was_stored_before():
    known, other = ImageFactory(phash=NEAR_IT), ImageFactory(phash="f" * 16)
    banned = ban()
    for _ in range(2):
        apply_ban(str(banned.pk))

    assert [Image.objects.get(pk=image.pk).withheld for image in (known, other)] == ["banned_picture", ""]


def test_pictures_that_nobody_could_look_at_are_looked_at_later(settings):
    settings.NUDITY_SCORER = "designs.imaging.nudity.OpenNsfw"  # as it is outside of tests
    image = drawn_image(DesignFactory(), width_px=315, height_px=435)
    assert (image.nudity, image.phash) == (None, "")
    for _ in range(2):
        screen_older()

    image.refresh_from_db()
    assert 0 < image.nudity < 0.4


def test_looking_that_fails_keeps_the_picture():
    class Broken:
        def score(self, prepared):
            raise ScoringFailed("broken")

    assert look(np.full((60, 40, 3), 90, np.uint8), scorer=Broken()) == Seen(None, "")


def test_a_withheld_picture_is_neither_picked_nor_printed():
    design = DesignFactory()
    image = drawn_image(design, width_px=315, height_px=435, withheld="nudity")
    with pytest.raises(BadInput) as refusal:
        write_page(design, "front", {"picks": [image.pk]}, caller=caller(design), at=NOON)
    assert "may show nudity" in refusal.value.message

    pick(design, image)
    area = lambda position: screen_area(design.format, position, width_px=200)  # noqa: E731
    assert [page.image for page in contents(design, design.format, area)] == [None, None]


def test_a_final_that_is_withheld_gives_way_to_the_picture_it_was_made_of():
    image = ImageFactory()
    ImageFactory(design=image.design, candidate=image, tier="final", withheld="nudity")

    assert images.printable(Image.objects.prefetch_related("finals").get(pk=image.pk)) == image


@pytest.mark.parametrize("count", [1, 3])
def test_screening_costs_one_query_while_nothing_is_found(count, django_assert_num_queries):
    made = [ImageFactory(nudity=0.1, phash=HASH) for _ in range(count)]
    with django_assert_num_queries(1):
        screen(made, at=NOON)


def test_a_withheld_photo_is_not_used():
    design = DesignFactory()
    photo = Photo.objects.create(
        account=design.account, shop=design.shop, file="aa/bb/p.jpg", sha256="0" * 64, width_px=9, height_px=9,
        withheld="nudity",
    )  # fmt: skip
    with pytest.raises(BadInput) as refusal:
        attach(design, [photo.pk], caller=caller(design), at=NOON)

    assert refusal.value.details == {"photos": [pictures.withheld_message("nudity")]}


def test_the_built_in_illustrator_raises_no_false_alarm():
    """Eight of its scenes: none of them is even reviewed."""
    lines = lines_of((shipped.BASE_DIR / "fixtures" / "prompts-48.txt").read_text())[::6]
    scores = [nudity.score(np.ascontiguousarray(cell(line, 1, 200)[:, :, ::-1])) for line in lines]

    assert len(scores) == 8
    assert max(scores) < shipped.NUDITY_REVIEWED
