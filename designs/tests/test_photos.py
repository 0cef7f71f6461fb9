import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import Account, Shop, User
from cardmaker.core import storage
from cardmaker.core.errors import BadInput
from cardmaker.core.models import Job
from designs import lifecycle
from designs.imaging import faces
from designs.imaging.faces import DetectionFailed, Face
from designs.models import Design, Photo
from designs.tests.factories import NOON, AccountFactory, DesignFactory, bearer, caller
from designs.tests.photographs import jpeg, scene
from designs.uploading import photos, uploads
from designs.uploading.photos import take_in

pytestmark = pytest.mark.usefixtures("shelf", "one_face")
STRANGER = "3f0c8d0e-0000-4000-8000-000000000000"
BOX = Face(0.3, 0.2, 0.3, 0.4, 0.9)
PHOTO = jpeg(scene(320, 240))


@pytest.fixture
def one_face(monkeypatch):
    """The real detector has tests of its own; here it sees one face, unless a test says otherwise."""
    monkeypatch.setattr(faces, "find", lambda pixels: (BOX,))


@pytest.fixture
def blind(monkeypatch):
    def fail(pixels):
        raise DetectionFailed("no weights")

    monkeypatch.setattr(faces, "find", fail)


def owner(design):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=bearer(design)["Authorization"])
    return client


def send(client, data=PHOTO, **fields):
    headers = {"HTTP_IDEMPOTENCY_KEY": fields.pop("key")} if "key" in fields else {}
    body = {"file": SimpleUploadedFile("me.jpg", data), **fields}
    return client.post("/api/v1/photos/", body, format="multipart", **headers)


def kept(design, data=PHOTO):
    return take_in(data, account=design.account, shop=design.shop, design=design, at=NOON)


def files_of(photo):
    return [storage.exists(name) for name in (photo.file, photo.display_file, photo.thumb_file)]


def different(number):
    return jpeg(scene(100 + number, 100))


def test_a_sent_photo_is_answered_with_faces_advice_and_links():
    design = DesignFactory()
    answer = send(owner(design), design=design.pk)
    body = answer.json()

    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/photos/{body['id']}/"
    assert (body["width_px"], body["height_px"]) == (320, 240)
    assert body["faces"] == [{"left": 0.3, "top": 0.2, "width": 0.3, "height": 0.4, "score": 0.9}]
    assert [(row["code"], row["level"]) for row in body["advice"]] == [("small", "warn")]
    assert APIClient().get(body["url"])["Content-Type"] == "image/webp"
    assert Photo.objects.get().account == design.account


def test_a_visitor_becomes_a_guest_with_the_first_photo(client):
    answer = client.post("/api/v1/photos/", {"file": io.BytesIO(PHOTO)})

    assert answer.status_code == 201
    assert client.get("/api/v1/photos/").json()["results"][0]["id"] == answer.json()["id"]


def test_what_is_no_photo_is_told_beside_the_file_and_leaves_nothing():
    design = DesignFactory()
    answer = send(owner(design), data=b"<html>")

    assert (answer.status_code, Photo.objects.count()) == (400, 0)
    assert "not a photo" in answer.json()["error"]["details"]["file"][0]


def test_more_than_ten_megabytes_are_refused_before_they_are_read():
    answer = send(owner(DesignFactory()), data=b"\xff\xd8\xff" + b"\0" * 10_100_000)

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_the_same_bytes_are_the_same_photo_and_count_once(settings):
    settings.PHOTOS_PER_DAY = 1
    design = DesignFactory()
    first, second = send(owner(design)), send(owner(design))

    assert (first.json()["id"], Photo.objects.count()) == (second.json()["id"], 1)
    assert send(owner(design), data=different(1)).status_code == 429


def test_a_new_guest_of_the_same_browser_has_no_new_photos(settings):
    settings.PHOTOS_PER_DAY = 1
    first, second = DesignFactory(), DesignFactory()
    Account.objects.update(device_key="one browser")

    assert (send(owner(first)).status_code, send(owner(second)).status_code) == (201, 429)


def test_the_same_bytes_of_two_accounts_are_two_photos_that_share_files():
    mine, theirs = kept(DesignFactory()), kept(DesignFactory())
    photos.delete(mine, at=NOON)

    assert mine.pk != theirs.pk
    assert files_of(theirs) == [True, True, True]


