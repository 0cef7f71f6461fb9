import base64
import hashlib
import io
from datetime import timedelta

import boto3
import pytest
import time_machine
from django.http import UnreadablePostError
from django.utils import timezone
from moto.server import ThreadedMotoServer
from rest_framework.test import APIClient

from accounts.models import Account, Shop
from billing.quota import QuotaSpent
from cardmaker.core import storage
from cardmaker.core.errors import BadInput
from designs import lifecycle
from designs.imaging import faces
from designs.models import Photo, Upload, UploadPiece
from designs.tests.factories import NOON, AccountFactory, DesignFactory, bearer
from designs.tests.photographs import jpeg, scene
from designs.uploading import uploads
from designs.uploading.uploads import Overtaken, TooLarge

pytestmark = pytest.mark.usefixtures("shelf", "no_faces")
PHOTO = jpeg(scene(320, 240))
HALF = len(PHOTO) // 2
BYTES = "application/offset+octet-stream"
LIST = "/api/v1/uploads/"


@pytest.fixture
def no_faces(monkeypatch):
    monkeypatch.setattr(faces, "find", lambda pixels: ())


@pytest.fixture
def tus():
    """A caller with a design, through its shop's embed."""
    return Tus(DesignFactory())


@pytest.fixture(scope="module")
def s3_address():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(settings, s3_address):
    access = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    bucket = boto3.resource("s3", endpoint_url=s3_address, **access).create_bucket(Bucket="photos")
    options = settings.S3_OPTIONS | {"bucket_name": "photos", "endpoint_url": s3_address, "addressing_style": "path"}
    options |= {"access_key": "key", "secret_key": "secret"}
    backend = {"BACKEND": "cardmaker.core.s3.PrivateS3", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"private": backend}
    return bucket


class Tus:
    """A client that speaks tus as the protocol's text says, and what is in the database."""

    def __init__(self, design):
        self.design, self.client = design, APIClient()
        self.client.credentials(HTTP_AUTHORIZATION=bearer(design)["Authorization"], HTTP_TUS_RESUMABLE="1.0.0")

    def create(self, length=len(PHOTO), body=b"", **headers):
        content_type = {"content_type": BYTES} if body else {}
        return self.client.generic("POST", LIST, body, HTTP_UPLOAD_LENGTH=str(length), **content_type, **headers)

    def begun(self, **headers):
        return self.create(**headers)["Location"]

    def patch(self, url, body, offset=0, content_type=BYTES, **headers):
        return self.client.generic(
            "PATCH", url, body, content_type=content_type, HTTP_UPLOAD_OFFSET=str(offset), **headers
        )


def told(answer):
    return answer.status_code, answer.json()["error"]["code"]


def pieces_stored():
    return [row.file for row in UploadPiece.objects.all() if storage.exists(row.file)]


def test_options_say_what_the_server_can_do(client):
    answer = client.options(LIST)

    assert answer.status_code == 204
    assert (answer["Tus-Resumable"], answer["Tus-Version"], answer["Tus-Max-Size"]) == ("1.0.0", "1.0.0", "10000000")
    assert answer["Tus-Extension"] == "creation,creation-with-upload,expiration,termination,checksum"
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_photo_arrives_in_two_halves(tus):
    created = tus.create(HTTP_UPLOAD_METADATA="filename bWUuanBn")
    url = created["Location"]
    first = tus.patch(url, PHOTO[:HALF])
    asked = tus.client.head(url)
    last = tus.patch(url, PHOTO[HALF:], HALF)

    assert (created.status_code, created["Upload-Offset"], "Upload-Expires" in created) == (201, "0", True)
    assert (first.status_code, first["Upload-Offset"], "Upload-Photo" in first) == (204, str(HALF), False)
    assert (asked.status_code, asked["Upload-Offset"], asked["Upload-Length"]) == (200, str(HALF), str(len(PHOTO)))
    assert (asked["Upload-Metadata"], asked["Cache-Control"]) == ("filename bWUuanBn", "no-store")
    assert (last.status_code, last["Upload-Photo"]) == (204, str(Photo.objects.get().pk))


