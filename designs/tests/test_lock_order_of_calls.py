"""A call is locked before its run, and a run before its budgets, everywhere: nobody waits in a circle."""

import threading
import time

import pytest
from django.db import connection, transaction

from billing.models import Budget, Hold
from cardmaker.core.models import IllegalMove
from designs.making import calls, generation, images
from designs.making.call_requests import request_for
from designs.making.generation import start_run
from designs.models import Call, Image, Run
from designs.tests.factories import FOLDED, NOON, DesignFactory, load_reference_rows

pytestmark = [pytest.mark.postgres, pytest.mark.serial, pytest.mark.django_db(transaction=True)]
WAITS_S = 0.3  # ample for the other thread to take its first locks


@pytest.fixture(autouse=True)
def shelf(transactional_db):
    load_reference_rows()


@pytest.fixture
def run(fake):
    design = DesignFactory(format_id=FOLDED)
    design.pages.update(prompt="a fox")
    return start_run(design, stage="candidate", positions=["front", "back"], at=NOON)


def beside(verb, hold, then):
    """Run `verb` in a thread while this one holds a row and then needs others; what it raised."""
    raised = []

    def act():
        try:
            verb()
        except IllegalMove:
            pass
        except Exception as exc:  # noqa: BLE001 - whatever the database says is the finding
            raised.append(exc)
        finally:
            connection.close()

    thread = threading.Thread(target=act)
    with transaction.atomic():
        hold()
        thread.start()
        time.sleep(WAITS_S)
        then()
    thread.join(10)
    return raised


def locked(model, **which):
    return lambda: list(model.objects.select_for_update().filter(**which))


def first(run, number=0):
    return run.calls.select_related("run__design").get(number=number)


def test_a_cancel_waits_for_a_call_that_is_just_being_sent(run):
    """`_send` marks the call and then counts a version of its run."""
    call = first(run)
    raised = beside(
        lambda: generation.cancel(Run.objects.get(pk=run.pk), at=NOON),
        hold=lambda: Call.objects.filter(pk=call.pk).update(outcome="sent", sent_at=NOON, tries=1),
        then=locked(Run, pk=run.pk),
    )

    assert raised == []
    assert sorted(run.calls.values_list("outcome", flat=True)) == ["failed", "sent"]


@pytest.mark.parametrize("verb", ["fail", "give_up", "made", "not_made"])
def test_a_call_that_ends_waits_for_one_that_brings_its_pictures(run, fake, verb):
    """`_record` locks its run and then the budgets; the other call of the same run needs both, too."""
    other = first(run, 1)
    unknown = "unknown" if verb in ("made", "not_made") else "sent"
    Call.objects.filter(pk=other.pk).update(outcome=unknown, sent_at=NOON)
    act = {
        "fail": lambda: calls.fail(other, "No.", at=NOON),
        "give_up": lambda: calls.give_up(other, at=NOON),
        "made": lambda: calls.made_after_all(other, at=NOON),
        "not_made": lambda: calls.nothing_was_made(other, at=NOON),
    }[verb]
    raised = beside(act, hold=locked(Run, pk=run.pk), then=lambda: (locked(Hold)(), locked(Budget)()))

    assert raised == []


def test_calls_that_end_at_once_all_end(run, fake):
    """The whole of it with real work: one brings pictures, one fails, and the run is cancelled meanwhile."""
    one, two = first(run), first(run, 1)
    done = fake.start(request_for(one, fake), one.key)
    Call.objects.update(outcome="sent", sent_at=NOON)
    made = images.rows(one, done, images.keep(done.outputs), at=NOON)
    acts = [
        lambda: calls._record(one, done, made, at=NOON),
        lambda: calls.fail(two, "No.", at=NOON),
        lambda: generation.cancel(Run.objects.get(pk=run.pk), at=NOON),
    ]
    raised, threads = [], []
    for act in acts:

        def closed(act=act):
            try:
                act()
            except IllegalMove:
                pass
            except Exception as exc:  # noqa: BLE001
                raised.append(exc)
            finally:
                connection.close()

        threads.append(threading.Thread(target=closed))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert raised == []
    assert (Image.objects.count(), Hold.objects.get().open_micros) == (4, 0)
