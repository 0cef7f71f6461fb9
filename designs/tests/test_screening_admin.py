import cv2
import numpy as np
import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from cardmaker.core.models import Job
from designs.imaging.encode import preview_jpeg
from designs.imaging.phash import mirrored, phash
from designs.models import BannedPicture, Flag, ProtectedName
from designs.screening import flags
from designs.screening.pictures import APPLY
from designs.screening.verdict import Concern
from designs.tests.factories import NOON, DesignFactory, ImageFactory, drawn_image

pytestmark = pytest.mark.usefixtures("shelf")
FLAGS = reverse("admin:designs_flag_changelist")


@pytest.fixture
def ops(client):
    client.force_login(User.objects.create_superuser("ops@example.com", "x"))
    return client


def flagged(image=None, *, withholds=False):
    image = image or ImageFactory()
    owner = {"account_id": image.account_id, "design_id": image.design_id}
    flags.flag("image", image.pk, [Concern("nudity", score=0.87, withholds=withholds)], **owner, at=NOON)
    return Flag.objects.get(subject_id=image.pk)


def press(ops, action, *chosen):
    return ops.post(FLAGS, {"action": action, "_selected_action": [str(flag.pk) for flag in chosen]}, follow=True)


def scene():
    rough = np.random.default_rng(3).integers(0, 255, (9, 7, 3), dtype=np.uint8)
    return cv2.resize(rough, (350, 450), interpolation=cv2.INTER_CUBIC)


def test_ops_allow_and_refuse_and_it_is_noted_who_did(ops):
    one, other = flagged(), flagged()
    press(ops, "allow", one)
    press(ops, "refuse", other)

    me = str(User.objects.get().pk)
    assert sorted(Flag.objects.values_list("state", "decided_by")) == [("allowed", me), ("refused", me)]
    assert sorted(LogEntry.objects.values_list("change_message", flat=True)) == ["Allowed.", "Refused."]


def test_judging_what_is_judged_is_refused_by_name(ops):
    flag = flagged()
    press(ops, "allow", flag)
    answer = press(ops, "allow", flag).content.decode()

    assert "This flag is allowed already." in answer
    assert "Allowed 0 of 1 flags." in answer


def test_a_withheld_picture_is_seen_on_its_own_page_alone(ops):
    flag = flagged(drawn_image(DesignFactory(), width_px=315, height_px=435), withholds=True)
    listed, page = ops.get(FLAGS).content.decode(), ops.get(reverse("admin:designs_flag_change", args=[flag.pk]))

    assert ("withheld: open to look" in listed, "/files/" in listed) == (True, False)
    assert "/files/" in page.content.decode()
    assert "87%" in page.content.decode()


def test_refusing_and_banning_bans_what_the_picture_looks_like(ops):
    image = drawn_image(DesignFactory(), width_px=315, height_px=435)
    flag = flagged(image)
    answer = press(ops, "refuse_and_ban", flag).content.decode()

    # One plain color cannot be known again: it is refused all the same, and ops are told.
    assert "A picture of one color cannot be known again." in answer
    assert (Flag.objects.get().state, BannedPicture.objects.count()) == ("refused", 0)


def test_ops_ban_an_uploaded_picture_that_is_not_kept(ops):
    sent = SimpleUploadedFile("seen.jpg", preview_jpeg(scene()), "image/jpeg")
    ops.post(reverse("admin:designs_bannedpicture_add"), {"note": "reported", "picture": sent})

    banned = BannedPicture.objects.get()
    assert (banned.note, banned.phash, banned.mirrored) == ("reported", phash(scene()), mirrored(scene()))
    assert list(Job.objects.filter(kind=APPLY).values_list("subject", flat=True)) == [str(banned.pk)]


def test_what_is_no_picture_is_refused_beside_the_field(ops):
    sent = SimpleUploadedFile("seen.jpg", b"not a picture", "image/jpeg")
    answer = ops.post(reverse("admin:designs_bannedpicture_add"), {"note": "reported", "picture": sent})

    assert "This is no picture that we can read." in answer.content.decode()
    assert BannedPicture.objects.count() == 0


def test_a_name_is_added_and_one_without_its_description_is_not(ops):
    fields = {"name": "Blorbo", "kind": "character", "action": "rewrite", "active": "on"}
    fields |= {"aliases": "[]", "context": "[]"}
    address = reverse("admin:designs_protectedname_add")
    refused = ops.post(address, {**fields, "generic": ""})
    ops.post(address, {**fields, "generic": "a round friend"})

    assert "Say what is written instead of the name." in refused.content.decode()
    assert list(ProtectedName.objects.values_list("name", "generic")) == [("Blorbo", "a round friend")]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_with_more_flags(ops, count, django_assert_max_num_queries):
    for _ in range(count):
        flagged()
    with django_assert_max_num_queries(9):
        ops.get(FLAGS)


@pytest.mark.parametrize("model", ["flag", "protectedname", "bannedpicture"])
def test_every_list_opens(ops, model):
    assert ops.get(reverse(f"admin:designs_{model}_changelist")).status_code == 200
