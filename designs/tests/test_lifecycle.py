from dataclasses import replace

import pytest

from billing.models import Hold
from cardmaker.core import storage
from designs import lifecycle
from designs.making.generation import start_run
from designs.models import Design, DesignPhoto, Image, PagePreview, Photo, Proof, Run
from designs.proofs import previews
from designs.tests.factories import (
    NOON,
    AccountFactory,
    CalendarFactory,
    DesignFactory,
    RunFactory,
    drawn_image,
    pick,
    ready_proof,
)

pytestmark = pytest.mark.usefixtures("shelf")


def test_a_deleted_design_takes_its_pictures_previews_and_files_away(drain):
    design = DesignFactory()
    image = drawn_image(design)
    pick(design, image)
    rows = previews.page_previews(design, design.format, previews.wanted(design, design.format), at=NOON)
    names = [image.file, image.display_file, image.thumb_file, *(row.file for row in rows)]
    lifecycle.delete_design(design, at=NOON)
    drain()

    assert (Design.objects.count(), Image.objects.count(), PagePreview.objects.count()) == (0, 0, 0)
    assert [storage.exists(name) for name in names] == [False] * len(names)


def test_a_picture_that_another_design_shows_stays(drain):
    design = DesignFactory()
    image = drawn_image(design)
    other = DesignFactory(account=design.account, shop=design.shop)
    pick(other, image)
    lifecycle.delete_design(design, at=NOON)
    drain()

    assert other.pages.get(position="front").picked[0].image.design_id is None
    assert storage.exists(image.file)


def test_a_file_that_another_picture_shares_stays(drain):
    design, other = DesignFactory(), DesignFactory()
    image, twin = drawn_image(design), drawn_image(other)
    lifecycle.delete_design(design, at=NOON)
    drain()

    assert image.file == twin.file
    assert storage.exists(twin.file)


def test_what_was_proofed_keeps_its_print_files(drain):
    proof = ready_proof()
    lifecycle.delete_design(proof.design, at=NOON)
    drain()

    assert Design.objects.get().pages.count() == 0
    assert [storage.exists(file.file) for file in Proof.objects.get().files.all()] == [True, True]


def test_deleting_a_design_ends_its_run_and_frees_the_money(fake, drain):
    design = DesignFactory()
    start_run(design, stage="candidate", positions=["front"], at=NOON)
    lifecycle.delete_design(design, at=NOON)
    drain(ignore_delays=True)

    assert (fake.requests, Hold.objects.get().open_micros, Run.objects.count()) == ([], 0, 0)


def test_merging_moves_all_that_the_guest_made():
    proof, person = ready_proof(), AccountFactory(kind="person")
    guest = proof.account
    mine = RunFactory(design=proof.design, idempotency_key="k1")
    theirs = RunFactory(design=DesignFactory(account=person), idempotency_key="k1")
    photo = Photo.objects.create(account=guest, file="aa/bb/cc.jpg", sha256="0" * 64, width_px=1, height_px=1)
    for _ in range(2):
        lifecycle.merge(guest, person, at=NOON)

    for row in (proof.design, proof, mine, photo, Image.objects.get()):
        row.refresh_from_db()
        assert row.account_id == person.pk
    assert (mine.idempotency_key, Run.objects.get(pk=theirs.pk).idempotency_key) == ("", "k1")


def test_export_tells_what_was_written_and_leaves_others_out():
    design = DesignFactory(title="Fox")
    DesignFactory(title="Not mine")
    exported = lifecycle.export(design.account)

    assert [row["title"] for row in exported["designs"]] == ["Fox"]
    assert exported["designs"][0]["pages"][0]["prompt"] == "a fox in the snow"


def test_erasing_removes_texts_pictures_and_photos_and_keeps_digests(drain):
    proof = ready_proof()
    account, digest = proof.account, proof.digest
    name = storage.put(b"a photo", "jpg")
    Photo.objects.create(account=account, file=name, sha256="0" * 64, width_px=1, height_px=1)
    other = DesignFactory()
    lifecycle.erase(account, at=NOON)
    type(account).objects.filter(pk=account.pk).update(erased_at=NOON)
    drain()
    proof.refresh_from_db()

    assert (proof.snapshot, proof.digest) == ({}, digest)
    assert (Image.objects.count(), Photo.objects.count(), storage.exists(name)) == (0, 0, False)
    assert Design.objects.filter(deleted_at=None).get() == other


def test_a_deleted_calendar_takes_its_masters_previews_and_photos_away(fake, drain):
    fake.capabilities = replace(fake.capabilities, sizes={"draft": 16, "final": 32})
    design, stays = CalendarFactory(), CalendarFactory()
    file = storage.put(b"a calendar's photo", "jpg")
    sizes = {"width_px": 1, "height_px": 1, "sha256": "0" * 64}
    photo = Photo.objects.create(account=design.account, design=design, file=file, **sizes)
    DesignPhoto.objects.create(design=design, photo=photo)
    start_run(stays, stage="page", positions=["cover"], at=NOON)
    start_run(design, stage="page", positions=["cover", "month-01"], at=NOON)
    drain(ignore_delays=True)
    names = {name for image in design.images.all() for name in (image.file, image.display_file, image.thumb_file)}
    kept = {name for image in stays.images.all() for name in (image.file, image.display_file, image.thumb_file)}
    lifecycle.delete_design(design, at=NOON)
    drain(ignore_delays=True)

    assert [name for name in (*names - kept, photo.file) if storage.exists(name)] == []
    assert [name for name in kept if not storage.exists(name)] == []
    assert (Photo.objects.count(), stays.images.count()) == (0, 1)


def test_pictures_that_nobody_picked_go_too_where_a_proof_keeps_the_design(drain):
    proof = ready_proof()
    unpicked = drawn_image(proof.design, width_px=315, height_px=435, color=b"\x10\x20\x30")
    lifecycle.delete_design(proof.design, at=NOON)
    drain()

    assert not Image.objects.filter(pk=unpicked.pk).exists()
    assert not storage.exists(unpicked.file)
