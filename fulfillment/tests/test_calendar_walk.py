import io

import pytest
from PIL import Image

from fulfillment.walkthrough.calendars import own_photos, photos_in
from fulfillment.walkthrough.suppliers import PrintifySide
from fulfillment.walkthrough.web import WalkFailed, Web

SIDES = ("january", "front_cover", "december")


@pytest.fixture
def printify():
    return PrintifySide(Web("http://127.0.0.1:9"))


def order(**changes):
    files = [{"position": side, "sha256": side * 2, "url": f"http://example.com/{side}.jpg"} for side in SIDES]
    told = {"id": "65a", "external_id": "CM-1", "status": "fulfilled", "issue": "", "shipments": [{"number": "9261"}]}
    return {**told, "lines": [{"files": files}], **changes}


def test_the_suppliers_sides_are_read_as_our_pages(printify):
    assert printify.files(order()) == [
        {"position": "cover", "sha256": "front_coverfront_cover"},
        {"position": "month-01", "sha256": "januaryjanuary"},
        {"position": "month-12", "sha256": "decemberdecember"},
    ]
    assert (printify.reference(order()), printify.tracking_number(order())) == ("CM-1", "9261")


def test_an_order_that_nobody_sent_to_production_is_not_moved_by_hand(printify):
    with pytest.raises(WalkFailed, match="never told to print"):
        printify.ship(order(status="on-hold"))


def test_the_walk_has_five_photos_of_its_own():
    photos = own_photos()

    assert len({content for _, content in photos}) == 5
    assert [Image.open(io.BytesIO(content)).size for _, content in photos] == [(1200, 1500)] * 5


def test_five_to_ten_photos_of_a_directory_are_taken_by_name(tmp_path):
    for number in range(12):
        (tmp_path / f"{number:02d}.jpg").write_bytes(b"photo")
    (tmp_path / "notes.txt").write_text("no photo")
    assert [name for name, _ in photos_in(tmp_path)] == [f"{number:02d}.jpg" for number in range(10)]

    for number in range(4, 12):
        (tmp_path / f"{number:02d}.jpg").unlink()
    with pytest.raises(WalkFailed, match="holds 4 photos"):
        photos_in(tmp_path)
