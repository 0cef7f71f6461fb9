"""Print files for suppliers and pictures for the shop: unguessable, re-hashed at every serve, dead in time."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from cardmaker.core import storage
from designs.imaging import credentials, pictures
from fulfillment.models import FileServe, PrintJob
from fulfillment.printing import drafts
from fulfillment.sales import strategies
from fulfillment.tests.factories import World


@pytest.fixture
def job(world: World) -> PrintJob:
    return world.print_job()


def path_of(job: PrintJob, position: str = "front") -> str:
    file = job.lines.get().line.proof.files.get(position=position)
    return reverse("print-file", args=[job.token, file.sha256])


def test_a_supplier_gets_exactly_the_proofed_bytes_and_it_is_logged(client, job: PrintJob):
    response = client.get(path_of(job))

    assert response.status_code == 200
    assert path_of(job).endswith(f"/{storage.sha256(response.content)}.jpg")
    assert [(serve.job, serve.intact) for serve in FileServe.objects.all()] == [(job, True)]


def test_a_changed_byte_is_never_served(client, job: PrintJob):
    file = job.lines.get().line.proof.files.get(position="front")
    (settings.HOME / "files" / file.file).write_bytes(b"something else")

    response = client.get(path_of(job))

    assert response.status_code == 500
    assert [serve.intact for serve in FileServe.objects.all()] == [False]


def test_a_wrong_token_or_a_file_of_another_job_is_404(client, job: PrintJob, world: World):
    front = path_of(job)
    foreign = front.replace(front.rsplit("/", 1)[-1], "0" * 64 + ".jpg")

    assert client.get(front.replace(job.token, "x" * 32)).status_code == 404
    assert client.get(foreign).status_code == 404


def test_the_link_dies_thirty_days_after_delivery(client, job: PrintJob):
    PrintJob.objects.filter(pk=job.pk).update(over_at=timezone.now() - timedelta(days=29))
    assert client.get(path_of(job)).status_code == 200

    PrintJob.objects.filter(pk=job.pk).update(over_at=timezone.now() - timedelta(days=31))
    assert client.get(path_of(job)).status_code == 410


def test_a_listing_picture_needs_a_fresh_signature(client, world: World):
    assert client.get("/listing-pictures/nonsense.jpg").status_code == 404

    token = signing.TimestampSigner(salt="something-else").sign(str(world.listing.pk))
    assert client.get(f"/listing-pictures/{token}.jpg").status_code == 404
    assert strategies.picture_url(world.listing).startswith(settings.PUBLIC_URL + "/listing-pictures/")


def test_a_buyer_who_shows_nothing_gets_a_stock_picture(client, world: World):
    world.listing.shows_design = False
    world.listing.save(update_fields=["shows_design"])
    shown = client.get(strategies.picture_url(world.listing).removeprefix(settings.PUBLIC_URL))

    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert max(pictures.size_px(shown.content)) == 800
    told = credentials.read(shown.content, "image/jpeg")
    assert (told.xmp, told.c2pa, told.state) == ("algorithmicMedia", "algorithmicMedia", "Valid")


def test_a_drafts_files_are_offered_until_it_is_cleared(client, world: World):
    draft = drafts.start(world.proof, world.item, at=timezone.now())
    address = reverse("print-file", args=[draft.token, world.proof.files.get(position="front").sha256])

    assert client.get(address).status_code == 200
    assert [(serve.draft, serve.job, serve.intact) for serve in FileServe.objects.all()] == [(draft, None, True)]

    draft.cleared_at = timezone.now()
    draft.save(update_fields=["cleared_at"])
    assert client.get(address).status_code == 410
    assert client.get(address.replace(draft.token, "x" * 32)).status_code == 404
