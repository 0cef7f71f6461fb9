"""What is kept how long: print files go when every job of theirs has been over for the set time, and not before."""

from datetime import timedelta

from django.conf import settings

from cardmaker.core import storage
from fulfillment import retention
from fulfillment.models import PrintJob
from fulfillment.tests.factories import NOON, World

KEPT = timedelta(days=settings.PRINT_FILE_DAYS)


def over(job: PrintJob) -> list[str]:
    PrintJob.objects.filter(pk=job.pk).update(over_at=NOON)
    return [file.file for file in job.lines.get().line.proof.files.all()]


def test_print_files_go_when_their_time_is_over_and_only_once(world: World):
    names = over(world.print_job())

    assert retention.purge(at=NOON + KEPT)["print files"] == 0
    assert [storage.exists(name) for name in names] == [True, True]

    later = NOON + KEPT + timedelta(seconds=1)
    assert [retention.purge(at=later)["print files"] for _ in range(2)] == [2, 0]
    assert [storage.exists(name) for name in names] == [False, False]
    assert world.proof.files.filter(file="").exclude(preview_file="").count() == 2


def test_a_job_still_under_way_keeps_the_files_of_the_same_proof(world: World):
    names = over(world.print_job())
    world.print_job()

    assert retention.purge(at=NOON + 2 * KEPT)["print files"] == 0
    assert [storage.exists(name) for name in names] == [True, True]
