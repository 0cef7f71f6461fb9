"""tus as an independent client, tuspy, speaks it, against a server that may be killed in the middle of a chunk."""

import hashlib
import io
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.db import connection
from tusclient.client import TusClient
from tusclient.exceptions import TusUploadFailed

from cardmaker.core import storage
from designs.models import Photo, Upload
from designs.tests.factories import NOON, DesignFactory, bearer, load_reference_rows
from designs.tests.photographs import jpeg, scene
from designs.uploading import photo_files, uploads

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]
GIVE_UP_S = 60


@pytest.fixture(autouse=True)
def rows(transactional_db):
    load_reference_rows()


@pytest.fixture
def token():
    return bearer(DesignFactory())


def large_photo():
    """About 2 MB: noise does not shrink."""
    return jpeg(scene(1600, 1200), subsampling=0)


def client_of(address, token):
    return TusClient(f"{address}/api/v1/uploads/", headers=token)


def test_tuspy_sends_a_photo_in_chunks_with_checksums(live_server, token):
    data = large_photo()
    uploader = client_of(live_server.url, token).uploader(
        file_stream=io.BytesIO(data), chunk_size=1_000_000, metadata={"filename": "me ü.jpg"}, upload_checksum=True
    )
    uploader.upload()
    photo = Photo.objects.get()

    assert (uploader.get_offset(), uploader.request.response_headers["upload-photo"]) == (len(data), str(photo.pk))
    assert photo.source_sha256 == hashlib.sha256(data).hexdigest()


def test_tuspy_goes_on_where_another_uploader_stopped(live_server, token):
    data = large_photo()
    first = client_of(live_server.url, token).uploader(file_stream=io.BytesIO(data), chunk_size=700_000)
    first.upload(stop_at=700_000)
    second = client_of(live_server.url, token).uploader(file_stream=io.BytesIO(data), url=first.url)

    assert second.offset == 700_000
    second.upload()
    assert Photo.objects.get().source_sha256 == hashlib.sha256(data).hexdigest()


def test_tuspy_is_told_what_is_refused(live_server, token):
    client = client_of(live_server.url, token)
    with pytest.raises(TusUploadFailed) as refused:
        client.uploader(file_stream=io.BytesIO(b"<html>" * 100)).upload()

    assert refused.value.status_code == 400
    assert b"not a photo" in refused.value.response_content


def test_a_killed_server_keeps_what_came_and_tuspy_sends_the_rest(process_env, token):
    data = large_photo()
    with Server(process_env) as server:
        uploader = client_of(server.address, token).uploader(file_stream=io.BytesIO(data))
        uploader.set_url(uploader.create_url())
        with server.half_sent(uploader.url, token, data):
            wait_for(lambda: Upload.objects.get().offset > 0)
            server.kill()
        kept = Upload.objects.get().offset
        server.start()
        resumed = client_of(server.address, token).uploader(file_stream=io.BytesIO(data), url=uploader.url)
        assert resumed.offset == kept
        assert 0 < kept < len(data)
        resumed.upload()
    photo = Photo.objects.get()

    assert photo.source_sha256 == hashlib.sha256(data).hexdigest()
    assert photo_files.clean(data).jpeg == storage.read(photo.file)


class Server:
    """gunicorn as in production, in a process of its own."""

    def __init__(self, env):
        self.env = env
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "cardmaker.wsgi", "--no-control-socket", "--log-level", "warning"]
        command += ["--bind", f"127.0.0.1:{self.port}", "-w", "1", "--threads", "4"]
        root = Path(settings.BASE_DIR)
        self.process = subprocess.Popen(command, env=self.env | {"PORT": str(self.port)}, cwd=root, process_group=0)
        wait_for(self.answers)

    def answers(self):
        try:
            return requests.get(f"{self.address}/healthz", timeout=5).ok
        except requests.RequestException:
            return False

    def kill(self):
        """Master and worker at once, as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, 9)
            self.process.wait()

    def half_sent(self, url, token, data):
        """A connection that has announced all of `data` and sent a part of it."""
        connected = socket.create_connection(("127.0.0.1", self.port))
        path = url.removeprefix(self.address)
        lines = [f"PATCH {path} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: {token['Authorization']}"]
        lines += ["Tus-Resumable: 1.0.0", "Upload-Offset: 0", f"Content-Length: {len(data)}"]
        lines += ["Content-Type: application/offset+octet-stream", "", ""]
        connected.sendall("\r\n".join(lines).encode() + data[: len(data) // 2])
        return connected


def wait_for(condition):
    deadline = time.monotonic() + GIVE_UP_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.postgres
def test_of_pieces_that_arrive_at_once_for_one_place_one_is_kept():
    design = DesignFactory()
    upload = uploads.begin(design.account, design.shop, length=1_000, at=NOON)

    def send(number):
        try:
            mine = Upload.objects.get(pk=upload.pk)
            body = io.BytesIO(bytes([number]) * 500)
            uploads.receive(mine, body.read, offset=0, at=NOON)
        except uploads.Overtaken:
            return None
        finally:
            connection.close()
        return number

    with ThreadPoolExecutor(8) as pool:
        won = [number for number in pool.map(send, range(8)) if number is not None]
    piece = upload.pieces.get()

    assert len(won) == 1
    assert storage.read(piece.file) == bytes(won) * 500
    assert Upload.objects.get().offset == 500
