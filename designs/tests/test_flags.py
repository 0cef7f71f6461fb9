import pytest
from django.db import connection

from cardmaker.core.models import IllegalMove
from designs.models import Flag, PagePick
from designs.screening import flags
from designs.screening.verdict import Concern
from designs.tests.factories import NOON, CallFactory, DesignFactory, ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
told = []


def follow(design_ids, *, at):
    told.append((design_ids, at))


@pytest.fixture(autouse=True)
def followed(settings):
    settings.SCREENING_FOLLOWERS = ["designs.tests.test_flags.follow"]
    told.clear()


def flagged(image, *concerns):
    owner = {"account_id": image.account_id, "design_id": image.design_id}
    flags.flag("image", image.pk, concerns, **owner, at=NOON)
    return Flag.objects.get(subject_id=image.pk, reason=concerns[0].reason)


def withheld(image):
    image.refresh_from_db()
    return image.withheld


def test_the_same_concern_is_one_flag_and_stays_judged():
    image = ImageFactory()
    flag = flagged(image, Concern("nudity", score=0.5))
    flags.allow(flag, by="7", at=NOON)
    flagged(image, Concern("nudity", score=0.5))

    assert list(Flag.objects.values_list("state", "decided_by")) == [("allowed", "7")]
    assert flags.open_flags().count() == 0


def test_open_flags_come_oldest_first():
    one, other = ImageFactory(), ImageFactory()
    first, second = flagged(one, Concern("nudity")), flagged(other, Concern("nudity"))
    Flag.objects.filter(pk=second.pk).update(created_at=NOON.replace(year=2025))

    assert [flag.pk for flag in flags.open_flags()] == [second.pk, first.pk]


def test_refusing_withholds_the_picture_and_allowing_shows_it_again():
    image, stranger = ImageFactory(), ImageFactory()
    flag = flagged(image, Concern("nudity", score=0.5))
    before = image.design.version

    flags.refuse(flag, by="7", at=NOON)
    assert (withheld(image), withheld(stranger)) == ("nudity", "")
    image.design.refresh_from_db()
    assert image.design.version == before + 1

    flags.allow(flag, by="8", at=NOON)
    assert (withheld(image), flag.decided_by) == ("", "8")


def test_a_picture_stays_withheld_while_another_flag_stands_against_it():
    image = ImageFactory(withheld="nudity")
    sure = flagged(image, Concern("nudity", score=0.9, withholds=True), Concern("banned_picture", score=0.9))
    flags.allow(Flag.objects.get(reason="banned_picture"), by="7", at=NOON)
    assert withheld(image) == "nudity"

    flags.allow(sure, by="7", at=NOON)
    assert withheld(image) == ""


def test_a_refused_prompt_takes_its_pictures_with_it():
    call = CallFactory()
    image = ImageFactory(design=call.run.design, call=call)
    flags.flag(
        "run", call.run_id, [Concern("protected_name", "target")], account_id=image.account_id,
        design_id=image.design_id, at=NOON,
    )  # fmt: skip
    flags.refuse(Flag.objects.get(), by="7", at=NOON)

    assert withheld(image) == "protected_name"


def test_a_flag_is_decided_once():
    flag = flagged(ImageFactory(), Concern("nudity"))
    flags.allow(flag, by="7", at=NOON)

    with pytest.raises(IllegalMove):
        flags.allow(flag, by="8", at=NOON)
    assert flag.decided_by == "7"


def test_followers_hear_of_every_design_that_shows_the_picture():
    image, elsewhere = ImageFactory(), DesignFactory()
    PagePick.objects.create(page=elsewhere.pages.get(position="front"), image=image)
    flag = flagged(image, Concern("nudity"))
    flags.refuse(flag, by="7", at=NOON)

    assert told == [([image.design_id], NOON), (sorted([image.design_id, elsewhere.pk], key=str), NOON)]


def test_the_words_of_a_flag_are_sealed():
    flagged(ImageFactory(), Concern("protected_name", "target"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT excerpt FROM designs_flag")
        assert "target" not in cursor.fetchone()[0]
    assert Flag.objects.get().excerpt == "target"
