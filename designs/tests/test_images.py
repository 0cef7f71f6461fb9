import numpy as np
import pytest

from cardmaker.core import storage
from designs.imaging.encode import lossless_png
from designs.imaging.faces import DetectionFailed
from designs.imaging.sights import Sights
from designs.imaging.tests.samples import drawn_face
from designs.making import images
from designs.models import Format
from designs.proofs import composing
from designs.providers.base import Output
from designs.tests.factories import FLAT, NOON, DesignFactory, ImageFactory, drawn_image, pick

pytestmark = pytest.mark.usefixtures("shelf")

FACE = lossless_png(drawn_face(900, 600, x=680, y=300, radius=90))


def blind(*args, **kwargs):
    raise DetectionFailed("the face detector cannot run")


def kept(data=FACE):
    return images.keep([Output(data, "image/png", 900, 600, 900, 600, 7, {}, "")])[0]


def image_of_a_face(design, **fields):
    one = kept()
    files = {"file": one.file, "display_file": one.display_file, "thumb_file": one.thumb_file}
    sizes = {"width_px": 900, "height_px": 600, "model_width_px": 900, "model_height_px": 600}
    return ImageFactory(design=design, sights=one.sights, **sizes, **files, **fields)


def found_crop(design):
    chosen = Format.objects.get(pk=FLAT)
    pages = composing.contents(design, chosen, lambda name: composing.screen_area(chosen, name, width_px=720))
    return pages[0].crop


def test_a_picture_is_looked_at_when_it_is_stored():
    one = kept()

    (face,) = Sights.parse(one.sights).faces
    assert (face.left + face.right) / 2 * 900 == pytest.approx(680, abs=30)
    assert storage.read(one.display_file)[:3] == b"\xff\xd8\xff"
    assert "/files/" in images.show(one.display_file, at=NOON)


def test_a_paid_picture_is_kept_when_nobody_can_look_at_it(monkeypatch):
    monkeypatch.setattr(images, "look", blind)

    assert kept().sights is None


def test_an_older_picture_is_looked_at_when_it_is_needed_and_only_then():
    image = drawn_image(DesignFactory(), sights=None)

    assert images.sights_of(image).faces == ()
    image.refresh_from_db()
    assert image.sights["version"] == 1


def test_older_pictures_are_looked_at_by_and_by():
    design = DesignFactory()
    older = [drawn_image(design, sights=None), drawn_image(design, sights=None, color=b"\x10\x20\x30")]

    images.look_at_older()

    for image in older:
        image.refresh_from_db()
    assert [image.sights is None for image in older] == [False, False]


def test_a_crop_that_nobody_chose_keeps_the_face():
    design = DesignFactory()
    pick(design, image_of_a_face(design))

    crop = found_crop(design)

    assert crop["zoom"] == 1
    assert 680 / 900 - 0.12 < crop["x"] < 680 / 900 + 0.12


def test_the_persons_own_crop_wins():
    design = DesignFactory()
    pick(design, image_of_a_face(design))
    design.pages.filter(position="front").update(crop={"x": 0.2, "y": 0.5, "zoom": 1.1})

    assert found_crop(design) == {"x": 0.2, "y": 0.5, "zoom": 1.1}


def test_without_a_detector_there_is_an_error_and_never_the_middle(monkeypatch):
    design = DesignFactory()
    pick(design, image_of_a_face(design))
    design.images.update(sights=None)
    monkeypatch.setattr(images, "look", blind)

    with pytest.raises(images.NotLookedAt):
        found_crop(design)


def test_an_empty_array_is_no_picture():
    assert images.keep([Output(np.zeros(4).tobytes(), "image/png", 1, 1, 1, 1, 7, {}, "")]) == []