def test_what_it_became_can_be_read(tus):
    url = tus.begun()
    tus.patch(url, PHOTO)
    body = tus.client.get(url).json()

    assert (body["state"], body["offset"], body["photo"]["id"]) == ("done", len(PHOTO), str(Photo.objects.get().pk))
    assert (pieces_stored(), UploadPiece.objects.count()) == ([], 0)
    assert tus.patch(url, b"", len(PHOTO)).status_code == 204


def test_the_first_bytes_may_come_with_the_announcement(tus):
    answer = tus.create(body=PHOTO)

    assert (answer.status_code, answer["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert answer["Upload-Photo"] == str(Photo.objects.get().pk)


def test_a_photo_is_sent_for_a_design_by_its_metadata(tus):
    name = base64.b64encode(str(tus.design.pk).encode()).decode()
    stranger = base64.b64encode(str(DesignFactory().pk).encode()).decode()
    tus.create(body=PHOTO, HTTP_UPLOAD_METADATA=f"filename bWUuanBn,design {name}")

    assert tus.design.uses.get().photo == Photo.objects.get()
    assert tus.create(HTTP_UPLOAD_METADATA=f"design {stranger}").status_code == 400
    assert tus.create(HTTP_UPLOAD_METADATA="design %%%").status_code == 400


def test_what_is_no_photo_is_refused_with_the_last_byte(tus):
    url = tus.begun(length=6)
    answer = tus.patch(url, b"<html>")
    body = tus.client.get(url).json()

    assert told(answer) == (400, "invalid")
    assert "not a photo" in answer.json()["error"]["details"]["file"][0]
    assert (body["state"], body["photo"], body["error"]["code"]) == ("refused", None, "invalid")
    assert (pieces_stored(), Photo.objects.count()) == ([], 0)


@pytest.mark.parametrize("length", ["", "abc", "-1", "1.5", "9" * 20, "٣"])
def test_a_length_must_be_a_whole_number(tus, length):
    assert told(tus.create(length=length)) == (400, "invalid")


def test_lengths_that_no_photo_has_are_refused(tus):
    assert told(tus.create(length=10_000_001)) == (413, "too_large")
    assert told(tus.create(length=0)) == (400, "invalid")
    assert told(tus.client.post(LIST, HTTP_UPLOAD_DEFER_LENGTH="1")) == (400, "invalid")
    assert Upload.objects.count() == 0


def test_another_version_is_refused_with_ours(tus):
    url = tus.begun()
    tus.client.credentials(HTTP_AUTHORIZATION=bearer(tus.design)["Authorization"], HTTP_TUS_RESUMABLE="0.2.2")

    assert told(tus.create()) == (412, "tus_version")
    assert tus.patch(url, PHOTO)["Tus-Version"] == "1.0.0"
    assert tus.client.head(url).status_code == 412
    assert Upload.objects.get().offset == 0


def test_bytes_for_another_place_are_refused_and_told_the_right_one(tus):
    url = tus.begun()
    tus.patch(url, PHOTO[:100])
    answer = tus.patch(url, PHOTO[50:], 50)

    assert (*told(answer), answer.json()["error"]["details"]) == (409, "offset_mismatch", {"offset": 100})
    assert told(tus.patch(url, b"", "x")) == (400, "invalid")
    assert Upload.objects.get().offset == 100


def test_a_body_that_is_not_plain_bytes_is_refused(tus):
    assert told(tus.patch(tus.begun(), PHOTO, content_type="image/jpeg")) == (415, "unsupported_media_type")


def test_more_bytes_than_announced_are_refused_before_they_are_read(tus):
    url = tus.begun(length=100)

    assert told(tus.patch(url, b"x" * 101)) == (413, "too_large")
    assert Upload.objects.get().offset == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum_is_believed_only_when_it_is_right(tus, algorithm):
    url = tus.begun()
    right = base64.b64encode(hashlib.new(algorithm, PHOTO).digest()).decode()
    wrong = tus.patch(url, PHOTO[:-1] + b"x", HTTP_UPLOAD_CHECKSUM=f"{algorithm} {right}")
    unknown = tus.patch(url, PHOTO, HTTP_UPLOAD_CHECKSUM=f"crc32 {right}")
    after = Upload.objects.get().offset

    assert (told(wrong), told(unknown), after) == ((460, "checksum_mismatch"), (400, "invalid"), 0)
    assert tus.patch(url, PHOTO, HTTP_UPLOAD_CHECKSUM=f"{algorithm} {right}").status_code == 204


def test_calling_it_off_removes_the_pieces(tus):
    url = tus.begun()
    tus.patch(url, PHOTO[:HALF])
    stored = pieces_stored()
    answer = tus.client.delete(url)

    assert (answer.status_code, len(stored), Upload.objects.count()) == (204, 1, 0)
    assert not storage.exists(stored[0])
    assert tus.client.head(url).status_code == 404
    assert tus.client.delete(url).status_code == 404


def test_post_may_stand_for_other_methods(tus):
    url = tus.begun()
    headers = {"HTTP_UPLOAD_OFFSET": "0", "HTTP_X_HTTP_METHOD_OVERRIDE": "PATCH"}

    assert tus.client.generic("POST", url, PHOTO, content_type=BYTES, **headers).status_code == 204
    assert tus.client.post(url, HTTP_X_HTTP_METHOD_OVERRIDE="DELETE").status_code == 204


def test_a_strangers_upload_cannot_be_seen_written_or_called_off(tus):
    url, stranger = tus.begun(), Tus(DesignFactory())
    answers = [
        stranger.client.get(url),
        stranger.client.head(url),
        stranger.patch(url, PHOTO),
        stranger.client.delete(url),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert [answer["Tus-Resumable"] for answer in answers] == ["1.0.0"] * 4
    assert APIClient().get(url).status_code == 404
    assert Upload.objects.get().offset == 0


def test_a_guests_cookie_is_enough_with_its_csrf_token():
    client = APIClient(enforce_csrf_checks=True, HTTP_TUS_RESUMABLE="1.0.0")
    url = client.generic("POST", LIST, b"", HTTP_UPLOAD_LENGTH=str(len(PHOTO)))["Location"]
    send = {"path": url, "data": PHOTO, "content_type": BYTES, "HTTP_UPLOAD_OFFSET": "0"}
    token = "k" * 32
    client.cookies[client_csrf_cookie()] = token

    assert client.generic("PATCH", **send).status_code == 403
    assert client.generic("PATCH", **send, HTTP_X_CSRFTOKEN=token).status_code == 204


def client_csrf_cookie():
    from django.conf import settings

    return settings.CSRF_COOKIE_NAME


def test_an_upload_waits_a_day_for_its_next_piece(tus, settings):
    settings.UPLOAD_HOURS = 24
    left, gone = tus.begun(), tus.begun()
    tus.patch(gone, PHOTO[:HALF])
    stored = pieces_stored()
    Upload.objects.filter(pk=left.split("/")[-2]).update(expires_at=timezone.now() + timedelta(hours=50))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert tus.client.head(gone).status_code == 404
        assert tus.patch(gone, PHOTO[HALF:], HALF).status_code == 404
        uploads.sweep()
        uploads.sweep()

    assert [str(pk) for pk in Upload.objects.values_list("pk", flat=True)] == [left.split("/")[-2]]
    assert not storage.exists(stored[0])


def test_an_account_begins_so_many_a_day(tus, settings):
    settings.UPLOADS_PER_DAY = 1
    tus.begun()

    assert told(tus.create()) == (429, "quota_spent")


def test_a_new_guest_of_the_same_browser_begins_no_more(settings, db):
    settings.UPLOADS_PER_DAY = 1
    first, second = (Account.objects.create(device_key="one browser") for _ in range(2))
    uploads.begin(first, Shop.objects.house(), length=10, at=NOON)

    with pytest.raises(QuotaSpent):
        uploads.begin(second, Shop.objects.house(), length=10, at=NOON)
    assert Upload.objects.count() == 1


def test_what_arrived_before_the_connection_broke_is_kept(tus):
    tus.begun()
    upload, body = Upload.objects.get(), io.BytesIO(PHOTO[:HALF])

    def read(size):
        chunk = body.read(size)
        if not chunk:
            raise UnreadablePostError("the client is gone")
        return chunk

    uploads.receive(upload, read, offset=0, at=NOON)
    assert Upload.objects.get().offset == HALF
    assert uploads.joined(upload.__class__(pk=upload.pk, length=HALF)) == PHOTO[:HALF]


def test_pieces_are_stored_while_more_is_coming(tus, monkeypatch):
    monkeypatch.setattr(uploads, "PIECE_BYTES", 16_384)
    tus.begun()
    upload, body, seen = Upload.objects.get(), io.BytesIO(PHOTO), []

    def read(size):
        seen.append(Upload.objects.get().offset)
        return body.read(size)

    uploads.receive(upload, read, offset=0, at=NOON)
    assert seen[:3] == [0, 16_384, 32_768]


def test_a_piece_for_a_place_that_is_taken_leaves_nothing(tus):
    tus.begun()
    slow, quick = Upload.objects.get(), Upload.objects.get()
    uploads.receive_checked(quick, PHOTO[:200], offset=0, at=NOON)
    with pytest.raises(Overtaken):
        uploads.receive_checked(slow, PHOTO[:300], offset=0, at=NOON)

    assert (Upload.objects.get().offset, len(pieces_stored()), UploadPiece.objects.count()) == (200, 1, 1)


def test_thousands_of_tiny_pieces_are_refused(tus, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PIECES", 2)
    tus.begun()
    upload = Upload.objects.get()
    for offset in range(2):
        uploads.receive_checked(upload, b"x", offset=offset, at=NOON)
    with pytest.raises(BadInput):
        uploads.receive_checked(upload, b"x", offset=2, at=NOON)
    with pytest.raises(TooLarge):
        uploads.receive_checked(upload, PHOTO, offset=2, at=NOON)


def test_a_server_that_dies_before_it_finished_is_made_up_for_by_a_job(tus, monkeypatch, drain):
    url = tus.begun()
    with monkeypatch.context() as dying:
        dying.setattr(uploads, "finish", die)
        with pytest.raises(SystemExit):
            tus.patch(url, PHOTO)
    assert tus.client.get(url).json()["state"] == "receiving"

    drain(ignore_delays=True)
    assert tus.client.head(url)["Upload-Photo"] == str(Photo.objects.get().pk)


def die(upload_id):
    raise SystemExit


def test_finishing_twice_makes_one_photo(tus):
    tus.patch(tus.begun(), PHOTO)
    uploads.finish(str(Upload.objects.get().pk))

    assert (Photo.objects.count(), Upload.objects.get().state) == (1, "done")


def test_pieces_in_a_bucket_are_joined_and_removed(bucket, tus):
    url = tus.begun()
    tus.patch(url, PHOTO[:HALF])
    there = [item.key.split("/")[0] for item in bucket.objects.all()]
    tus.patch(url, PHOTO[HALF:], HALF)
    photo = Photo.objects.get()

    assert there == ["uploads"]
    assert {item.key for item in bucket.objects.all()} == {photo.file, photo.display_file, photo.thumb_file}


def test_merging_takes_an_upload_along_and_erasing_removes_it(tus, drain):
    tus.patch(tus.begun(), PHOTO[:HALF])
    stored, person = pieces_stored(), AccountFactory(kind="person")
    lifecycle.merge(tus.design.account, person, at=NOON)
    assert Upload.objects.get().account == person

    lifecycle.erase(person, at=NOON)
    Account.objects.filter(pk=person.pk).update(erased_at=NOON)
    drain()
    assert (Upload.objects.count(), storage.exists(stored[0])) == (0, False)
