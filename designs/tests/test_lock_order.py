"""A run and its budgets are locked before their design, everywhere: two who need both never wait for each other.

Somebody else holds the run and then writes the design. In the other order PostgreSQL would end one of the two; SQLite
has one lock for everything.
"""

import threading
import time

import pytest
from django.db import connection, transaction

from accounts.lifecycle import erase
from billing.models import Budget, Hold
from cardmaker.core.errors import NotHere
from designs.lifecycle import delete_design
from designs.making.generation import start_run
from designs.models import Design, Run
from designs.tests.factories import NOON, DesignFactory, load_reference_rows

pytestmark = [pytest.mark.postgres, pytest.mark.serial, pytest.mark.django_db(transaction=True)]
WAITS_S = 0.3  # ample for the other thread to take its first lock


@pytest.fixture(autouse=True)
def shelf(transactional_db):
    load_reference_rows()


def beside(verb, hold, then):
    """Run `verb` in a thread while this one holds a row and then needs another; what it raised."""
    raised = []

    def run():
        try:
            verb()
        except Exception as exc:  # noqa: BLE001 - whatever the database says is the finding
            raised.append(exc)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        hold()
        thread.start()
        time.sleep(WAITS_S)
        then()
    thread.join(10)
    return raised


@pytest.mark.parametrize("verb", [delete_design, lambda design, at: erase(design.account, at=at)])
@pytest.mark.parametrize("held", [Run, Budget])
def test_a_design_goes_while_somebody_writes_its_run_and_then_the_design(fake, verb, held):
    design = DesignFactory()
    start_run(design, stage="candidate", positions=["front"], at=NOON)
    raised = beside(
        lambda: verb(Design.objects.get(pk=design.pk), at=NOON),
        hold=lambda: list(held.objects.select_for_update()),
        then=lambda: design.touch(at=NOON),
    )

    assert raised == []
    assert (Run.objects.get().state, Hold.objects.get().open_micros) == ("cancelled", 0)
    assert Design.objects.get().deleted_at == NOON


def test_a_run_is_not_begun_on_a_design_that_goes_this_moment(fake):
    design = DesignFactory()
    raised = beside(
        lambda: start_run(Design.objects.get(pk=design.pk), stage="candidate", positions=["front"], at=NOON),
        hold=lambda: delete_design(design, at=NOON),
        then=lambda: None,
    )

    assert [type(failure) for failure in raised] == [NotHere]
    assert (Run.objects.count(), Hold.objects.count()) == (0, 0)