def test_an_idempotency_key_gives_the_first_answer_and_refuses_another_photo():
    design = DesignFactory()
    client = owner(design)
    first, again, other = (send(client, data, key="k1") for data in (PHOTO, PHOTO, different(1)))

    assert (first.json()["id"], again["Idempotency-Replayed"]) == (again.json()["id"], "true")
    assert (other.status_code, other.json()["error"]["code"]) == (409, "idempotency_key_reused")
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_shows_the_callers_photos_in_two_queries(count, django_assert_num_queries):
    design = DesignFactory()
    for number in range(count):
        kept(design, different(number))
    kept(DesignFactory())
    client = owner(design)
    with django_assert_num_queries(2):
        rows = client.get("/api/v1/photos/").json()["results"]

    assert len(rows) == count


def test_a_list_can_be_asked_for_one_design():
    design = DesignFactory()
    mine = kept(design)
    kept(DesignFactory(account=design.account, shop=design.shop), different(1))

    rows = owner(design).get(f"/api/v1/photos/?design={design.pk}").json()["results"]
    assert [row["id"] for row in rows] == [str(mine.pk)]
    assert owner(design).get("/api/v1/photos/?design=no").status_code == 400
    assert owner(design).get(f"/api/v1/photos/?design={STRANGER}").status_code == 400


def test_a_strangers_photo_can_neither_be_seen_deleted_nor_used():
    design, other = DesignFactory(), DesignFactory()
    photo = kept(design)
    stranger = owner(other)

    assert stranger.get(f"/api/v1/photos/{photo.pk}/").status_code == 404
    assert stranger.delete(f"/api/v1/photos/{photo.pk}/").status_code == 404
    used = stranger.put(f"/api/v1/designs/{other.pk}/photos/", {"photos": [photo.pk]})
    assert (used.status_code, used.json()["error"]["details"]) == (400, {"photos": ["There is no such photo."]})
    assert send(stranger, design=design.pk).status_code == 400
    assert files_of(photo) == [True, True, True]


def test_an_embed_of_another_shop_does_not_see_the_photo():
    design = DesignFactory()
    photo = kept(design)
    elsewhere = DesignFactory(account=design.account)

    assert owner(elsewhere).get(f"/api/v1/photos/{photo.pk}/").status_code == 404
    assert owner(design).get(f"/api/v1/photos/{photo.pk}/").status_code == 200


def test_no_address_of_a_photo_can_be_guessed(client):
    photo = kept(DesignFactory())
    signed = owner(photo.design).get(f"/api/v1/photos/{photo.pk}/").json()["url"]

    assert client.get(f"/files/{photo.display_file}").status_code == 404
    assert client.get(signed[:-3] + "abc").status_code == 404
    assert client.get(f"/media/{photo.file}").status_code == 404
    with time_machine.travel(NOON + timedelta(days=400)):
        assert client.get(signed).status_code == 410


def test_a_photo_sent_for_a_design_is_used_until_there_are_enough():
    design = DesignFactory()
    sent = [kept(design, different(number)) for number in range(5)]

    assert [use.photo_id for use in design.uses.order_by("rank")] == [photo.pk for photo in sent[:4]]
    assert design.tray.count() == 5


def test_a_design_keeps_thirty_photos_at_most(monkeypatch):
    monkeypatch.setattr(photos, "MOST_KEPT", 2)
    design = DesignFactory()
    for number in range(2):
        kept(design, different(number))

    with pytest.raises(BadInput, match="At most 2 photos can be kept"):
        kept(design, different(2))
    assert Photo.objects.count() == 2
    assert kept(design, different(1)).design_id == design.pk


def test_the_person_says_which_photos_are_used_and_in_which_order():
    design = DesignFactory()
    first, second, third = (kept(design, different(number)) for number in range(3))
    version = Design.objects.get(pk=design.pk).version
    answer = owner(design).put(f"/api/v1/designs/{design.pk}/photos/", {"photos": [third.pk, first.pk]})
    shown = owner(design).get(f"/api/v1/designs/{design.pk}/").json()
    second.refresh_from_db()

    assert [row["id"] for row in answer.json()] == [str(third.pk), str(first.pk)]
    assert [row["id"] for row in shown["photos"]] == [str(third.pk), str(first.pk)]
    assert set(shown["photos"][0]) >= {"id", "thumb_url", "url", "faces", "advice"}
    assert shown["version"] == version + 1
    assert second.unused_since is not None


@pytest.mark.parametrize("wrong", [["a", "a"], ["a", "b", "c", "d", "e"]])
def test_too_many_photos_or_one_twice_are_refused(wrong):
    design = DesignFactory()
    named = {letter: str(kept(design, different(number)).pk) for number, letter in enumerate("abcde")}
    answer = owner(design).put(f"/api/v1/designs/{design.pk}/photos/", {"photos": [named[one] for one in wrong]})

    assert answer.status_code == 400
    assert list(answer.json()["error"]["details"]) == ["photos"]
    assert design.uses.count() == 4


