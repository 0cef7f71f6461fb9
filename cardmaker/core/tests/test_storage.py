import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.db import transaction
from moto.server import ThreadedMotoServer

from cardmaker.core import storage
from cardmaker.core.http import take_tallies
from cardmaker.core.transactions import InTransaction

PICTURE = b"\x89PNG not really"
DIGEST = hashlib.sha256(PICTURE).hexdigest()
NAME = f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}.png"


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(settings, s3_address):
    access = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    s3 = boto3.resource("s3", endpoint_url=s3_address, **access)
    bucket = s3.create_bucket(Bucket="cards")
    options = settings.S3_OPTIONS | {"bucket_name": "cards", "endpoint_url": s3_address, "addressing_style": "path"}
    options |= {"access_key": "key", "secret_key": "secret"}
    settings.STORAGES = settings.STORAGES | {"private": {"BACKEND": "cardmaker.core.s3.PrivateS3", "OPTIONS": options}}
    yield bucket
    bucket.objects.all().delete()


@pytest.fixture
def local(settings, tmp_path) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "cardmaker.core.storage.PrivateFiles", "OPTIONS": {"location": str(tmp_path)}}
    }
    return tmp_path


@pytest.fixture(params=["local", "bucket"])
def place(request):
    return request.getfixturevalue(request.param)


def test_what_was_put_is_read_under_the_name_of_its_content(place):
    assert storage.put(PICTURE, ".png") == NAME
    assert storage.read(NAME) == PICTURE
    assert storage.exists(NAME)


def test_the_same_bytes_are_kept_once(place):
    assert storage.put(PICTURE, "png") == storage.put(PICTURE, ".png") == NAME


def test_a_deleted_file_is_gone_and_may_be_deleted_again(place):
    storage.put(PICTURE, ".png")

    storage.delete(NAME)
    storage.delete(NAME)

    assert not storage.exists(NAME)
    with pytest.raises(FileNotFoundError):
        storage.read(NAME)


def test_two_racing_writers_leave_one_whole_file(place):
    private = storages["private"]
    private.put_bytes(NAME, PICTURE)
    private.put_bytes(NAME, PICTURE)

    assert storage.read(NAME) == PICTURE


def test_no_name_leads_outside(local):
    with pytest.raises(SuspiciousFileOperation):
        storage.read("../../etc/passwd")


def test_a_writer_that_dies_leaves_no_file_under_the_name(local, monkeypatch):
    def no_power(handle: int) -> None:
        raise OSError("no power")

    monkeypatch.setattr(os, "fsync", no_power)
    with pytest.raises(OSError, match="no power"):
        storage.put(PICTURE, ".png")

    assert [path for path in local.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_nothing_is_written_inside_a_transaction(local):
    with pytest.raises(InTransaction), transaction.atomic():
        storage.put(PICTURE, ".png")

    assert not storage.exists(NAME)


def test_private_files_have_no_address(local):
    with pytest.raises(ValueError, match="has no address"):
        storages["private"].url(NAME)


def test_the_bucket_is_written_without_public_access_or_new_checksums(bucket):
    storage.put(PICTURE, ".png")

    grants = bucket.Object(NAME).Acl().grants
    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL"]
    assert bucket.Object(NAME).content_type == "image/png"


def test_pieces_have_a_folder_that_goes_as_a_whole(place):
    first, second = storage.put_piece("uploads/one", PICTURE), storage.put_piece("uploads/one", PICTURE)
    other = storage.put_piece("uploads/other", PICTURE)
    storage.delete_folder("uploads/one")
    storage.delete_folder("uploads/one")

    assert first != second
    assert [storage.exists(name) for name in (first, second, other)] == [False, False, True]
    assert storage.read(other) == PICTURE


def test_calls_to_a_bucket_are_counted(bucket):
    take_tallies()

    storage.put(PICTURE, "png")

    (tally,) = take_tallies().values()
    assert (tally.calls, tally.failures, tally.slowest_ms < 5_000) == (2, 0, True)
