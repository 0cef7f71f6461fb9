import io
import zipfile
from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from cardmaker.core import storage
from cardmaker.core.jobs import drain
from designs.models import Export, ExportedFile, Image, ProductBrief
from designs.products import exporting
from designs.tests.factories import NOON
from designs.tests.test_product_api import BRIEFS, draw, planned, post, shown, studio  # noqa: F401


@pytest.fixture
def drawn(studio):  # noqa: F811
    """A product with two pictures; its client, its brief and their ids."""
    brief = planned(studio, 2)
    draw(studio, brief)
    drain()
    return studio, brief, [shot["images"][0]["id"] for shot in shown(studio, brief)["shots"]]


def ask(client, brief, **body):
    return post(client, f"{BRIEFS}{brief['id']}/exports/", body)


def test_chosen_pictures_come_as_one_zip_in_the_sizes_of_the_places(drawn):
    client, brief, images = drawn
    asked = ask(client, brief, images=images, places=["shopify", "web", "full"])
    drain()
    done = client.get(f"/api/v1/exports/{asked.json()['id']}/").json()
    archive = zipfile.ZipFile(io.BytesIO(b"".join(APIClient().get(done["zip_url"]).streaming_content)))

    assert (asked.status_code, asked.json()["progress"], asked.json()["zip_url"]) == (202, 0, None)
    assert (done["state"], done["progress"], len(done["files"])) == ("done", 100, 6)
    assert [name.split("-")[0] for name in archive.namelist()] == [
        "shopify/meadow", "web/meadow", "full/meadow", "shopify/meadow", "web/meadow", "full/meadow",
    ]  # fmt: skip
    assert archive.testzip() is None
    assert {(file["width_px"], file["enlarged"]) for file in done["files"] if file["place"] == "shopify"} == {
        (2048, True)
    }


def test_a_picture_that_cannot_be_made_is_named_and_the_others_come(drawn):
    client, brief, images = drawn
    storage.delete(ProductBrief.objects.get().design.images.get(pk=images[0]).file)
    asked = ask(client, brief, images=images, places=["web"]).json()
    drain()
    files = client.get(f"/api/v1/exports/{asked['id']}/").json()["files"]

    assert [file["problem"] for file in files] == [exporting.UNREADABLE, ""]


def test_a_picture_that_is_withheld_is_neither_asked_for_nor_made(drawn):
    client, brief, images = drawn
    asked = ask(client, brief, images=images, places=["web"]).json()
    Image.objects.filter(pk=images[0]).update(withheld="nudity")
    drain()
    files = client.get(f"/api/v1/exports/{asked['id']}/").json()["files"]

    assert [file["problem"][:30] for file in files] == ["This picture may show nudity, ", ""]
    assert ask(client, brief, images=images, places=["web"]).json()["error"]["details"].keys() == {"images"}


def test_a_picture_that_is_withheld_later_is_left_out_of_the_zip(drawn):
    client, brief, images = drawn
    asked = ask(client, brief, images=images, places=["web"]).json()
    drain()
    Image.objects.filter(pk=images[0]).update(withheld="nudity")
    done = client.get(f"/api/v1/exports/{asked['id']}/").json()

    archive = zipfile.ZipFile(io.BytesIO(b"".join(APIClient().get(done["zip_url"]).streaming_content)))
    assert [images[1][:8] in name for name in archive.namelist()] == [True]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"images": []}, "images"),
        ({"images": ["00000000-0000-4000-8000-000000000000"]}, "images"),
        ({"places": ["nowhere"]}, "places"),
        ({"places": []}, "places"),
        ({"ground": "green"}, "ground"),
    ],
)
def test_what_cannot_be_exported_is_refused_beside_its_field(drawn, change, field):
    client, brief, images = drawn
    answer = ask(client, brief, **{"images": images, "places": ["web"], **change})

    assert (answer.status_code, list(answer.json()["error"]["details"])) == (400, [field])
    assert Export.objects.count() == 0


def test_a_repeated_step_makes_no_second_file(drawn):
    client, brief, images = drawn
    row = Export.objects.get(pk=ask(client, brief, images=images, places=["web"]).json()["id"])
    exporting.make(str(row.pk))
    exporting.make(str(row.pk))
    exporting.make(str(row.pk))
    exporting.make(str(row.pk))
    row.refresh_from_db()

    assert (row.state, row.files.count()) == ("done", 2)


def test_files_go_after_their_days_and_the_link_with_them(drawn, settings, time_machine):
    client, brief, images = drawn
    asked = ask(client, brief, images=images, places=["web"]).json()
    drain()
    link = client.get(f"/api/v1/exports/{asked['id']}/").json()["zip_url"]
    names = list(ExportedFile.objects.values_list("file", flat=True))
    Export.objects.update(finished_at=NOON)
    time_machine.move_to(NOON + timedelta(days=settings.EXPORT_DAYS, minutes=1), tick=False)
    exporting.clear_old()
    exporting.clear_old()

    assert [storage.exists(name) for name in names] == [False, False]
    assert client.get(link).status_code in (404, 410)
    assert client.get(f"/api/v1/exports/{asked['id']}/").json()["zip_url"] is None


def test_a_stranger_gets_no_export_and_no_forged_link(drawn):
    client, brief, images = drawn
    asked = ask(client, brief, images=images, places=["web"]).json()

    assert APIClient().get(f"/api/v1/exports/{asked['id']}/").status_code == 404
    assert ask(APIClient(), brief, images=images, places=["web"]).status_code == 404
    assert APIClient().get(f"/exports/{asked['id']}:abc:def.zip").status_code == 404