def test_deleting_a_photo_removes_its_files_and_tells_the_design():
    design = DesignFactory()
    photo = kept(design)
    version = Design.objects.get(pk=design.pk).version
    answer = owner(design).delete(f"/api/v1/photos/{photo.pk}/")

    assert (answer.status_code, Photo.objects.count(), design.uses.count()) == (204, 0, 0)
    assert files_of(photo) == [False, False, False]
    assert Design.objects.get(pk=design.pk).version == version + 1


def test_a_deleted_design_takes_the_photos_along_that_nothing_else_uses(drain):
    design = DesignFactory()
    alone, shared = kept(design, different(0)), kept(design, different(1))
    other = DesignFactory(account=design.account, shop=design.shop)
    photos.attach(other, [shared.pk], caller=caller(other), at=NOON)
    lifecycle.delete_design(design, at=NOON)
    drain()

    assert Photo.objects.get() == shared
    assert (files_of(alone), files_of(shared)) == ([False] * 3, [True] * 3)


def test_merging_keeps_a_photo_that_both_sent_as_two():
    guest, person = DesignFactory(), AccountFactory(kind="person")
    mine = kept(guest)
    theirs = take_in(PHOTO, account=person, shop=guest.shop, at=NOON)
    for _ in range(2):
        lifecycle.merge(guest.account, person, at=NOON)
    mine.refresh_from_db()

    assert (mine.account_id, mine.source_sha256) == (person.pk, "")
    assert take_in(PHOTO, account=person, shop=guest.shop, at=NOON).pk == theirs.pk


def test_an_export_links_to_the_whole_photo(client):
    photo = kept(DesignFactory())
    row = lifecycle.export(photo.account)["photos"][0]
    answer = client.get(row["link"].removeprefix("http://127.0.0.1:8000"))

    assert row["id"] == str(photo.pk)
    assert b"".join(answer.streaming_content) == storage.read(photo.file)


def test_erasing_an_account_removes_its_photos(drain):
    photo = kept(DesignFactory())
    lifecycle.erase(photo.account, at=NOON)
    Account.objects.filter(pk=photo.account_id).update(erased_at=NOON)
    drain()

    assert (Photo.objects.count(), files_of(photo)) == (0, [False, False, False])


def test_photos_that_nobody_uses_are_forgotten_in_time(settings):
    settings.PHOTO_DAYS = 90
    design = DesignFactory()
    used, old, new = (kept(design, different(number)) for number in range(3))
    photos.attach(design, [used.pk], caller=caller(design), at=NOON)
    Photo.objects.filter(pk=new.pk).update(unused_since=NOON + timedelta(days=50))
    with time_machine.travel(NOON + timedelta(days=91)):
        photos.forget_unused()
        photos.forget_unused()

    assert set(Photo.objects.all()) == {used, new}
    assert (files_of(old), files_of(used)) == ([False] * 3, [True] * 3)


def test_a_detector_that_fails_is_told_and_tried_again(blind, monkeypatch, drain):
    photo = kept(DesignFactory())
    assert [row["code"] for row in photo.advice] == ["small", "not_looked_at"]

    monkeypatch.setattr(faces, "find", lambda pixels: (BOX, BOX))
    drain()
    photo.refresh_from_db()
    assert [row["code"] for row in photo.advice] == ["small", "several_faces"]
    assert len(photo.faces) == 2


def test_a_detector_that_keeps_failing_ends_up_before_ops(blind, drain):
    kept(DesignFactory())
    drain(ignore_delays=True)

    assert Job.objects.get(kind=photos.LOOK_AGAIN).state == "stuck"


def test_a_photo_without_a_shop_is_the_houses():
    account = AccountFactory()

    assert take_in(PHOTO, account=account, at=NOON).shop == Shop.objects.house()


@pytest.mark.parametrize("count", [1, 3])
def test_ops_see_photos_and_uploads_without_pictures_or_names(count, client, django_assert_max_num_queries):
    client.force_login(User.objects.create_superuser("ops@example.com", "x"))
    for number in range(count):
        design = DesignFactory()
        photo = kept(design, different(number))
        upload = uploads.begin(design.account, design.shop, length=9, metadata="filename bWUuanBn", at=NOON)
    for row in (photo, upload):
        name = f"admin:designs_{row._meta.model_name}"
        with django_assert_max_num_queries(9):
            pages = client.get(reverse(f"{name}_changelist")).content
        pages += client.get(reverse(f"{name}_change", args=[row.pk])).content

        assert str(row.pk).encode() in pages
        assert [secret for secret in (b"/files/", b"bWUuanBn", photo.file.encode()) if secret in pages] == []
